import type { MarkedTree, NodeMark } from '../../domain/policy/diff/marks.ts';
import type { TreePair } from '../../domain/policy/diff/changes.ts';
import { sizeOf, type TreeNode } from '../../domain/policy/tree/policyTree.ts';

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

/** A removed node with the depth at which it is shown. */
interface Gone {
  readonly node: TreeNode;
  readonly depth: number;
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
  const gone = before === undefined ? undefined : removedPlaces(pair, before, after);
  const removedRows = (place: number) =>
    before === undefined
      ? []
      : (gone?.get(place) ?? []).map(({ node, depth }) => rowOf('before', before, node, depth));
  return withCounts([
    ...removedRows(-1),
    ...after.tree.nodes.flatMap((node) => [
      rowOf('after', after, node, node.depth),
      ...removedRows(node.index),
    ]),
  ]);
}

function rowOf(side: OutlineRow['side'], { marks }: MarkedTree, node: TreeNode, depth: number): OutlineRow {
  const mark = marks[node.index] ?? { state: 'same', words: [], unreachable: undefined };
  return { key: `${side} ${node.index}`, side, node, mark, depth, below: sizeOf(node) - 1 };
}

/**
 * Removed nodes by the index in the new tree behind which they are shown: that of the last node before them
 * that is still there (-1: before everything). They hang as deep below their nearest node that is left as before.
 */
function removedPlaces(
  pair: TreePair,
  before: MarkedTree,
  after: MarkedTree,
): ReadonlyMap<number, readonly Gone[]> {
  const behind = new Map<number, Gone[]>();
  const depths: number[] = [];
  let last = -1;
  for (const node of before.tree.nodes) {
    const partner = pair.partnerOfBefore.get(node.index);
    const above = node.parent === undefined ? -1 : (depths[node.parent] ?? -1);
    const depth = partner === undefined ? above + 1 : (after.tree.nodes[partner]?.depth ?? above + 1);
    depths.push(depth);
    if (partner !== undefined) last = partner;
    else if (behind.get(last)?.push({ node, depth }) === undefined) behind.set(last, [{ node, depth }]);
  }
  return behind;
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
