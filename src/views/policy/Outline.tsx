import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';

import type { TreePair } from '../../domain/policy/diff/changes.ts';
import { markTrees } from '../../domain/policy/diff/marks.ts';
import { nodeText } from '../../domain/policy/tree/nodeText.ts';
import { treeWords } from '../../domain/policy/tree/policyTree.ts';
import { cx } from '../../ui/cx.ts';
import type { Comparison } from './comparison.ts';
import { MarkLegend } from './MarkLegend.tsx';
import { signsOf, wordsOf } from './markWords.ts';
import marks from './marks.module.css';
import styles from './Outline.module.css';
import { outlineRows, type OutlineRow } from './outlineRows.ts';

/** More lines than this are not put on a page at once. */
const rowLimit = 1500;

/** The trees as indented text, with a sign and words wherever something changed. */
export function Outline({ comparison }: { comparison: Comparison }) {
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

function TreeOutline({ pair, comparison }: { pair: TreePair; comparison: Comparison }) {
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
      <h4>{treeWords(pair.name)}</h4>
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
