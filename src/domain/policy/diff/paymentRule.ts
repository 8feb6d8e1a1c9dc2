import { isJsonObject, type Json } from '../../../lib/json.ts';
import { constantOf } from '../tree/constants.ts';
import { expressionText } from '../tree/expressionText.ts';
import type { PolicyTree, StoredPolicy, TreeNode } from '../tree/policyTree.ts';
import type { Parameters } from '../tree/valueText.ts';

/** Conditions that a heading can carry; a longer rule is not put into words. */
const maxConditions = 2;

/**
 * What a payment tree does, where it is simple enough to be said in a clause without leaving anything out:
 * "releases every payment", "holds payments until 3 ticks before the deadline", "releases if ..., else holds".
 * Undefined for every other tree.
 */
export function paymentRule(policy: StoredPolicy): string | undefined {
  const tree = policy.trees.get('payment_tree');
  const conditions: Json[] = [];
  let node = tree?.nodes[0];
  while (node?.kind === 'condition' && node.others.size === 0 && node.expression !== undefined) {
    if (!isPlain(branchOf(tree, node.onTrue), 'Release') || conditions.length === maxConditions)
      return undefined;
    conditions.push(node.expression);
    node = branchOf(tree, node.onFalse);
  }
  const [first] = conditions;
  if (first === undefined) {
    if (isPlain(node, 'Release')) return 'releases every payment';
    return isPlain(node, 'Hold') ? 'holds every payment' : undefined;
  }
  if (!isPlain(node, 'Hold')) return undefined;
  const patience = conditions.length === 1 ? untilDeadline(first, policy.parameters) : undefined;
  if (patience !== undefined) return patience;
  const texts = conditions.map((condition) => expressionText(condition, policy.parameters));
  return `releases if ${texts.join(' or ')}, else holds`;
}

function branchOf(tree: PolicyTree | undefined, index: number | undefined): TreeNode | undefined {
  return index === undefined ? undefined : tree?.nodes[index];
}

/** The action and nothing that changes what it does; the reason of a `Hold` is a word for the records. */
function isPlain(node: TreeNode | undefined, action: 'Release' | 'Hold'): boolean {
  if (node?.kind !== 'action' || node.action !== action || node.others.size > 0) return false;
  const names = [...node.parameters.keys()];
  return action === 'Hold' ? names.every((name) => name === 'reason') : names.length === 0;
}

/** `ticks_to_deadline <= 3` in words. */
function untilDeadline(condition: Json, parameters: Parameters): string | undefined {
  if (!isJsonObject(condition) || !isJsonObject(condition.left)) return undefined;
  const { op, left, right } = condition;
  const keys = Object.keys(left);
  if (keys.length !== 1 || left.field !== 'ticks_to_deadline') return undefined;
  const ticks = constantOf(right, parameters);
  if (ticks === undefined || !Number.isInteger(ticks) || ticks < 1) return undefined;
  const words = `${ticks} ${ticks === 1 ? 'tick' : 'ticks'} before the deadline`;
  if (op === '<=') return `holds payments until ${words}`;
  return op === '<' ? `holds payments until fewer than ${words}` : undefined;
}
