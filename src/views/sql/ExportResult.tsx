import { useState } from 'react';

import type { OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { Sql } from '../../lib/sql.ts';
import type { OwnResult } from '../../queries/ownTables/ownSql.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { fileName, saveFile } from '../../ui/files.ts';
import { provenanceLines, useOrigin } from '../../ui/export/origin.ts';
import { tableFormats, type TableFormat } from '../../ui/export/tableFile.ts';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';

interface ExportResultProps {
  readonly desk: OwnSqlDesk;
  readonly result: OwnResult;
  readonly name: string;
  /** The rows in the order of the grid. */
  readonly table: Sql;
}

/** A table to be read, and what most programs for tables take at ease, are no longer. */
const firstRows = 100_000;
const isShort = (format: TableFormat): boolean => format === 'Markdown' || format === 'LaTeX';

/** Every row of a result, also those that were not looked at, as a file. */
export function ExportResult({ desk, result, name, table }: ExportResultProps) {
  const origin = useOrigin();
  const [isOpen, setOpen] = useState(false);
  const [format, setFormat] = useState<TableFormat>('CSV');
  const [extent, setExtent] = useState<'all' | 'first'>('all');
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const isLong = result.rows > firstRows;
  const isCut = isLong && (extent === 'first' || isShort(format));
  const rows = isCut ? firstRows : result.rows;
  const first = `the first ${formatCount(firstRows)} of ${formatCount(result.rows)} rows`;
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { resultFile } = await import('./resultFile.ts');
      const part = `${name}${isCut ? `, ${first}` : ''}`;
      const blob = await resultFile(format, {
        name,
        columns: result.columns,
        rows,
        read: (from, count) => desk.rows({ table, columns: result.columns }, from, count),
        fitting: format === 'Parquet' ? await desk.fitting(result) : new Set(),
        provenance: [...provenanceLines(origin, part, location.href), `Statement: ${result.statement}`],
        onRows: (written) => setSaid(`Writing: ${formatCount(written)} of ${formatCount(rows)} rows.`),
      });
      const file = fileName([origin.subject, name], tableFormats[format].ending);
      saveFile(file, tableFormats[format].type, blob);
      setSaid(`Saved ${file}: ${isCut ? first : plural(rows, 'row')}.`);
    } catch (failure) {
      setSaid(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
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
          <Button variant="primary" isBusy={isBusy} onClick={() => void save()}>
            Download
          </Button>
        }
      >
        <ToggleGroup
          label="Format"
          choices={(Object.keys(tableFormats) as TableFormat[]).map((value) => ({ value, label: value }))}
          value={format}
          onChange={setFormat}
        />
        {isLong && !isShort(format) && (
          <ToggleGroup
            label="Rows"
            choices={[
              { value: 'all', label: `All ${formatCount(result.rows)}` },
              { value: 'first', label: `First ${formatCount(firstRows)}` },
            ]}
            value={extent}
            onChange={setExtent}
          />
        )}
        <p>
          {isCut ? `Only ${first}` : `All ${plural(rows, 'row')}`}, in the order of the grid, with exact
          values. {notes[format]}
        </p>
        <p role="status">{said}</p>
      </Dialog>
    </>
  );
}

const notes: Readonly<Record<TableFormat, string>> = {
  CSV: 'NULL is empty.',
  JSON: 'One object a row, as npm run db -- sql writes it.',
  Parquet:
    'Whole numbers as 64-bit integers; decimals, times and lists as text. The statement is in the metadata.',
  Markdown: 'For a table to be read: at most the first 100,000 rows.',
  LaTeX: 'For a table to be read: at most the first 100,000 rows.',
};
