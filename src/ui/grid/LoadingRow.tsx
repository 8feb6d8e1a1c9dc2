import styles from './DataGrid.module.css';
import { cx } from '../cx.ts';

interface LoadingRowProps {
  /** Place in the part that is shown; `first` is that of the part in the whole table. */
  readonly index: number;
  readonly first: number;
  readonly span: number;
  readonly active: number | undefined;
}

/** Stands where a row will be that is still being fetched. */
export function LoadingRow({ index, first, span, active }: LoadingRowProps) {
  return (
    <tr role="row" aria-rowindex={first + index + 2} aria-busy className={cx(styles.row, styles.loading)}>
      <td
        role="gridcell"
        aria-colindex={1}
        colSpan={span}
        data-row={index}
        data-column={active ?? 0}
        tabIndex={active === undefined ? -1 : 0}
      >
        loading
      </td>
    </tr>
  );
}
