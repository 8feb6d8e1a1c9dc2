import { expect, test } from 'vitest';

import { ask } from '../../testing/ask.ts';
import { busyPolicies } from '../../testing/busyScenario.ts';
import { sql } from '../../lib/sql.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import { addCents, cents } from '../../lib/units.ts';
import { writeLabFile } from '../../testing/labFile.ts';
import { firstFile, openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { runList } from '../runList.ts';
import { runDays } from './runSeries.ts';

test('a run whose events are gone still has its days, queues and policies', async () => {
  const path = await writeLabFile([{ id: 'killed' }], [sql`DELETE FROM simulation_events`]);
  const { engine } = await openFixture(path);
  const found = await ask(engine, runDays, { fileId: fileId('f1'), simulationId: simulationId('killed') });
  const banks = new Set(found.days.map(({ agentId }) => agentId));
  expect(found.days).toHaveLength(2 * banks.size);
  expect(found.days.every(({ total, closing }) => total !== undefined && closing !== undefined)).toBe(true);
  expect(new Set(found.policies.map(({ agentId }) => String(agentId)))).toEqual(
    new Set(Object.keys(busyPolicies)),
  );
  for (const queue of found.queues) expect(queue.payments.split(' ')).toHaveLength(queue.size);
});

describeRealFile('killed.db', (path) => {
  test('68 rows of costs and balances, from the days before the process was killed', async () => {
    const { engine } = await openFixture(path);
    const [run] = await ask(engine, runList, { ...firstFile, withOrphans: true });
    if (run === undefined) throw new Error('no run');
    const { days } = await ask(engine, runDays, run);
    expect(days).toHaveLength(68);
    const total = days.reduce((sum, day) => addCents(sum, day.total ?? cents(0n)), cents(0n));
    expect(total).toBeGreaterThan(0n);
  });
});
