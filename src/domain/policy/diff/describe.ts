import { plural } from '../../../lib/format.ts';
import { isJsonObject, type Json } from '../../../lib/json.ts';
import { liquidityFraction, parameterText } from '../parameters.ts';
import { constantOf } from '../tree/constants.ts';
import { expressionText, parameterValueText, type Parameters } from '../tree/policyText.ts';
import {
  treeWords,
  type PolicyTree,
  type StoredPolicy,
  type StoredNode,
  policyOf,
  type PolicyInput,
} from '../tree/readPolicy.ts';
import { treeOf, type ParameterChange, type PolicyDiff, type TreeChange, changeText } from './changes.ts';
import { diffPolicies, isUnchanged } from './diffPolicies.ts';

/** Changes of a tree that a heading spells out; more are counted. */
const spelledOut = 2;

/**
 * What a policy asks for against the one before, in a sentence for a heading: "Asks for 21 % instead of 19 %
 * liquidity; the tree is unchanged". Says only what is certain.
 */
export function describePolicyChange(before: PolicyInput, after: PolicyInput): string {
  const [old, now] = [policyOf(before), policyOf(after)];
  if (now === undefined) return 'No policy could be read';
  if (old === undefined) return sentence([liquidityAlone(now), 'there is no policy to compare it with']);
  return describeDiff(diffPolicies(old, now));
}

/** The same for a comparison that is there already. */
function describeDiff(diff: PolicyDiff): string {
  if (isUnchanged(diff)) {
    const { wording } = diff;
    const isReworded = wording.members.length + wording.renamedNodes + wording.redescribedNodes > 0;
    return `Changes nothing: same parameters, same tree${isReworded ? '; only names or descriptions differ' : ''}`;
  }
  return sentence([...parameterClauses(diff), ...treeClauses(diff), ...otherClauses(diff)]);
}

