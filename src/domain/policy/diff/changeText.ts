import { isJsonObject, type Json } from '../../../lib/json.ts';
import { isComparison } from '../tree/expressionText.ts';
import { nodeText } from '../tree/nodeText.ts';
import { treeWords, type PolicyTree, type StoredPolicy, type StoredNode } from '../tree/policyTree.ts';
import { valueText, type Parameters } from '../tree/valueText.ts';
import type { NodeRef, PieceOf, PolicyDiff, TreeChange } from './changes.ts';

/** A node by its text; undefined when the reference leads nowhere. */
function nodeOf(policy: StoredPolicy, { tree, index }: NodeRef): StoredNode | undefined {
  return policy.trees.get(tree)?.nodes[index];
}

function textOf(policy: StoredPolicy, ref: NodeRef): string {
  const node = nodeOf(policy, ref);
  return node === undefined ? '(nothing)' : nodeText(node, policy.parameters);
}

/** One change in plain words, as a clause: `adds ticks_to_deadline <= 3 above Release`. */
export function changeText(change: TreeChange, diff: PolicyDiff): string {
  const { before, after } = diff;
  switch (change.kind) {
    case 'tree added':
      return `adds a ${wholeTreeText(after, change.tree)}`;
    case 'tree removed':
      return `drops the ${treeWords(change.tree)}`;
    case 'added':
      return `adds ${pieceText(after, change.piece, 'above')}`;
    case 'removed':
      return `removes ${pieceText(before, change.piece, 'from above')}`;
    case 'moved': {
      const where = change.before.tree === change.after.tree ? '' : ` to the ${treeWords(change.after.tree)}`;
      return `moves ${pieceText(before, change.before, undefined)}${where}`;
    }
    case 'condition':
      return insteadText(nodeOf(before, change.before), nodeOf(after, change.after), diff);
    case 'action':
      return `${textOf(after, change.after)} instead of ${textOf(before, change.before)}`;
    case 'action parameters': {
      const entries = change.parameters.map(
        (entry) =>
          `${entry.name} ${entryText(entry.after, after.parameters)} instead of ${entryText(entry.before, before.parameters)}`,
      );
      const node = nodeOf(after, change.after);
      return `${node?.kind === 'action' ? node.action : 'an action'} with ${entries.join(', ')}`;
    }
    case 'branches swapped':
      return `swaps yes and no of ${textOf(after, change.after)}`;
    case 'other':
      return `${textOf(after, change.after)} instead of ${textOf(before, change.before)}`;
  }
}

function entryText(json: Json | undefined, parameters: Parameters): string {
  return json === undefined ? 'none' : valueText(json, parameters);
}

/** The new condition against the old; what both have on the left is said once. */
function insteadText(
  a: StoredNode | undefined,
  b: StoredNode | undefined,
  { before, after }: PolicyDiff,
): string {
  if (a?.kind !== 'condition' || b?.kind !== 'condition') return 'another condition';
  const [old, now] = [
    comparisonOf(a.expression, before.parameters),
    comparisonOf(b.expression, after.parameters),
  ];
  const text = nodeText(b, after.parameters);
  if (now !== undefined && old?.left === now.left) {
    return `tests ${text} instead of ${old.op} ${old.right}`;
  }
  return `tests ${text} instead of ${nodeText(a, before.parameters)}`;
}

function comparisonOf(json: Json | undefined, parameters: Parameters) {
  if (!isJsonObject(json) || !isComparison(json.op)) return undefined;
  return {
    left: valueText(json.left, parameters),
    op: json.op,
    right: valueText(json.right, parameters),
  };
}

function wholeTreeText(policy: StoredPolicy, name: string): string {
  const tree = policy.trees.get(name);
  const root = tree?.nodes[0];
  if (tree === undefined || root === undefined) return treeWords(name);
  const text = tree.nodes.length === 1 ? nodeText(root, policy.parameters) : `${tree.nodes.length} nodes`;
  return `${treeWords(name)} (${text})`;
}

function pieceText(policy: StoredPolicy, piece: PieceOf, above: string | undefined): string {
  const tree = policy.trees.get(piece.tree);
  const top = textOf(policy, { tree: piece.tree, index: piece.nodes[0] ?? piece.top });
  const more = piece.nodes.length - 1;
  const kept =
    piece.keeps === undefined || above === undefined || !piece.nodes.includes(piece.top)
      ? ''
      : ` ${above} ${textOf(policy, { tree: piece.tree, index: piece.keeps })}`;
  return `${top}${kept}${more > 0 ? branchText(tree, piece, policy) : ''}`;
}

/** What hangs on the piece besides its first node: a single action by its name, else the number of nodes. */
function branchText(tree: PolicyTree | undefined, piece: PieceOf, policy: StoredPolicy): string {
  const rest = piece.nodes.slice(1);
  const single = rest.length === 1 ? tree?.nodes[rest[0] ?? -1] : undefined;
  if (single !== undefined) {
    const answer = single.branch === 'on_true' ? 'yes' : 'no';
    return ` (${answer}: ${nodeText(single, policy.parameters)})`;
  }
  return ` with ${rest.length} nodes below`;
}
