import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { askDirectly } from '../../data/askDirectly.ts';
import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { fittingColumns, OwnSql, resultRows } from '../../queries/ownTables/ownSql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import type { TableFormat } from '../../ui/export/tableFile.ts';
import { resultFile } from './resultFile.ts';

afterAll(closeBlockingEngines);

let own: OwnSql;
beforeAll(async () => {
  const { engine, files } = await openFixture(await writeFixture('B-V5', { experiments: [{ id: 'one' }] }));
  const asking = askDirectly(engine);
  const named = files.map(({ fileId, alias }) => ({ fileId, alias, name: 'one.db' }));
  own = await OwnSql.over(engine, named, (question) => asking.ask(question));
});

async function fileOf(text: string, format: TableFormat): Promise<Blob> {
  await own.forget();
  const [statement] = own.statements(text);
  if (statement === undefined) throw new Error('no statement');
  const result = await own.run(text, statement, () => undefined);
  return resultFile(format, {
    name: 'Results',
    columns: result.columns,
    rows: result.rows,
    read: (from, count) => resultRows(own.engine, result, from, count),
    fitting: await fittingColumns(own.engine, result),
    provenance: ['Statement: ours'],
    onRows: () => undefined,
  });
}

test('Parquet has every row, beyond the first 100,000 too, and exact values by type', async () => {
  const file = await fileOf(
    `SELECT i, i::HUGEINT * 1000 AS cents, 170141183460469231731687303715884105727::HUGEINT AS wide, i / 3 AS third,
       i % 2 = 0 AS even, CASE WHEN i % 2 = 0 THEN 'row ' || i END AS words, 1.10::DECIMAL(9, 2) AS price
     FROM range(120001) t(i)`,
    'Parquet',
  );
  const bytes = await file.arrayBuffer();
  const { num_rows: rows, schema, key_value_metadata: metadata } = parquetMetadata(bytes);
  expect(rows).toBe(120_001n);
  expect(metadata).toContainEqual({ key: 'provenance', value: 'Statement: ours' });
  expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
    ['i', 'INT64'],
    ['cents', 'INT64'],
    ['wide', 'BYTE_ARRAY'],
    ['third', 'DOUBLE'],
    ['even', 'BOOLEAN'],
    ['words', 'BYTE_ARRAY'],
    ['price', 'BYTE_ARRAY'],
  ]);
  const last = await parquetReadObjects({ file: bytes, rowStart: 119_999, rowEnd: 120_001 });
  expect(last).toEqual([
    {
      i: 119_999n,
      cents: 119_999_000n,
      wide: '170141183460469231731687303715884105727',
      third: 119_999 / 3,
      even: false,
      words: null,
      price: '1.10',
    },
    {
      i: 120_000n,
      cents: 120_000_000n,
      wide: '170141183460469231731687303715884105727',
      third: 40_000,
      even: true,
      words: 'row 120000',
      price: '1.10',
    },
  ]);
});

test('CSV and JSON keep negative sums as numbers, and what is missing as missing', async () => {
  const text = "SELECT sum(-v) AS s, '=1+1' AS t, NULL AS n FROM (VALUES (5), (7)) x(v)";
  expect(await (await fileOf(text, 'CSV')).text()).toBe("s,t,n\r\n-12,'=1+1,\r\n");
  expect(await (await fileOf(text, 'JSON')).text()).toBe('[\n  {"s": -12, "t": "=1+1", "n": null}\n]\n');
  expect(await (await fileOf('SELECT 1 AS a WHERE FALSE', 'JSON')).text()).toBe('[\n]\n');
  expect(await (await fileOf('SELECT 1 AS a WHERE FALSE', 'CSV')).text()).toBe('a\r\n');
  expect(JSON.parse(await (await fileOf('FROM range(20001) t(i)', 'JSON')).text())).toHaveLength(20_001);
  expect(await (await fileOf(text, 'Markdown')).text()).toContain('| -12 | =1+1 | – |');
});