function sentence(clauses: readonly (string | undefined)[]): string {
  const said = clauses.filter((clause) => clause !== undefined).join('; ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

function liquidityAlone({ parameters }: StoredPolicy): string | undefined {
  const fraction = parameters.get(liquidityFraction);
  return typeof fraction === 'number'
    ? `asks for ${parameterText(liquidityFraction, fraction)} liquidity`
    : undefined;
}

function parameterClauses(diff: PolicyDiff): string[] {
  const told = toldByRule(diff);
  const clauses = diff.parameters.filter(({ name }) => !told.has(name)).map(parameterClause);
  return clauses.length <= 1 + spelledOut
    ? clauses
    : [...clauses.slice(0, spelledOut), `${clauses.length - spelledOut} more parameters differ`];
}

function parameterClause({ name, before, after }: ParameterChange): string {
  const [old, now] = [before, after].map((value) =>
    value === undefined ? undefined : parameterValueText(name, value),
  );
  if (name === liquidityFraction) {
    if (now === undefined) return 'names no share of liquidity';
    return `asks for ${now}${old === undefined ? '' : ` instead of ${old}`} liquidity`;
  }
  if (now === undefined) return `drops the parameter ${name}`;
  return old === undefined
    ? `adds the parameter ${name} (${now})`
    : `sets ${name} to ${now} instead of ${old}`;
}

/** The rule of the payment tree, where it is new and simple enough to be said. */
function freshRule({ before, after }: PolicyDiff): string | undefined {
  const rule = paymentRule(after);
  return rule === paymentRule(before) ? undefined : rule;
}

/** Parameters whose change the rule tells: "until 5 ticks before the deadline" needs no "patience 5". */
function toldByRule(diff: PolicyDiff): ReadonlySet<string> {
  const rule = freshRule(diff);
  const node = diff.after.trees.get('payment_tree')?.nodes[0];
  if (rule?.startsWith('holds payments until') !== true || node?.kind !== 'condition') return new Set();
  const right = isJsonObject(node.expression) ? node.expression.right : undefined;
  return new Set(isJsonObject(right) && typeof right.param === 'string' ? [right.param] : []);
}

function treeClauses(diff: PolicyDiff): string[] {
  if (diff.changes.length === 0 && freshRule(diff) === undefined) {
    return diff.after.trees.size === 0 ? [] : ['the tree is unchanged'];
  }
  const ofPayment = diff.changes.filter((change) => treeOf(change) === 'payment_tree');
  const others = diff.changes.filter((change) => treeOf(change) !== 'payment_tree');
  return [...paymentClauses(diff, ofPayment), ...otherTreeClauses(diff, others)];
}

function paymentClauses(diff: PolicyDiff, changes: readonly TreeChange[]): string[] {
  const rule = freshRule(diff);
  const areConditions = changes.every((change) => change.kind === 'condition');
  const isRetuned = changes.length > 0 && changes.length <= spelledOut && areConditions;
  if (rule !== undefined && (!isRetuned || rule.startsWith('holds payments'))) return [rule];
  return counted(diff, changes, 'payment_tree');
}

function otherTreeClauses(diff: PolicyDiff, changes: readonly TreeChange[]): string[] {
  const names = [...new Set(changes.map(treeOf))];
  return names.flatMap((name) => {
    const ofTree = changes.filter((change) => treeOf(change) === name);
    return counted(diff, ofTree, name);
  });
}

function counted(diff: PolicyDiff, changes: readonly TreeChange[], tree: string): string[] {
  if (changes.length <= spelledOut) return changes.map((change) => changeText(change, diff));
  return [`${changes.length} changes in the ${treeWords(tree)}`];
}

function otherClauses({ others, unreachable }: PolicyDiff): string[] {
  const fresh = unreachable.fresh.length;
  return [
    ...(others.length === 0 ? [] : [`${others.map(({ name }) => name).join(', ')} changed`]),
    ...(fresh === 0 ? [] : [`${plural(fresh, 'branch', 'branches')} can never be reached`]),
  ];
}

/** Conditions that a heading can carry; a longer rule is not put into words. */
const maxConditions = 2;

/**
 * What a payment tree does, where it is simple enough to be said in a clause without leaving anything out:
 * "releases every payment", "holds payments until 3 ticks before the deadline", "releases if ..., else holds".
 * Undefined for every other tree.
 */
function paymentRule(policy: StoredPolicy): string | undefined {
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

function branchOf(tree: PolicyTree | undefined, index: number | undefined): StoredNode | undefined {
  return index === undefined ? undefined : tree?.nodes[index];
}

/** The action and nothing that changes what it does; the reason of a `Hold` is a word for the records. */
function isPlain(node: StoredNode | undefined, action: 'Release' | 'Hold'): boolean {
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
  const words = `${plural(ticks, 'tick')} before the deadline`;
  if (op === '<=') return `holds payments until ${words}`;
  return op === '<' ? `holds payments until fewer than ${words}` : undefined;
}

/**
 * What a proposal asks for, for a row of a list, from numeric parameters alone: "19 % → 21 %", "patience 3 → 5".
 * The liquidity fraction is named by its number. Undefined when no parameter is known to differ.
 */
export function shortParameterChange(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): string | undefined {
  const names = [...new Set([liquidityFraction, ...before.keys(), ...after.keys()])];
  const parts = names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    const [oldText, nowText] = [old, now].map((value) =>
      value === undefined ? 'none' : parameterValueText(name, value),
    );
    if (oldText === nowText) return [];
    return [`${name === liquidityFraction ? '' : `${name} `}${oldText} → ${nowText}`];
  });
  return parts.length === 0 ? undefined : firstTwo(parts);
}

function firstTwo(parts: readonly string[]): string {
  const more = parts.length - 2;
  return `${parts.slice(0, 2).join(', ')}${more > 0 ? `, ${more} more` : ''}`;
}

/** The same with the trees, where the policies are at hand: "19 % → 21 %, tree: 2 changes", "no change". */
export function shortPolicyChange(before: PolicyInput, after: PolicyInput): string {
  const [old, now] = [policyOf(before), policyOf(after)];
  if (now === undefined) return 'no policy';
  if (old === undefined) {
    const fraction = now.parameters.get(liquidityFraction);
    return typeof fraction === 'number' ? parameterText(liquidityFraction, fraction) : 'a first policy';
  }
  const { changes, others } = diffPolicies(old, now);
  const count = changes.length;
  const parts = [
    shortParameterChange(old.parameters, now.parameters),
    count === 0 ? undefined : `tree: ${plural(count, 'change')}`,
    others.length === 0 ? undefined : `${others.map(({ name }) => name).join(', ')} changed`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'no change' : parts.join(', ');
}
