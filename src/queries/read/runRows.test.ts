import { expect, test } from 'vitest';

import { fileId, simulationId } from '../../lib/ids.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { readRunRow } from './runRows.ts';

test('a run that is stored in two rows says so', async () => {
  const rowsOf = async (doubled: boolean) => {
    const statements = [
      sql`CREATE TABLE doubled AS FROM simulations`,
      sql`DROP TABLE simulations`,
      sql`CREATE TABLE simulations AS FROM doubled UNION ALL FROM doubled`,
      sql`DROP TABLE doubled`,
    ];
    const path = await writeFixture(
      'simulation-only',
      { runs: [{ id: 'r' }] },
      { statements: doubled ? statements : [] },
    );
    const { engine } = await openFixture(path);
    const scope = { fileId: fileId('f1'), simulationId: simulationId('r') };
    return (await readRunRow(engine, scope, undefined))?.facts.rowCount;
  };
  expect(await rowsOf(false)).toBe(1);
  expect(await rowsOf(true)).toBe(2);
});
