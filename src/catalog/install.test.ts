import { describe, expect, test } from 'vitest';

import { int, queryRows, text } from '../engine/rows.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { ident, sql, trusted } from '../lib/sql.ts';
import { fileId } from '../lib/ids.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { attachFixture, openFixtureOn } from '../testing/openFixture.ts';
import { installRelations } from './install.ts';
import { overOneFile } from './oneFile.ts';
import { relationColumns } from './relations.ts';

const engine = await bootBlockingEngine();
const relations = Object.entries(relationColumns);
const layouts: readonly FixtureLayout[] = [
  'A1',
  'A2',
  'B-V2',
  'B-V3',
  'B-V4',
  'B-V5',
  'simulation-only',
  'standalone-A',
];

async function declaredColumns(relation: string) {
  const rows = await queryRows(engine, sql`DESCRIBE ${ident(relation)}`, {
    columnName: text,
    columnType: text,
  });
  return Object.fromEntries(rows.map((row) => [row.columnName, row.columnType]));
}

test('without any file every relation is there, empty, with the contract’s columns and types', async () => {
  await installRelations(engine, []);
  for (const [relation, columns] of relations) {
    expect(await declaredColumns(relation)).toEqual(columns);
    expect((await engine.query(sql`FROM ${ident(relation)}`)).rowCount).toBe(0);
  }
});

describe('one file of each layout', () => {
  test.for(layouts)(
    '%s: the contract’s columns and types, and every relation can be read',
    async (layout) => {
      await openFixtureOn(engine, await writeFixture(layout));
      for (const [relation, columns] of relations) {
        expect(await declaredColumns(relation)).toEqual(columns);
        await engine.query(sql`FROM ${ident(relation)}`);
      }
    },
  );
});

test('files of all layouts are united, each row with its file (domain.md 11.6)', async () => {
  const paths = await Promise.all(
    layouts.map((layout) =>
      writeFixture(layout, {
        experiments: [{ id: `of-${layout}` }],
        iterations: [{ iteration: 0, costs: { BANK_A: 100 } }],
        runs: [{ id: `run-of-${layout}` }],
      }),
    ),
  );
  await openFixtureOn(engine, ...paths);
  const experiments = await queryRows(
    engine,
    sql`SELECT file_id, experiment_id FROM experiments ORDER BY file_id`,
    { fileId: text, experimentId: text },
  );
  expect(experiments).toEqual(
    ['A1', 'A2', 'B-V2', 'B-V3', 'B-V4', 'B-V5'].map((layout, i) => ({
      fileId: `f${i + 1}`,
      experimentId: `of-${layout}`,
    })),
  );
  const runs = await queryRows(
    engine,
    sql`SELECT file_id, simulation_id FROM simulation_runs ORDER BY file_id`,
    { fileId: text, simulationId: text },
  );
  expect(runs.map((run) => `${run.fileId} ${run.simulationId}`)).toEqual([
    'f1 run-of-A1',
    'f6 run-of-B-V5',
    'f7 run-of-simulation-only',
    'f8 run-of-standalone-A',
  ]);
});

test('the same experiment id in two files stays two experiments', async () => {
  const [first, second] = await Promise.all([writeFixture('B-V2'), writeFixture('A1')]);
  await openFixtureOn(engine, first, second);
  const rows = await queryRows(
    engine,
    sql`SELECT experiment_id, count(DISTINCT file_id) AS files FROM experiments GROUP BY ALL`,
    { experimentId: text, files: int },
  );
  expect(rows).toEqual([{ experimentId: 'exp1', files: 2 }]);
});

test('aliases and file ids are quoted, whatever they hold', async () => {
  const alias = `f"1'; --`;
  const attached = await attachFixture(engine, await writeFixture('B-V5'), alias);
  await installRelations(engine, [{ ...attached, fileId: fileId(alias) }]);
  const rows = await queryRows(engine, sql`SELECT file_id FROM experiments`, { fileId: text });
  expect(rows).toEqual([{ fileId: alias }]);
});

