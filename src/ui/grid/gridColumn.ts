import type { ReactNode } from 'react';

/** An exact value of a cell. `undefined` is absence: shown as a dash, sorted last, exported empty. */
export type CellValue = string | number | bigint | boolean | undefined;

export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Words over this column and its neighbours of the same group, spoken before the header. */
  readonly group?: string | undefined;
  /** The exact value (cents for money): sorts, copies and exports unless the next two say otherwise. */
  readonly value: (row: Row) => CellValue;
  readonly sortValue?: ((row: Row) => CellValue) | undefined;
  readonly copyValue?: ((row: Row) => CellValue) | undefined;
  /** What is seen; the value as text when left out. */
  readonly render?: ((row: Row) => ReactNode) | undefined;
  readonly align?: 'start' | 'end' | undefined;
  /** Whether its bigints are whole cents; without it they are, where `render` writes them. */
  readonly isMoney?: boolean | undefined;
  /** Pixels, a minimum too: room left over is shared out. Default 112. */
  readonly width?: number | undefined;
  /** Takes the room that is left over, instead of every column a share. */
  readonly grow?: boolean | undefined;
  /** Place on a narrow screen, before all columns without one. The first of them carries the link of the row there. */
  readonly narrow?: number | undefined;
  /** Default true. */
  readonly sortable?: boolean | undefined;
  readonly firstSort?: SortDirection | undefined;
  /** A CSS colour for the heading, for a column that belongs to one drawn series. */
  readonly headerColor?: string | undefined;
  /** A longer explanation of the heading, shown when the pointer rests on it. */
  readonly headerTitle?: string | undefined;
  /** This cell carries the link of the row, when the grid has `rowHref`. Default: the first column. */
  readonly link?: boolean | undefined;
}

type SortDirection = 'ascending' | 'descending';

export interface GridSort {
  readonly columnId: string;
  readonly direction: SortDirection;
}

export const DEFAULT_COLUMN_WIDTH = 112;

/** The heading with its group, as it is spoken, copied and exported. */
export function fullHeader(column: Pick<GridColumn<never>, 'group' | 'header'>): string {
  return column.group === undefined ? column.header : `${column.group} ${column.header}`;
}

/** What Ctrl+C takes from a cell and what an export writes. */
export function copiedValue<Row>(column: GridColumn<Row>, row: Row): CellValue {
  return (column.copyValue ?? column.value)(row);
}

export function cellText(value: CellValue): string {
  return value === undefined ? '' : String(value);
}

/** Rows of a grid that are fetched in blocks as they come into sight; the grid never holds all of them. */
export interface PagedRows<Row> {
  /** All rows there are, fetched or not. */
  readonly count: number;
  /** `undefined`: not fetched yet; the grid says "loading" in its place. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Told after every drawing which rows the screen wants. Must be stable. */
  readonly onDrawn: (indexes: readonly number[]) => void;
  /** The row that the table scrolls to the top of, whenever it changes. */
  readonly topRow?: number | undefined;
}
