import { formatCount } from '../../lib/format.ts';
import { Button } from '../Button.tsx';
import styles from './DataGrid.module.css';

interface PartBarProps {
  readonly name: string;
  readonly part: GridPart;
  readonly count: number;
  readonly onPart: (number: number) => void;
}

/** Which rows of a very long table are shown, and the way to the others. */
export function PartBar({ name, part, count, onPart }: PartBarProps) {
  const { number, of, first, rows } = part;
  return (
    <div className={styles.parts} role="group" aria-label={`Part of ${name}`}>
      <span role="status">
        Rows {formatCount(first + 1)} to {formatCount(first + rows)} of {formatCount(count)}
      </span>
      <Button size="small" disabled={number === 0} onClick={() => onPart(number - 1)}>
        Rows before
      </Button>
      <Button size="small" disabled={number === of - 1} onClick={() => onPart(number + 1)}>
        Rows after
      </Button>
    </div>
  );
}

/** Browsers draw nothing taller than some 17.8 million pixels (Firefox); longer tables are shown in parts of this many rows. */
export const PART_ROWS = 500_000;

export interface GridPart {
  readonly number: number;
  /** Parts there are, at least one. */
  readonly of: number;
  /** Index of its first row in the whole table. */
  readonly first: number;
  readonly rows: number;
}

/** The part `wanted` of a table of `count` rows, or the last where there are fewer. */
export function partOf(count: number, wanted: number): GridPart {
  const of = Math.max(1, Math.ceil(count / PART_ROWS));
  const number = Math.max(0, Math.min(of - 1, wanted));
  const first = number * PART_ROWS;
  return { number, of, first, rows: Math.min(PART_ROWS, count - first) };
}

/** The part that a row of the whole table is in. */
export function partWith(row: number): number {
  return Math.max(0, Math.floor(row / PART_ROWS));
}
