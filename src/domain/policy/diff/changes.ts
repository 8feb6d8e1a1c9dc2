import type { Json } from '../../../lib/json.ts';
import type { PolicyTree, StoredPolicy } from '../tree/policyTree.ts';
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
