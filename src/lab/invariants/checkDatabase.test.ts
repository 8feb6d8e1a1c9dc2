import { describe, expect, it } from 'vitest';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { openUnifiedDatabase } from '../../persistence/unifiedDatabase.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import { simulationId } from '../../lib/ids.ts';
import { naiveTime } from '../../lib/storedTime.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { loadScenario, recordRun } from '../record/recordRun.ts';
import { toJsonObject } from '../record/toJson.ts';
import { checkDatabase } from './checkDatabase.ts';

const clock = () => naiveTime('2026-11-23T10:00:00.000000');

function policies() {
  return new Map(
    Object.entries(busyPolicies).map(([agent, json]) => {
      const loaded = loadPolicy(json);
      if (!loaded.ok) throw new Error(describeProblems(loaded.error));
      return [agent, { json, loaded: loaded.value }];
    }),
  );
}

/** A database in memory with one busy run, stored in full. */
async function storedRun() {
  const engine = await openNativeEngine();
  const { simulations } = await openUnifiedDatabase(engine, { clock });
  const scenario = loadScenario('busy', toJsonObject(busyScenario(11)));
  const run = recordRun({
    simulationId: simulationId('busy-run'),
    scenario,
    policies: policies(),
    seed: 11,
    level: 'full',
    clock,
  });
  await simulations.save(run.record);
  return { engine, run };
}

describe('the invariants of a stored database', () => {
  it('hold for a run in which everything happens: money integer, re-run identical, replay exact', async () => {
    const { engine, run } = await storedRun();
    const check = await checkDatabase(engine);
    await engine.close();
    expect(check.violations).toEqual([]);
    expect(check.runsChecked).toBe(1);
    expect(check.eventsChecked).toBe(run.eventCount);
    expect(check.eventsChecked).toBeGreaterThan(500);
    expect(check.rowsChecked).toBeGreaterThan(1_000);
  });

  it.each<[string, Sql, RegExp]>([
    [
      'a balance that was changed',
      sql`UPDATE tick_agent_states SET balance = balance + 1 WHERE tick = 5 AND agent_id = 'BANK_B'`,
      /tick 5, BANK_B: balance: /,
    ],
    [
      'a payment that vanished from a queue',
      sql`DELETE FROM tick_queue_snapshots WHERE rowid = (SELECT min(rowid) FROM tick_queue_snapshots)`,
      /queue [12]: /,
    ],
    [
      'a total that does not follow from the events',
      sql`UPDATE simulation_runs SET total_cost = total_cost - 1`,
      /whole run: total cost: /,
    ],
    [
      'a day that costs something else',
      sql`UPDATE daily_agent_metrics SET delay_cost = delay_cost + 1 WHERE day = 1 AND agent_id = 'BANK_A'`,
      /day 1, BANK_A: delay cost of the day: /,
    ],
    [
      'a payment that settled, stored as waiting',
      sql`UPDATE transactions SET status = 'pending' WHERE rowid = (SELECT min(rowid) FROM transactions
        WHERE status = 'settled')`,
      /settled: false expected, true found/,
    ],
    ['events that are gone', sql`DELETE FROM simulation_events`, /stored with its events, which are gone/],
    ['another seed', sql`UPDATE simulation_runs SET rng_seed = 12`, /event \d+: .* stored, .* simulated/],
    [
      'a payment of another amount',
      sql`UPDATE transactions SET amount = amount + 1 WHERE rowid = (SELECT min(rowid) FROM transactions)`,
      /payment t11-1: amount: /,
    ],
    [
      'half a cent inside an event',
      sql`UPDATE simulation_events SET details = regexp_replace(details, '"amount":([0-9]+)', '"amount":\\1.5')
          WHERE rowid = (SELECT min(rowid) FROM simulation_events WHERE event_type = 'Arrival')`,
      /Arrival: amount is \d+\.5/,
    ],
    [
      'a money column of another type',
      sql`ALTER TABLE tick_agent_states ALTER COLUMN delay_cost TYPE INTEGER`,
      /INTEGER instead of BIGINT/,
    ],
  ])('notice %s', async (_, damage, message) => {
    const { engine } = await storedRun();
    await engine.query(damage);
    const { violations } = await checkDatabase(engine);
    await engine.close();
    expect(violations.some((violation) => message.test(violation.message))).toBe(true);
  });
});
