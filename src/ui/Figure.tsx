import ChartLine from 'lucide-react/icons/chart-line';
import Table from 'lucide-react/icons/table-2';
import { useId, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './Figure.module.css';
import { DataGrid } from './grid/DataGrid.tsx';
import { ExportFigure } from './export/ExportButtons.tsx';
import type { FigureSheet } from './export/figureSheet.ts';
import type { GridColumn } from './grid/gridColumn.ts';

export interface FigureTable<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly emptyText?: string | undefined;
}

export interface FigureProps<Row> {
  /** Accessible name of the figure and of its table. */
  readonly name: string;
  /** One sentence that says what the drawing shows. */
  readonly caption: ReactNode;
  /** The same values, exact; a function is called only when the table is asked for. */
  readonly table: FigureTable<Row> | (() => FigureTable<Row>);
  /** The drawing for paper; undefined where there is nothing to draw. */
  readonly sheet: () => Promise<FigureSheet | undefined>;
  /** Controls of the drawing, left of "Show as table". */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A drawing with a name, a sentence, and a table twin one button away. */
export function Figure<Row>({ name, caption, table, sheet, controls, children }: FigureProps<Row>) {
  const [asTable, setAsTable] = useState(false);
  const captionId = useId();
  return (
    <figure className={styles.figure} aria-label={name} aria-describedby={captionId}>
      <figcaption className={styles.bar}>
        <span id={captionId} className={styles.caption}>
          {caption}
        </span>
        {controls}
        {/* As a table, it leaves as one. */}
        {!asTable && <ExportFigure name={name} sheet={sheet} numbers={() => anyTable(table)} />}
        <Button
          variant="ghost"
          size="small"
          icon={asTable ? <ChartLine size={14} aria-hidden /> : <Table size={14} aria-hidden />}
          aria-label={`${asTable ? 'Show chart' : 'Show as table'}: ${name}`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Show chart' : 'Show as table'}
        </Button>
      </figcaption>
      {asTable ? <Twin name={name} table={table} /> : <div className={styles.drawing}>{children}</div>}
    </figure>
  );
}

/** Columns and rows of one figure belong together; whoever writes them out need not know the row. */
function anyTable<Row>(table: FigureProps<Row>['table']): FigureTable<unknown> {
  return (typeof table === 'function' ? table() : table) as unknown as FigureTable<unknown>;
}

function Twin<Row>({ name, table }: Pick<FigureProps<Row>, 'name' | 'table'>) {
  const { columns, rows, rowKey, emptyText } = typeof table === 'function' ? table() : table;
  return (
    <div className={styles.table}>
      <DataGrid
        name={name}
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        emptyText={emptyText ?? 'Nothing to show.'}
        maxHeight={420}
        stickyFirstColumn
      />
    </div>
  );
}
