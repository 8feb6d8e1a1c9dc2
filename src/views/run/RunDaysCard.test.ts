import { expect, test } from 'vitest';

import { fileId, simulationId } from '../../lib/ids.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { runDays } from '../../queries/run/runSeries.ts';
import { ask } from '../../testing/ask.ts';
import { writeLabFile } from '../../testing/labFile.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { lowestNote } from './RunDaysCard.tsx';

test('a lowest balance above the closing one is said to leave out the end of the day', async () => {
  const level = sql`UPDATE daily_agent_metrics SET closing_balance = min_balance`;
  const lowered = sql`UPDATE daily_agent_metrics SET closing_balance = min_balance - 100
    WHERE day = 0 AND agent_id = (SELECT min(agent_id) FROM daily_agent_metrics)`;
  const noteOf = async (changes: readonly Sql[]) => {
    const { engine } = await openFixture(await writeLabFile([{ id: 'r' }], changes));
    return lowestNote(await ask(engine, runDays, { fileId: fileId('f1'), simulationId: simulationId('r') }));
  };
  expect(await noteOf([level])).toBeUndefined();
  expect(await noteOf([level, lowered])).toBe(
    'Stored lowest balances leave out the end of the day, in the original its whole last tick: 1 of 8 closing balances is lower.',
  );
});
