import { expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { int, nullable, queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { fullContent } from '../testing/fixtures/fullContent.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { experimentDetail } from './experimentDetail.ts';
import { experimentList } from './experimentList.ts';
import { unreadable } from './fileFindings.ts';

const engine = await bootBlockingEngine();
const file = fileId('f1');
const scope = { fileId: file, experimentId: experimentId('exp1') };

async function open(content: Parameters<typeof writeFixture>[1], statements: ReturnType<typeof sql>[] = []) {
  await openFixtureOn(engine, await writeFixture('A1', content, { statements }));
}

test('a sound file has nothing that cannot be read', async () => {
  await open(fullContent);
  expect(await ask(engine, unreadable, { fileId: file })).toEqual({
    cells: [],
    cellCount: 0,
    rowsLeftOut: 0,
    missingColumns: [],
  });
});

test('costs that are no whole cents are shown as stored, and the total is unknown', async () => {
  const iterations = ['{"A": 5000.5, "B": 1}', '{"A": "3000", "B": 1}', '{"A": 5e3, "B": 1}', 'not json'].map(
    (costs, iteration) => ({ iteration, costs, accepted: '{}', fractions: { A: 0.5 } }),
  );
  await open({ iterations });
  const detail = await ask(engine, experimentDetail, scope);
  expect(detail?.iterations.map((row) => [row.totalCents, [...row.unreadableCosts.values()]])).toEqual([
    [undefined, ['5000.5']],
    [undefined, ['"3000"']],
    [5001n, []],
    [undefined, ['not json', 'not json']],
  ]);
  expect(await ask(engine, experimentList, { fileId: file })).toMatchObject([{ unreadableCosts: 3 }]);
  const { cells, cellCount } = await ask(engine, unreadable, scope);
  expect(cellCount).toBe(3);
  expect(cells.map(({ table, column, stored }) => [table, column, stored])).toEqual(
    ['5000.5', '"3000"', 'not json'].map((stored) => ['experiment_iterations', 'costs_per_agent', stored]),
  );
});

test('NaN and fractions in columns of numbers are unreadable, with their place', async () => {
  await open(fullContent, [
    sql`ALTER TABLE policy_evaluations ALTER old_cost TYPE DOUBLE`,
    sql`UPDATE policy_evaluations SET old_cost = 'Infinity', settlement_rate = 'NaN' WHERE iteration = 1`,
  ]);
  const detail = await ask(engine, experimentDetail, scope);
  const proposal = detail?.proposals.find(
    ({ iteration, agentId }) => iteration === 1 && agentId === 'BANK_A',
  );
  expect(proposal).toMatchObject({ oldCostCents: undefined, newCostCents: 4500n, settlementRate: undefined });
  expect(proposal?.unreadable).toEqual(
    new Map([
      ['oldCostCents', 'inf'],
      ['settlementRate', 'nan'],
    ]),
  );
  const { cells } = await ask(engine, unreadable, scope);
  expect(cells).toContainEqual({
    table: 'policy_evaluations',
    column: 'old_cost',
    rowKey: { experiment_id: 'exp1', iteration: '1', agent_id: 'BANK_A' },
    stored: 'inf',
    isRowLeftOut: false,
  });
});

test('a row without its key is left out and counted, a column that is missing is named', async () => {
  await open(fullContent, [
    sql`CREATE TABLE copied AS SELECT * REPLACE (CASE iteration WHEN 1 THEN 9223372036854775807
      ELSE iteration END AS iteration) FROM experiment_iterations`,
    sql`DROP TABLE experiment_iterations`,
    sql`ALTER TABLE copied RENAME TO experiment_iterations`,
    sql`ALTER TABLE policy_evaluations DROP COLUMN new_cost`,
  ]);
  expect((await ask(engine, experimentDetail, scope))?.iterations.map((row) => row.iteration)).toEqual([0]);
  // The row may be the last, and the cheapest: both are unknown, and the first is not.
  const [list] = await ask(engine, experimentList, { fileId: file });
  expect(list).toMatchObject({
    unplacedRows: 1,
    finalCostCents: undefined,
    bestCostCents: undefined,
    firstCostCents: 10_000n,
  });
  expect(await ask(engine, unreadable, { fileId: file })).toMatchObject({
    cells: [{ table: 'experiment_iterations', column: 'iteration', stored: '9223372036854775807' }],
    rowsLeftOut: 1,
    missingColumns: ['policy_evaluations.new_cost'],
  });
});

test('rows of iterations that cannot be placed are counted once each, of an experiment or of any', async () => {
  await open(fullContent, [
    sql`CREATE TABLE copied AS FROM experiment_iterations`,
    sql`DROP TABLE experiment_iterations`,
    sql`INSERT INTO copied BY NAME SELECT * REPLACE (NULL AS experiment_id) FROM copied WHERE iteration = 1`,
    sql`INSERT INTO copied BY NAME SELECT * REPLACE (NULL AS iteration) FROM copied`,
    sql`ALTER TABLE copied RENAME TO experiment_iterations`,
  ]);
  const rows = await queryRows(
    engine,
    sql`SELECT experiment_id, count(*) AS unplaced FROM unplaced_iterations GROUP BY ALL ORDER BY ALL NULLS LAST`,
    { experimentId: nullable(text), unplaced: int },
  );
  expect(rows).toEqual([
    { experimentId: 'exp1', unplaced: 2 },
    { experimentId: undefined, unplaced: 2 },
  ]);
  expect(await ask(engine, unreadable, { fileId: file })).toMatchObject({ rowsLeftOut: 5 });
});

test('a text that is no time is counted; times with a zone and dates are not', async () => {
  const times = [
    '2026-01-05T10:15:00Z',
    '2026-01-05 10:15:00.25+01:00',
    '2026-01-05',
    'yesterday',
    '17676.5',
  ];
  const experiments = times.map((createdAt, at) => ({ id: `exp${at}`, createdAt, completedAt: null }));
  await openFixtureOn(engine, await writeFixture('B-V5', { experiments }));
  const { cells } = await ask(engine, unreadable, { fileId: file });
  expect(cells.map(({ column, stored, rowKey }) => [column, stored, rowKey.experiment_id])).toEqual([
    ['created_at', 'yesterday', 'exp3'],
    ['created_at', '17676.5', 'exp4'],
  ]);
});
