import { canonicalJson } from '../../../lib/json.ts';
import { childrenOf, type PolicyTree, type StoredNode } from '../tree/policyTree.ts';

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
