import { canonicalJson } from '../../../lib/json.ts';
import { type PolicyTree, childrenOf, type StoredNode } from '../tree/readPolicy.ts';

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

export interface TreeAlignment {
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

/** What a node says apart from its name and description: nodes of one text are the same node. */
function contentOf(node: StoredNode): string {
  const others = canonicalJson(Object.fromEntries(node.others));
  switch (node.kind) {
    case 'condition':
      return `C${node.expression === undefined ? '' : canonicalJson(node.expression)}\n${others}`;
    case 'action':
      return `A${node.action}\n${canonicalJson(Object.fromEntries(node.parameters))}\n${others}`;
    case 'odd':
      return `O${node.json === undefined ? '' : canonicalJson(node.json)}`;
  }
}

/** Small numbers for texts: equal texts, equal numbers. Numbers start at 1; 0 is for "nothing there". */
class Numbers {
  private readonly byText = new Map<string, number>();
  of(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const next = this.byText.size + 1;
    this.byText.set(text, next);
    return next;
  }
}

/** Of one tree: what each node says, and what its whole subtree says, as numbers. */
export interface Labels {
  readonly own: Int32Array;
  readonly subtree: Int32Array;
}

/** Gives out numbers that can be compared between all trees that it has labelled. */
export class Labeller {
  private readonly contents = new Numbers();
  private readonly subtrees = new Numbers();

  label(tree: PolicyTree): Labels {
    const own = new Int32Array(tree.nodes.length);
    const subtree = new Int32Array(tree.nodes.length);
    // Branches have higher indices than their node, so they are done first.
    for (const node of tree.nodes.toReversed()) {
      own[node.index] = this.contents.of(contentOf(node));
      const below = childrenOf(node).map((child) => (child === undefined ? 0 : subtree[child]));
      subtree[node.index] = this.subtrees.of(`${own[node.index]} ${below.join(' ')}`);
    }
    return { own, subtree };
  }
}
