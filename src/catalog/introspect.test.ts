import { expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import { attachFixture } from '../testing/openFixture.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { introspect } from './introspect.ts';

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

test('leaves out views, which may stand for anything, and other schemas', async () => {
  const file = await writeFixture(
    'foreign',
    {},
    {
      statements: [
        sql`CREATE VIEW experiments AS SELECT species AS run_id FROM penguins`,
        sql`CREATE SCHEMA elsewhere`,
        sql`CREATE TABLE elsewhere.game_sessions (game_id VARCHAR)`,
      ],
    },
  );
  const { tables } = await attachFixture(engine, file, 'f3');
  expect([...tables.keys()]).toEqual(['penguins', 'simulations']);
});

test('a name that is not attached has no tables', async () => {
  expect(await introspect(engine, 'f9')).toEqual(new Map());
});
