import Database from 'lucide-react/icons/database';
import Download from 'lucide-react/icons/download';
import { Suspense, use, useState, type ReactNode, lazy } from 'react';

import { Button } from '../Button.tsx';
import type { FigureTable } from '../Figure.tsx';
import type { GridColumn } from '../grid/gridColumn.ts';
import type { FigureSheet } from './figureSheet.ts';
import { QueryBehindContext } from './origin.ts';

interface ExportOpenerProps {
  /** Of the figure or grid. */
  readonly name: string;
  readonly dialog: (close: () => void) => ReactNode;
}

/** The way of a figure or a grid out of the page, and to the query behind it: buttons, and the dialog when it is asked for. */
function ExportOpener({ name, dialog }: ExportOpenerProps) {
  const [isOpen, setOpen] = useState(false);
  const openQuery = use(QueryBehindContext);
  return (
    <>
      <Button
        variant="ghost"
        size="small"
        icon={<Download size={14} aria-hidden />}
        aria-label={`Export ${name}`}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      {openQuery !== undefined && (
        <Button
          variant="ghost"
          size="small"
          icon={<Database size={14} aria-hidden />}
          aria-label={`Query behind ${name}`}
          title="Query behind this, in the SQL editor"
          onClick={() => openQuery(name)}
        >
          Query
        </Button>
      )}
      {isOpen && <Suspense>{dialog(() => setOpen(false))}</Suspense>}
    </>
  );
}

const ExportFigureDialog = lazy(async () => ({
  default: (await import('./ExportFigureDialog.tsx')).ExportFigureDialog,
}));

export interface ExportFigureProps {
  /** The figure's name. */
  readonly name: string;
  readonly sheet: () => Promise<FigureSheet | undefined>;
  readonly numbers: () => FigureTable<unknown>;
}

/** The way of a figure out of the page. */
export function ExportFigure(props: ExportFigureProps) {
  return (
    <ExportOpener name={props.name} dialog={(close) => <ExportFigureDialog {...props} onClose={close} />} />
  );
}

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
