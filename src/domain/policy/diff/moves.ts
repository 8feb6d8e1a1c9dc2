import { groupBy } from '../../../lib/groupBy.ts';
import { childrenOf, sizeOf } from '../tree/readPolicy.ts';
import { nodesOf, type Piece, type Side } from './alignment.ts';
import type { PieceOf, TreeChange } from './changes.ts';

/** A piece of a tree that stands on one side only. */
export interface Loose {
  readonly side: Side;
  readonly piece: Piece;
}

/**
 * What was taken out here and put in with the same content there has moved: whole pieces first, then subtrees
 * inside pieces. A single action is never said to have moved: the same ones recur all over a tree.
 */
export function pairMoves(removed: readonly Loose[], added: readonly Loose[]): TreeChange[] {
  const gone = new Claims();
  const come = new Claims();
  const moves = [
    ...pair(removed.filter(isTelling), added.filter(isTelling), pieceKey, gone, come),
    ...pair(bySize(removed.flatMap(subtreesIn)), bySize(added.flatMap(subtreesIn)), subtreeKey, gone, come),
  ];
  return [
    ...gone.unclaimed(removed).map((piece): TreeChange => ({ kind: 'removed', piece })),
    ...come.unclaimed(added).map((piece): TreeChange => ({ kind: 'added', piece })),
    ...moves.map(([before, after]): TreeChange => ({ kind: 'moved', before, after })),
  ];
}

/** Nodes that were found to have moved. */
class Claims {
  private readonly bySide = new Map<Side, Set<number>>();

  /** True when none of the nodes was claimed before; they are now. */
  claim(side: Side, nodes: readonly number[]): boolean {
    const claimed = this.bySide.get(side) ?? new Set<number>();
    if (nodes.some((node) => claimed.has(node))) return false;
    for (const node of nodes) claimed.add(node);
    this.bySide.set(side, claimed);
    return true;
  }

  isFree(side: Side, nodes: readonly number[]): boolean {
    const claimed = this.bySide.get(side);
    return claimed === undefined || !nodes.some((node) => claimed.has(node));
  }

  /** What is left of each piece; pieces of which nothing is left are gone. */
  unclaimed(pieces: readonly Loose[]): PieceOf[] {
    return pieces.flatMap((loose) => {
      const claimed = this.bySide.get(loose.side);
      const described = describePiece(loose);
      const nodes = described.nodes.filter((node) => claimed?.has(node) !== true);
      return nodes.length === 0 ? [] : [{ ...described, nodes }];
    });
  }
}

function describePiece({ side, piece }: Loose): PieceOf {
  return { tree: side.tree.name, ...piece, nodes: nodesOf(side.tree, piece) };
}

function pair(
  removed: readonly Loose[],
  added: readonly Loose[],
  keyOf: (loose: Loose) => string,
  gone: Claims,
  come: Claims,
): [PieceOf, PieceOf][] {
  const waiting = groupBy(added, keyOf);
  const pairs: [PieceOf, PieceOf][] = [];
  for (const loose of removed) {
    const before = describePiece(loose);
    if (!gone.isFree(loose.side, before.nodes)) continue;
    for (const candidate of waiting.get(keyOf(loose)) ?? []) {
      const after = describePiece(candidate);
      if (!come.claim(candidate.side, after.nodes)) continue;
      gone.claim(loose.side, before.nodes);
      pairs.push([before, after]);
      break;
    }
  }
  return pairs;
}

function isTelling({ side, piece }: Loose): boolean {
  return side.tree.nodes[piece.top]?.kind === 'condition';
}

/** Pieces with the same content and, where a branch stays, with the same branch left open. */
function pieceKey({ side, piece }: Loose): string {
  const { own, subtree } = side.labels;
  if (piece.keeps === undefined) return `all ${subtree[piece.top]}`;
  const top = side.tree.nodes[piece.top];
  const below = top === undefined ? [] : childrenOf(top);
  const numbers = below.map((child) => (child === undefined ? 0 : subtree[child]));
  const isTrueKept = below[0] === piece.keeps;
  return `${own[piece.top]} ${isTrueKept ? `keeps, ${numbers[1]}` : `${numbers[0]}, keeps`}`;
}

function subtreeKey({ side, piece }: Loose): string {
  return String(side.labels.subtree[piece.top]);
}

/** All whole subtrees inside a piece that hold a condition, the piece itself too when it is one. */
function subtreesIn(loose: Loose): Loose[] {
  const { side, piece } = loose;
  return nodesOf(side.tree, piece).flatMap((index) => {
    const isCut = index === piece.top && piece.keeps !== undefined;
    return side.tree.nodes[index]?.kind === 'condition' && !isCut
      ? [{ side, piece: { top: index, keeps: undefined } }]
      : [];
  });
}

function bySize(pieces: readonly Loose[]): Loose[] {
  const size = ({ side, piece }: Loose) => {
    const top = side.tree.nodes[piece.top];
    return top === undefined ? 0 : sizeOf(top);
  };
  return pieces.toSorted((a, b) => size(b) - size(a));
}
