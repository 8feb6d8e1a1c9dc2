import TriangleAlert from 'lucide-react/icons/triangle-alert';

import { plural } from '../../lib/format.ts';
import { CELL_PADDING } from '../../ui/grid/useColumnWidths.ts';
import styles from './experimentColumns.module.css';
import type { ExperimentListRow } from './useExperimentList.ts';

/** The sign of contradictions beside an id, with its gap. */
const markPx = 18;
const leastId = 120;
/** Beyond this an id is cut, and shown whole on hover. */
const mostId = 320;
/** A letter of the name, and of the rest in the fixed-width face. */
const boldPx = 7;
const monoPx = 7.2;
/** The first column stands further in. */
const insetPx = 8;

/** Pixels for the longest id of some rows, within bounds. */
export function idWidth(rows: readonly ExperimentListRow[]): number {
  const isMarked = rows.some(({ contradictions: found }) => (found?.length ?? 0) > 0);
  const longest = rows.reduce((most, { summary }) => Math.max(most, idPx(summary)), leastId);
  return longest + (isMarked ? markPx : 0);
}

function idPx(summary: ExperimentListRow['summary']): number {
  const letters = (nameInId(summary) ?? '').length;
  const rest = summary.experimentId.length - letters;
  return Math.min(mostId, Math.ceil(letters * boldPx + rest * monoPx) + CELL_PADDING + insetPx);
}

/** The name, where the id is made of it: `exp1` of `exp1-20251215-084901-866d63`. */
export function nameInId({ name, experimentId }: ExperimentListRow['summary']): string | undefined {
  return name !== '' && experimentId.startsWith(name) ? name : undefined;
}

/**
 * The id with the name in it set off, so that no name stands beside it; marked where the file contradicts itself, as
 * the first column is in sight at any width. What is between the name and the last part gives way on a phone.
 */
export function Id({ row: { summary, contradictions } }: { row: ExperimentListRow }) {
  const { experimentId } = summary;
  const name = nameInId(summary) ?? '';
  const tailAt = Math.max(name.length, experimentId.lastIndexOf('-'));
  const count = contradictions?.length ?? 0;
  const words = plural(count, 'contradiction');
  return (
    <>
      <bdi title={experimentId}>
        <b className={styles.name}>{name}</b>
        {tailAt > name.length && (
          <span className={styles.middle}>{experimentId.slice(name.length, tailAt)}</span>
        )}
        <span className={styles.tail}>{experimentId.slice(tailAt)}</span>
      </bdi>
      {count > 0 && (
        <span role="img" aria-label={words} title={words} className={styles.contradictions}>
          <TriangleAlert size={12} aria-hidden />
        </span>
      )}
    </>
  );
}
