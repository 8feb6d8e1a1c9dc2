import { hierarchy, tree as tidyTree } from 'd3-hierarchy';

import { childrenOf, type PolicyTree, type StoredNode } from '../../domain/policy/tree/policyTree.ts';

export const nodeWidth = 208;
export const nodeHeight = 26;
const columnStep = 252;
const rowStep = 36;
const margin = 8;

/** Larger trees are not drawn: the outline shows them. */
export const drawingLimit = 1000;

export interface PlacedNode {
  readonly node: StoredNode;
  /** Left edge and middle of the box. */
  readonly x: number;
  readonly y: number;
}

export interface TreeLayout {
  /** In the order of the tree, so that a node's index is its place. */
  readonly placed: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

/** Places of the nodes of a tree that grows to the right. */
export function layoutTree(tree: PolicyTree): TreeLayout {
  const root = hierarchy(tree.nodes[0], (node) =>
    node === undefined
      ? []
      : childrenOf(node)
          .filter((child) => child !== undefined)
          .map((child) => tree.nodes[child]),
  );
  const laidOut = tidyTree<StoredNode | undefined>()
    .nodeSize([rowStep, columnStep])
    .separation(() => 1)(root);
  const points = laidOut.descendants();
  const top = Math.min(...points.map((point) => point.x));
  const placed = points
    .flatMap(({ data, x, y }) =>
      data === undefined ? [] : [{ node: data, x: y + margin, y: x - top + margin + nodeHeight / 2 }],
    )
    .sort((a, b) => a.node.index - b.node.index);
  return {
    placed,
    width: Math.max(...placed.map(({ x }) => x)) + nodeWidth + margin,
    height: Math.max(...placed.map(({ y }) => y)) + nodeHeight / 2 + margin,
  };
}

/** Where an arrow key leads from a node: right into it, left out of it, down and up along the lines. */
export function nextNode(tree: PolicyTree, index: number, key: string): number | undefined {
  const node = tree.nodes[index];
  switch (key) {
    case 'ArrowRight':
      return node === undefined ? undefined : childrenOf(node).find((child) => child !== undefined);
    case 'ArrowLeft':
      return node?.parent;
    case 'ArrowDown':
      return index + 1 < tree.nodes.length ? index + 1 : undefined;
    case 'ArrowUp':
      return index > 0 ? index - 1 : undefined;
    case 'Home':
      return 0;
    case 'End':
      return tree.nodes.length - 1;
    default:
      return undefined;
  }
}
