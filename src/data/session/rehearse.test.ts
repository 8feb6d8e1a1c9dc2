import { expect, test } from 'vitest';

import { tables } from '../../schema/tables.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { listDetails } from '../../queries/listDetails.ts';
import { ask } from '../../testing/ask.ts';
import { fullContent } from '../../testing/fixtures/fullContent.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { firstFile, openFixtureOn } from '../../testing/openFixture.ts';
import { rehearse } from './rehearse.ts';

test('a file opened after a rehearsal, whole or stopped at any step, reads as without one', async () => {
  const engine = await bootBlockingEngine();
  const path = await writeFixture('B-V5', fullContent);
  const read = async () => {
    await openFixtureOn(engine, path);
    return [await ask(engine, experimentList, firstFile), await ask(engine, listDetails, firstFile)];
  };
  const left = () =>
    queryRows(
      engine,
      sql`SELECT table_name FROM duckdb_tables() WHERE database_name = 'memory'
        UNION ALL SELECT schema_name FROM duckdb_schemas() WHERE schema_name = 'rehearsal'`,
      { tableName: text },
    );
  const without = await read();
  expect(without[0]).not.toEqual([]);
  const tablesBefore = await left();
  /** How often it asks whether the engine is wanted, which it is from so many times on. */
  const rehearsed = async (most: number, isBrief = false) => {
    let asked = 0;
    await rehearse(engine, () => asked++ >= most, isBrief);
    expect(await left()).toEqual(tablesBefore);
    expect(await read()).toEqual(without);
    return asked;
  };
  const whole = await rehearsed(Infinity);
  // Before each step, of which every table is one, and before each statement of a question.
  expect(whole).toBeGreaterThan(tables.length + 30);
  expect(await rehearsed(Infinity, true)).toBeLessThan(whole / 2 + 8);
  for (const most of [0, 1, 3]) expect(await rehearsed(most)).toBe(most + 1);
  // A question asks several statements at once, of which each learns it.
  for (const most of [tables.length + 6, whole - 20]) {
    const asked = await rehearsed(most);
    expect(asked).toBeGreaterThan(most);
    expect(asked).toBeLessThan(most + 8);
  }
});
