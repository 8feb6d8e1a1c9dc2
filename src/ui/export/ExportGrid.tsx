import { lazy } from 'react';
import type { GridColumn } from '../grid/gridColumn.ts';
import { ExportOpener } from './ExportOpener.tsx';

const ExportTableDialog = lazy(async () => ({
  default: (await import('./ExportTableDialog.tsx')).ExportTableDialog,
}));

/** Rows of a table that can leave; read only when they are asked for. */
export interface TableChoice<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  /** At most `most` rows from the first on; `onProgress` is told how many there are so far. */
  readonly read: (most: number, onProgress: (rows: number) => void) => Promise<readonly Row[]>;
}

export interface ExportGridProps<Row> {
  /** The grid's name. */
  readonly name: string;
  /** What is on screen: its columns in their order, its rows filtered and sorted. */
  readonly shown: TableChoice<Row>;
  /** All of it, where what is on screen may be a part. */
  readonly whole?: TableChoice<Row> | undefined;
}

/** The way of a grid out of the page. */
export function ExportGrid<Row>(props: ExportGridProps<Row>) {
  // The dialog writes values and never looks into a row itself.
  const ofAnyRow = props as unknown as ExportGridProps<unknown>;
  return (
    <ExportOpener name={props.name} dialog={(close) => <ExportTableDialog {...ofAnyRow} onClose={close} />} />
  );
}
