import type { MarkedTree, NodeMark } from '../../policy/diff/marks.ts';
import type { TreePair } from '../../policy/diff/changes.ts';
import { sizeOf, type TreeNode } from '../../policy/tree/policyTree.ts';

/** One line of an outline: a node of the new tree, or one that is gone, at the place where it stood. */
export interface OutlineRow {
  readonly key: string;
  readonly side: 'before' | 'after';
  readonly node: TreeNode;
  readonly mark: NodeMark;
  readonly depth: number;
  /** Rows directly behind this one that lie below it. */
  readonly below: number;
}

interface Gone {
  readonly tree: MarkedTree;
  /** Removed nodes by the index in the new tree behind which they are shown; -1: before everything. */
  readonly behind: ReadonlyMap<number, readonly TreeNode[]>;
}

/** The new tree line by line, with what was removed put in where it stood. */
export function outlineRows(
  pair: TreePair,
  before: MarkedTree | undefined,
  after: MarkedTree | undefined,
): OutlineRow[] {
  if (after === undefined)
    return before === undefined
      ? []
      : before.tree.nodes.map((node) => rowOf('before', before, node, node.depth));
  const gone = before === undefined ? undefined : removedPlaces(pair, before);
  const rows = [
    ...removedRows(gone, -1, 0),
    ...after.tree.nodes.flatMap((node) => [
      rowOf('after', after, node, node.depth),
      ...removedRows(gone, node.index, node.depth),
    ]),
  ];
  return withCounts(rows);
}

function rowOf(side: OutlineRow['side'], { marks }: MarkedTree, node: TreeNode, depth: number): OutlineRow {
  const mark = marks[node.index] ?? { state: 'same', words: [], unreachable: undefined };
  return { key: `${side} ${node.index}`, side, node, mark, depth, below: sizeOf(node) - 1 };
}

/** A removed node is shown behind the last node before it that is still there. */
function removedPlaces(pair: TreePair, tree: MarkedTree): Gone {
  const behind = new Map<number, TreeNode[]>();
  let last = -1;
  for (const node of tree.tree.nodes) {
    const partner = pair.partnerOfBefore.get(node.index);
    if (partner !== undefined) last = partner;
    else behind.set(last, [...(behind.get(last) ?? []), node]);
  }
  return { tree, behind };
}

function removedRows(gone: Gone | undefined, place: number, depth: number): OutlineRow[] {
  const nodes = gone?.behind.get(place) ?? [];
  const top = Math.min(...nodes.map((node) => node.depth));
  return gone === undefined
    ? []
    : nodes.map((node) => rowOf('before', gone.tree, node, depth + (place < 0 ? 0 : 1) + node.depth - top));
}

/** How many of the next rows lie deeper: what folds away under each. */
function withCounts(rows: readonly OutlineRow[]): OutlineRow[] {
  const counts = new Array<number>(rows.length).fill(0);
  const open: number[] = [];
  for (const [i, row] of rows.entries()) {
    while (open.length > 0 && (rows[open.at(-1) ?? 0]?.depth ?? 0) >= row.depth) {
      const closed = open.pop() ?? 0;
      counts[closed] = i - closed - 1;
    }
    open.push(i);
  }
  for (const left of open) counts[left] = rows.length - left - 1;
  return rows.map((row, i) => ({ ...row, below: counts[i] ?? 0 }));
}