test('a neighbour’s tables of the same name are not taken for ours (domain.md 11.7)', async () => {
  await openFixtureOn(engine, await writeFixture('A2', {}, { also: [['V0']] }));
  expect((await engine.query(sql`FROM simulation_runs`)).rowCount).toBe(0);
  const v1 = await attachFixture(engine, await writeFixture('V1'), 'v1');
  await installRelations(engine, [v1]);
  expect((await engine.query(sql`FROM experiment_events`)).rowCount).toBe(0);
});

test('installing again replaces the relations', async () => {
  const files = await openFixtureOn(engine, await writeFixture('B-V2'), await writeFixture('B-V2'));
  await installRelations(engine, files.slice(1));
  const rows = await queryRows(engine, sql`SELECT file_id FROM experiments`, { fileId: text });
  expect(rows).toEqual([{ fileId: 'f2' }]);
});

describe('a question about one of several files', () => {
  const spec = { fileId: text, experimentId: text };
  const second = fileId('f2');
  const list = sql`SELECT file_id, experiment_id FROM experiments`;

  test('is asked of the relations of that file alone, and of all where they are those of that file', async () => {
    const files = await openFixtureOn(engine, await writeFixture('B-V5'), await writeFixture('A1'));
    // Without any condition: only the second file's rows are there.
    const one = overOneFile(engine, list, second);
    expect(await queryRows(engine, one, spec)).toEqual([{ fileId: 'f2', experimentId: 'exp1' }]);
    for (const [relation] of relations) {
      const all = await engine.query(sql`SELECT * FROM ${ident(relation)} WHERE file_id = 'f2'`);
      const own = await engine.query(overOneFile(engine, sql`SELECT * FROM ${trusted(relation)}`, second));
      expect([relation, own.rowCount, own.columns]).toEqual([relation, all.rowCount, all.columns]);
    }
    await installRelations(engine, files.slice(1));
    expect(overOneFile(engine, list, second)).toBe(list);
    expect(await queryRows(engine, list, spec)).toEqual([{ fileId: 'f2', experimentId: 'exp1' }]);
  });

  test('keeps the parts that it names itself, and reads nothing of a file that is not there', async () => {
    const iterations = [{ iteration: 0, costs: { BANK_A: 100 } }];
    await openFixtureOn(engine, await writeFixture('B-V5'), await writeFixture('A1', { iterations }));
    const parts = sql`WITH experiments AS (SELECT * FROM experiments WHERE file_id = 'f2'),
      counted AS (SELECT file_id, count(*) AS n FROM iterations GROUP BY ALL)
      SELECT e.file_id, e.experiment_id FROM experiments e JOIN counted c USING (file_id)`;
    const expected = await queryRows(engine, parts, spec);
    expect(expected).toEqual([{ fileId: 'f2', experimentId: 'exp1' }]);
    const one = overOneFile(engine, parts, second);
    expect(one.text).not.toBe(parts.text);
    expect(await queryRows(engine, one, spec)).toEqual(expected);
    const withColumns = sql`WITH experiments(file_id, experiment_id) AS (SELECT 'f9', 'own')
      SELECT file_id, experiment_id FROM experiments JOIN (SELECT count(*) FROM iterations) ON true`;
    const asked = overOneFile(engine, withColumns, second);
    expect(await queryRows(engine, asked, spec)).toEqual([{ fileId: 'f9', experimentId: 'own' }]);
    const recursive = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2)
      SELECT file_id, experiment_id FROM experiments, n`;
    expect((await engine.query(overOneFile(engine, recursive, second))).rowCount).toBe(3);
    expect(overOneFile(engine, list, fileId('f3'))).toBe(list);
    const made = sql`CREATE TEMP TABLE kept AS SELECT * FROM experiments`;
    expect(overOneFile(engine, made, second)).toBe(made);
  });
});
