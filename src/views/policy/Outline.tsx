import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';

import type { TreePair } from '../../domain/policy/diff/changes.ts';
import { markTrees, type MarkedTree, type NodeMark, type NodeState } from '../../domain/policy/diff/marks.ts';
import { nodeText } from '../../domain/policy/tree/policyText.ts';
import { sizeOf, treeWords, type StoredNode } from '../../domain/policy/tree/readPolicy.ts';
import { cx } from '../../ui/cx.ts';
import styles from './Outline.module.css';
import type { ComparedPolicies } from './comparison.ts';
import marks from './marks.module.css';

/** More lines than this are not put on a page at once. */
const rowLimit = 1500;

/** The trees as indented text, with a sign and words wherever something changed. */
export function Outline({ comparison }: { comparison: ComparedPolicies }) {
  const { trees } = comparison.diff;
  if (trees.length === 0) return <p className={styles.words}>Neither policy has a tree.</p>;
  return (
    <div className={styles.trees}>
      <MarkLegend />
      {trees.map((pair) => (
        <TreeOutline key={pair.name} pair={pair} comparison={comparison} />
      ))}
    </div>
  );
}

function TreeOutline({ pair, comparison }: { pair: TreePair; comparison: ComparedPolicies }) {
  const { diff } = comparison;
  const rows = useMemo(() => {
    const { before, after } = markTrees(diff, pair);
    return outlineRows(pair, before, after);
  }, [diff, pair]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const shown = unfolded(rows, folded);
  const toggle = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  return (
    <section className={styles.tree}>
      <h3>{treeWords(pair.name)}</h3>
      <ul aria-label={`Outline of the ${treeWords(pair.name)}`}>
        {shown.slice(0, rowLimit).map((row) => (
          <Line
            key={row.key}
            row={row}
            parameters={row.side === 'before' ? diff.before.parameters : diff.after.parameters}
            isFolded={folded.has(row.key)}
            onToggle={() => toggle(row.key)}
          />
        ))}
      </ul>
      {shown.length > rowLimit && (
        <p className={styles.words}>{shown.length - rowLimit} more lines; fold branches above to see them.</p>
      )}
    </section>
  );
}

function unfolded(rows: readonly OutlineRow[], folded: ReadonlySet<string>): OutlineRow[] {
  const shown: OutlineRow[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === undefined) continue;
    shown.push(row);
    if (folded.has(row.key)) i += row.below;
  }
  return shown;
}

interface LineProps {
  readonly row: OutlineRow;
  readonly parameters: Parameters<typeof nodeText>[1];
  readonly isFolded: boolean;
  readonly onToggle: () => void;
}

function Line({ row, parameters, isFolded, onToggle }: LineProps) {
  const { node, mark } = row;
  const text = nodeText(node, parameters);
  const words = wordsOf(mark);
  const answer = node.branch === undefined ? '' : node.branch === 'on_true' ? 'yes ' : 'no ';
  return (
    <li className={styles.line} style={{ paddingInlineStart: `${Math.min(row.depth, 30) * 16}px` }}>
      <span
        className={cx(styles.sign, marks[mark.unreachable === undefined ? mark.state : 'unreachable'])}
        aria-hidden
      >
        {signsOf(mark)}
      </span>
      {row.below > 0 ? (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!isFolded}
          aria-label={`${isFolded ? 'Unfold' : 'Fold'} ${text}`}
          onClick={onToggle}
        >
          {isFolded ? <ChevronRight size={12} aria-hidden /> : <ChevronDown size={12} aria-hidden />}
        </button>
      ) : (
        <span className={styles.fold} />
      )}
      <span>
        <span className={styles.answer}>{answer}</span>
        <span className={cx(styles.text, row.mark.state === 'removed' && styles.gone)}>{text}</span>
        {words !== '' && <span className={styles.note}> {words}</span>}
        {node.problem !== undefined && <span className={styles.note}> {node.problem}</span>}
        {isFolded && <span className={styles.note}> {row.below} lines folded</span>}
      </span>
    </li>
  );
}

/** One line of an outline: a node of the new tree, or one that is gone, at the place where it stood. */
interface OutlineRow {
  readonly key: string;
  readonly side: 'before' | 'after';
  readonly node: StoredNode;
  readonly mark: NodeMark;
  readonly depth: number;
  /** Rows directly behind this one that lie below it. */
  readonly below: number;
}

/** A removed node with the depth at which it is shown. */
interface Gone {
  readonly node: StoredNode;
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

function rowOf(side: OutlineRow['side'], { marks }: MarkedTree, node: StoredNode, depth: number): OutlineRow {
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

/** What the signs beside the nodes mean. */
export function MarkLegend() {
  return (
    <p className={marks.legend}>
      {(['added', 'removed', 'changed', 'moved'] as const).map((state) => (
        <span key={state}>
          <span className={marks[state]} aria-hidden>
            {stateSigns[state]}
          </span>{' '}
          {stateWords[state]}
        </span>
      ))}
      <span>
        <span className={marks.unreachable} aria-hidden>
          {unreachableSign}
        </span>{' '}
        can never be reached
      </span>
    </p>
  );
}

/** A sign for each state beside its colour; nothing for what stayed. */
const stateSigns: Readonly<Record<NodeState, string>> = {
  same: '',
  added: '+',
  removed: '−',
  moved: '⇄',
  changed: '≠',
};

const stateWords: Readonly<Record<NodeState, string>> = {
  same: 'unchanged',
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  changed: 'changed',
};

const unreachableSign = '∅';

/** Sign or signs of a node, for the eye. */
export function signsOf(mark: NodeMark): string {
  return `${stateSigns[mark.state]}${mark.unreachable === undefined ? '' : unreachableSign}`;
}

/** Everything that is to be said about a node beside its own text. */
export function wordsOf(mark: NodeMark): string {
  const change =
    mark.words.length === 0 ? stateWords[mark.state] : `${stateWords[mark.state]}: ${mark.words.join('; ')}`;
  const parts = [
    ...(mark.state === 'same' ? [] : [change]),
    ...(mark.unreachable === undefined ? [] : [`can never be reached: ${mark.unreachable}`]),
  ];
  return parts.join('; ');
}
