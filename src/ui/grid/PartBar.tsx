import styles from './DataGrid.module.css';
import { Button } from '../Button.tsx';
import { formatCount } from '../../lib/format.ts';
import type { GridPart } from './gridParts.ts';

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
