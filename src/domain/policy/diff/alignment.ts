import type { PolicyTree } from '../tree/policyTree.ts';
import type { Labels } from './labels.ts';

/** A tree to be compared, with the numbers of its nodes. */
export interface Side {
  readonly tree: PolicyTree;
  readonly labels: Labels;
}

export interface Match {
  readonly before: number;
  readonly after: number;
  /** `on_true` of one was matched with `on_false` of the other. */
  readonly isSwapped: boolean;
}

/**
 * A piece that stands in one tree only: a whole subtree, or a condition with one of its branches while the
 * other branch (`keeps`) stands in both.
 */
export interface Piece {
  readonly top: number;
  readonly keeps: number | undefined;
}

export interface Alignment {
  readonly matches: readonly Match[];
  readonly removed: readonly Piece[];
  readonly added: readonly Piece[];
  /** True when the trees were too large to look further than at the same places. */
  readonly isPlaceByPlace: boolean;
}

/** Nodes of a piece, as indices. */
export function nodesOf(tree: PolicyTree, piece: Piece): number[] {
  const end = tree.nodes[piece.top]?.end ?? piece.top;
  const kept = piece.keeps === undefined ? undefined : tree.nodes[piece.keeps];
  const nodes: number[] = [];
  for (let i = piece.top; i < end; i += 1) {
    if (kept === undefined || i < kept.index || i >= kept.end) nodes.push(i);
  }
  return nodes;
}
