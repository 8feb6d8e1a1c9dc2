import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import { attachFixture, introspectFixture } from '../testing/openFixture.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { introspect } from './tables.ts';

const engine = await bootBlockingEngine();

test('lists the columns of each attached file apart, with types, JSON included, in their order', async () => {
  const b = await attachFixture(engine, await writeFixture('B-V2'), 'f1');
  const a = await attachFixture(engine, await writeFixture('A1'), 'f2');
  expect([...b.tables.keys()]).toEqual(['experiment_events', 'experiment_iterations', 'experiments']);
  expect([...(b.tables.get('experiment_iterations') ?? [])]).toEqual([
    ['run_id', 'VARCHAR'],
    ['iteration', 'INTEGER'],
    ['costs_per_agent', 'JSON'],
    ['accepted_changes', 'JSON'],
    ['policies', 'JSON'],
    ['timestamp', 'VARCHAR'],
  ]);
  expect(a.tables.size).toBe(18);
  expect(a.tables.get('experiments')?.get('created_at')).toBe('TIMESTAMP');
});

test('tells views from tables, and schemas apart; asks neither file nor host that a view names', async () => {
  const file = await writeFixture(
    'foreign',
    {},
    {
      statements: [
        sql`CREATE VIEW Experiments AS SELECT species AS RUN_ID FROM penguins`,
        sql`CREATE SCHEMA elsewhere`,
        sql`CREATE TABLE elsewhere.game_sessions (game_id VARCHAR)`,
        sql`COPY (SELECT 1 AS run_id) TO ${`${tmpdir()}/gone.csv`}`,
        sql`CREATE VIEW stranger AS FROM read_csv(${`${tmpdir()}/gone.csv`})`,
      ],
    },
  );
  rmSync(`${tmpdir()}/gone.csv`);
  const { schemas } = await introspectFixture(engine, file, 'f3');
  expect(schemas.map(({ schema, tables, views }) => [schema, [...tables.keys()], [...views]])).toEqual([
    ['main', ['experiments', 'penguins', 'simulations', 'stranger'], ['experiments', 'stranger']],
    ['elsewhere', ['game_sessions'], []],
  ]);
  expect([...(schemas[0]?.tables.get('experiments') ?? [])]).toEqual([['run_id', 'VARCHAR']]);
});

test('a name that is not attached has no schemas', async () => {
  expect(await introspect(engine, 'f9')).toEqual([]);
});
