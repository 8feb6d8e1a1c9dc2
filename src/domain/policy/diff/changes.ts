import { type Json, isJsonObject } from '../../../lib/json.ts';
import { isComparison, valueText, type Parameters, nodeText } from '../tree/policyText.ts';
import { type PolicyTree, type StoredPolicy, treeWords, type StoredNode } from '../tree/readPolicy.ts';
import type { UnreachableBranch } from '../tree/unreachable.ts';
import type { ConditionPart } from './tokens.ts';

/** A node by its tree and its place there. */
export interface NodeRef {
  readonly tree: string;
  readonly index: number;
}

export interface ParameterChange {
  readonly name: string;
  /** Undefined where the policy does not have it. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What one change takes out of or puts into a tree: a subtree, or a condition with one of its branches. */
export interface PieceOf {
  readonly tree: string;
  readonly top: number;
  /** The branch that stays where the condition goes, or that was there before the condition came. */
  readonly keeps: number | undefined;
  /** All nodes that go or come, as indices; those that moved elsewhere are left out. */
  readonly nodes: readonly number[];
}

export type TreeChange =
  | { readonly kind: 'tree added' | 'tree removed'; readonly tree: string }
  | { readonly kind: 'added' | 'removed'; readonly piece: PieceOf }
  | { readonly kind: 'moved'; readonly before: PieceOf; readonly after: PieceOf }
  | {
      readonly kind: 'condition';
      readonly before: NodeRef;
      readonly after: NodeRef;
      /** In what they differ: thresholds alone, an operator, fields, or the whole shape. */
      readonly parts: readonly ConditionPart[];
    }
  | { readonly kind: 'action'; readonly before: NodeRef; readonly after: NodeRef }
  | {
      readonly kind: 'action parameters';
      readonly before: NodeRef;
      readonly after: NodeRef;
      readonly parameters: readonly ParameterChange[];
    }
  | { readonly kind: 'branches swapped'; readonly before: NodeRef; readonly after: NodeRef }
  /** Members that no kind of node has, or a node that is neither a condition nor an action. */
  | { readonly kind: 'other'; readonly before: NodeRef; readonly after: NodeRef };

/** Two versions of one tree; either may not be there. */
export interface TreePair {
  readonly name: string;
  readonly before: PolicyTree | undefined;
  readonly after: PolicyTree | undefined;
  /** For each node the one that it is in the other version. */
  readonly partnerOfBefore: ReadonlyMap<number, number>;
  readonly partnerOfAfter: ReadonlyMap<number, number>;
  /** Too large to look for what moved or was put in between: nodes were compared place by place. */
  readonly isPlaceByPlace: boolean;
}

/** Everything in which two policies differ. Names and descriptions of nodes are no difference. */
export interface PolicyDiff {
  readonly before: StoredPolicy;
  readonly after: StoredPolicy;
  readonly parameters: readonly ParameterChange[];
  readonly trees: readonly TreePair[];
  readonly changes: readonly TreeChange[];
  /** Members beside parameters and trees that are not known; names, version and description are `wording`. */
  readonly others: readonly ParameterChange[];
  /** What is worded otherwise and decides nothing. */
  readonly wording: {
    readonly members: readonly ParameterChange[];
    readonly renamedNodes: number;
    readonly redescribedNodes: number;
  };
  /** Branches that can never be taken. */
  readonly unreachable: {
    readonly before: readonly UnreachableBranch[];
    readonly after: readonly UnreachableBranch[];
    /** Those of `after` that could be reached before, or were not there. */
    readonly fresh: readonly UnreachableBranch[];
  };
}

/** The tree in which a change counts: for what moved, where it went. */
export function treeOf(change: TreeChange): string {
  switch (change.kind) {
    case 'tree added':
    case 'tree removed':
      return change.tree;
    case 'added':
    case 'removed':
      return change.piece.tree;
    case 'moved':
      return change.after.tree;
    case 'condition':
    case 'action':
    case 'action parameters':
    case 'branches swapped':
    case 'other':
      return change.after.tree;
  }
}

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
