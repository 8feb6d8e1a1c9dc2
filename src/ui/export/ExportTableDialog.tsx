import { useState } from 'react';
import { formatCount, plural } from '../../lib/format.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { ToggleGroup, Checkbox, Named } from '../ToggleGroup.tsx';
import styles from './Export.module.css';
import type { ExportGridProps } from './ExportButtons.tsx';
import { fileName, saveFile } from '../files.ts';
import { provenanceLines, useOrigin } from './origin.ts';
import { tableFile, tableFormats, type TableFormat } from './tableFile.ts';
import { tableModel, type MoneyUnit, type TableModel } from './tableModel.ts';

/** A file of more rows would not fit in a page's memory, nor in a spreadsheet. */
const mostRows = 1_000_000;

interface DialogProps extends ExportGridProps<unknown> {
  readonly onClose: () => void;
}

/** Format, rows and money of a table that leaves. */
export function ExportTableDialog({ name, shown, whole, onClose }: DialogProps) {
  const origin = useOrigin();
  const [forSpreadsheets, setForSpreadsheets] = useState(false);
  const [unit, setUnit] = useState<MoneyUnit>('cents');
  const [scope, setScope] = useState<'shown' | 'whole'>('shown');
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const table = scope === 'whole' && whole !== undefined ? whole : shown;
  const rows = Math.min(table.count, mostRows);
  const part = `${name}, ${scope === 'shown' ? 'as shown' : 'whole'}${
    rows < table.count ? `, the first ${formatCount(rows)} of ${formatCount(table.count)} rows` : ''
  }`;
  const provenance = provenanceLines(origin, part, window.location.href);

  const make = async (): Promise<TableModel> => {
    const read = await table.read(rows, (count) =>
      setSaid(`Reading ${formatCount(count)} of ${formatCount(rows)} rows`),
    );
    return tableModel(table.columns, read, unit);
  };
  const act = (doing: () => Promise<string>): void => {
    setBusy(true);
    doing()
      .then(setSaid, (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  const options = { forSpreadsheets, name, provenance };
  const save = (format: TableFormat): void =>
    act(async () => {
      const { ending, type } = tableFormats[format];
      const file = fileName([origin.subject, name], ending);
      saveFile(file, type, await tableFile(format, await make(), options));
      return `Saved ${file}`;
    });
  const copy = (format: TableFormat): void =>
    act(async () => {
      const content = await tableFile(format, await make(), options);
      if (typeof content !== 'string') throw new Error('A clipboard takes no Parquet.');
      await navigator.clipboard.writeText(content);
      return `Copied as ${format}`;
    });

  return (
    <Dialog title="Export" open onClose={onClose}>
      <div className={styles.settings}>
        <p className={styles.note}>
          {name}: {plural(rows, 'row')}
          {rows < table.count && `, the first of ${formatCount(table.count)}`}
        </p>
        {whole !== undefined && (
          <Named words="Rows and columns">
            <ToggleGroup
              label="Rows and columns"
              choices={[
                { value: 'shown', label: `As shown (${formatCount(shown.count)})` },
                { value: 'whole', label: `Whole table (${formatCount(whole.count)})` },
              ]}
              value={scope}
              onChange={setScope}
            />
          </Named>
        )}
        <Named words="Money">
          <ToggleGroup
            label="Money"
            choices={[
              { value: 'cents', label: 'Whole cents' },
              { value: 'dollars', label: 'Dollars' },
            ]}
            value={unit}
            onChange={setUnit}
          />
        </Named>
        <Checkbox
          words="CSV for spreadsheets: a text that would run as a formula is marked as text"
          isOn={forSpreadsheets}
          onToggle={() => setForSpreadsheets(!forSpreadsheets)}
        />
        <ul className={styles.formats} aria-label="Formats">
          {(Object.keys(tableFormats) as TableFormat[]).map((format) => (
            <li key={format}>
              <b>{format}</b>
              <span className={styles.note}>{notes[format]}</span>
              {format !== 'Parquet' && (
                <Button
                  size="small"
                  isBusy={isBusy}
                  aria-label={`Copy ${format}`}
                  onClick={() => copy(format)}
                >
                  Copy
                </Button>
              )}
              <Button
                size="small"
                isBusy={isBusy}
                aria-label={`Download ${format}`}
                onClick={() => save(format)}
              >
                Download
              </Button>
            </li>
          ))}
        </ul>
        <p role="status" className={styles.said}>
          {said}
        </p>
      </div>
    </Dialog>
  );
}

const notes: Readonly<Record<TableFormat, string>> = {
  CSV: 'Comma-separated, UTF-8. The head names the unit of money; what is not recorded is empty.',
  JSON: 'One object a row, with the origin. What is not recorded is null.',
  Parquet: 'Whole numbers as 64-bit integers, the rest as doubles or text; the origin is in the metadata.',
  Markdown: 'A pipe table, with the origin below it.',
  LaTeX: 'For booktabs and graphicx, numbers aligned at the point; the origin is in comments.',
};
