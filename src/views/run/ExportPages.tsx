import { useState } from 'react';

import { useAsk } from '../../data/useAnswer.ts';
import type { Question } from '../../queries/query.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { toCsv } from '../../ui/grid/toCsv.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { saveFile } from '../../ui/export/saveFile.ts';

/** An export stops here; the button says so. */
const EXPORT_CAP = 100_000;
const BLOCK = 5_000;

interface ExportPagesProps<Row> {
  readonly name: string;
  /** What is exported, as "events". */
  readonly what: string;
  readonly count: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly pageOf: (offset: number, limit: number) => Question<readonly Row[]>;
}

/** Saves what a list is narrowed to, read block by block; the first 100,000 rows of a longer one. */
export function ExportPages<Row>({ name, what, count, columns, pageOf }: ExportPagesProps<Row>) {
  const ask = useAsk();
  const [said, setSaid] = useState('');
  const capped = Math.min(count, EXPORT_CAP);
  const save = async () => {
    const rows: Row[] = [];
    for (let offset = 0; offset < capped; offset += BLOCK) {
      setSaid(`Reading ${formatCount(offset)} of ${formatCount(capped)}`);
      rows.push(...(await ask(pageOf(offset, Math.min(BLOCK, capped - offset)))));
    }
    saveFile(`${name}.csv`, 'text/csv;charset=utf-8', toCsv(columns, rows));
  };
  const start = () => {
    save().then(
      () => setSaid(''),
      () => setSaid('Could not be read'),
    );
  };
  const limit = count > EXPORT_CAP ? `the first ${formatCount(EXPORT_CAP)} of ${formatCount(count)}` : 'all';
  return (
    <>
      <Button
        variant="ghost"
        onClick={start}
        aria-disabled={count === 0}
        title={`Comma-separated values of ${limit} ${what} listed; money as integer cents`}
      >
        {said === '' ? (count > EXPORT_CAP ? `Export first ${formatCount(EXPORT_CAP)}` : 'Export') : said}
      </Button>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
