import { Button } from '../../ui/Button.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { toCsv } from '../../ui/grid/toCsv.ts';
import { saveFile } from '../../ui/export/saveFile.ts';

interface DownloadCsvProps<Row> {
  /** File name without its ending. */
  readonly name: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
}

/** Saves the table with exact values; money as integer cents. */
export function DownloadCsv<Row>({ name, columns, rows }: DownloadCsvProps<Row>) {
  const save = () => saveFile(`${name}.csv`, 'text/csv;charset=utf-8', toCsv(columns, rows));
  return (
    <Button variant="ghost" onClick={save} title="Comma-separated values; money as integer cents">
      Export
    </Button>
  );
}
