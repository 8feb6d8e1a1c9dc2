import { useState } from 'react';

import type { OwnRow, OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount } from '../../lib/format.ts';
import type { Sql } from '../../lib/sql.ts';
import type { OwnColumn, OwnResult } from '../../queries/ownTables/ownSql.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { saveFile } from '../../ui/export/saveFile.ts';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { toCsv } from '../../ui/grid/toCsv.ts';

interface ExportResultProps {
  readonly desk: OwnSqlDesk;
  readonly result: OwnResult;
  readonly name: string;
  /** The rows in the order of the grid. */
  readonly table: Sql;
}

const formats = [
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
] as const;
type Format = (typeof formats)[number]['value'];

/** Every row of a result, also those that were not looked at, as a file. */
export function ExportResult({ desk, result, name, table }: ExportResultProps) {
  const [isOpen, setOpen] = useState(false);
  const [format, setFormat] = useState<Format>('csv');
  const [written, setWritten] = useState<number>();
  const save = async (): Promise<void> => {
    const parts: string[] = [];
    try {
      for (let from = 0; from < result.rows || from === 0; from += rowsAtOnce) {
        setWritten(from);
        const rows = await desk.rows({ table, columns: result.columns }, from, rowsAtOnce);
        parts.push(
          format === 'csv'
            ? csvOf(result.columns, rows, from === 0)
            : jsonOf(result.columns, rows, from === 0),
        );
      }
      if (format === 'json') parts.push('\n]\n');
      saveFile(
        `results.${format}`,
        format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json',
        parts.join(''),
      );
      setOpen(false);
    } finally {
      setWritten(undefined);
    }
  };
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        Export {name}
      </Button>
      <Dialog
        title="Export"
        open={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <Button variant="primary" disabled={written !== undefined} onClick={() => void save()}>
            Download
          </Button>
        }
      >
        <ToggleGroup label="Format" choices={formats} value={format} onChange={setFormat} />
        <p>
          {written === undefined
            ? `All ${formatCount(result.rows)} rows, in the order of the grid, with exact values.`
            : `Writing: ${formatCount(written)} of ${formatCount(result.rows)} rows.`}
        </p>
      </Dialog>
    </>
  );
}

const rowsAtOnce = 20_000;

function csvOf(columns: readonly OwnColumn[], rows: readonly OwnRow[], withHead: boolean): string {
  const csv = toCsv(
    columns.map(({ name }, place) => ({
      id: String(place),
      header: name,
      value: (row: OwnRow) => row[place],
    })),
    rows,
  );
  return withHead ? csv : csv.slice(csv.indexOf('\r\n') + 2);
}

/** A whole number beyond 2^53 keeps its digits. */
function jsonOf(columns: readonly OwnColumn[], rows: readonly OwnRow[], isFirst: boolean): string {
  const lines = rows.map((row) => {
    const cells = columns.map(({ name }, place) => {
      const value = row[place];
      const isOdd = typeof value === 'number' && !Number.isFinite(value);
      const written =
        typeof value === 'bigint'
          ? value.toString()
          : JSON.stringify(isOdd ? String(value) : (value ?? null));
      return `${JSON.stringify(name)}: ${written}`;
    });
    return `  {${cells.join(', ')}}`;
  });
  const body = lines.join(',\n');
  if (isFirst) return `[\n${body}`;
  return body === '' ? '' : `,\n${body}`;
}
