import { readFile, rm, writeFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

import { ident, sql, type Sql } from '../../lib/sql.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { ask } from '../../testing/ask.ts';
import { firstFile } from '../../testing/openFixture.ts';
import { faultyEngine } from '../../testing/faultyEngine.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { Session } from './session.ts';

const content = {
  experiments: [{ id: 'exp-1' }],
  iterations: [{ experiment: 'exp-1', iteration: 0, costs: { BANK_A: 5000 } }],
};

/** The table under another name, and a view of its rows under its own. */
const asView = (table: string): readonly Sql[] => [
  sql`CREATE TABLE ${ident(`raw_${table}`)} AS FROM ${ident(table)}`,
  sql`DROP TABLE ${ident(table)}`,
  sql`CREATE VIEW ${ident(table)} AS SELECT * FROM ${ident(`raw_${table}`)}`,
];

async function opened(path: string) {
  const session = new Session(() => Promise.resolve(faultyEngine()));
  session.start();
  await session.openFiles([new File([await readFile(path)], 'views.db')]);
  const { files, alerts } = session.getState();
  const list = (): Promise<readonly unknown[]> =>
    session.ask(async (engine) => ask(engine, experimentList, firstFile), new AbortController().signal);
  const events = (): Promise<number> =>
    session.ask(
      async (engine) => (await engine.query(sql`SELECT row_order FROM simulation_events`)).rowCount,
      new AbortController().signal,
    );
  return { files, alerts: alerts.map(({ refusal }) => refusal), list, events };
}

it('tables given as views are read as they are, events in their order', async () => {
  const tables = ['experiments', 'experiment_iterations', 'experiment_events', 'simulations'];
  const statements = [...tables, 'simulation_events'].flatMap(asView);
  const { files, alerts, list, events } = await opened(await writeFixture('B-V5', content, { statements }));
  expect(alerts).toEqual([]);
  expect(files).toMatchObject([{ name: 'views.db', dialects: ['B-V5'] }]);
  expect(await list()).toMatchObject([{ experimentId: 'exp-1', firstCostCents: 5000n }]);
  expect(await events()).toBe(0);
});

it('a view of another file is not followed: it is named, and the file refused', async () => {
  const path = await writeFixture('foreign');
  const other = path.replace(/foreign\.db$/, 'other.csv');
  await writeFile(other, 'run_id,config\nsecret,{}\n');
  const view = [sql`CREATE VIEW experiments AS FROM read_csv(${other})`];
  const withView = await writeFixture('foreign', {}, { statements: view });
  const { files, alerts } = await opened(withView);
  await rm(other);
  expect(files).toEqual([]);
  expect(alerts).toMatchObject([
    { code: 'no-known-tables', what: 'views.db gives its tables as views that cannot be read.' },
  ]);
  expect(alerts[0]?.why).toMatch(/^Its view experiments cannot be read: .*disabled/);
});
