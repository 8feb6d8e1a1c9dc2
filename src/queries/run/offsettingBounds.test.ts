/** Runs of which the offsetting cannot be played: what is said of them against the memory of the original's engine. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, inject, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { sql } from '../../lib/sql.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import type { AgentTick } from '../../domain/answers/runs.ts';
import { ask } from '../../testing/ask.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { truthRuns, type TruthRun } from '../../testing/truthFile.ts';
import { runSummary } from '../runSummary.ts';
import { paymentLife } from './paymentLife.ts';
import { runOutline } from './runOutline.ts';
import { runSeries } from './runSeries.ts';
import { tickState } from './tickState.ts';

/** Opens a copy of a real file that tells no configuration. */
async function openWithoutConfig(file: string): Promise<Engine> {
  const copy = path.join(mkdtempSync(path.join(inject('fixtureFolder'), '/')), path.basename(file));
  copyFileSync(file, copy);
  const writer = await openNativeEngine(copy);
  await writer.query(sql`UPDATE simulations SET config_json = NULL`);
  await writer.close();
  return (await openFixture(copy)).engine;
}

const sumOf = (counts: object | undefined): number =>
  Object.values(counts ?? {}).reduce((sum: number, count) => sum + Number(count), 0);

const scopeOf = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });

/** Balances and queues that the truth does not lie within, and how many are exact. */
async function against(engine: Engine, id: string, truth: TruthRun, ticks: number) {
  const outside: string[] = [];
  let exact = 0;
  for (let tick = 0; tick < ticks; tick += 1) {
    for (const agent of (await ask(engine, tickState, { ...scopeOf(id), tick: tick }))?.agents ?? []) {
      const { balance, queue2 } = withinOf(agent);
      const [real, waiting] = [truth.balance[agent.agentId]?.[tick], truth.queue2[agent.agentId]?.[tick]];
      if (real === undefined || waiting === undefined) continue;
      if (BigInt(real) < balance.low || BigInt(real) > balance.high)
        outside.push(`${tick} ${agent.agentId} balance`);
      if (waiting < queue2.low || waiting > queue2.high) outside.push(`${tick} ${agent.agentId} queue 2`);
      if (balance.low === balance.high) exact += 1;
    }
  }
  return { outside, exact };
}

function withinOf({ bounds, balanceCents: cents, queue2 }: AgentTick) {
  return {
    balance: bounds?.balance ?? { low: cents ?? 1n, high: cents ?? 0n },
    queue2: bounds?.queue2Payments ?? { low: queue2?.payments ?? 1, high: queue2?.payments ?? 0 },
  };
}

describeRealFile('lsm4.db', (file) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openWithoutConfig(file);
  });

  test.for([...truthRuns(file.replace(/\.db$/, '.truth.json'))])(
    '%s without its configuration: every balance and queue lies within its bounds',
    async ([id, truth]) => {
      const ticks = Math.max(...Object.values(truth.balance).map((line) => line.length));
      const { outside, exact } = await against(engine, id, truth, ticks);
      expect(outside).toEqual([]);
      expect(exact).toBeGreaterThan(0);
      const summary = await ask(engine, runSummary, scopeOf(id));
      const certain = sumOf(summary?.settlements);
      expect(certain).toBeLessThan(truth.totals.settled);
      expect(certain + (summary?.disputed ?? 0)).toBeGreaterThanOrEqual(truth.totals.settled);
      expect(summary?.delay).toBeUndefined();
      expect(
        summary?.agents.every(({ balances, bounds }) => balances === undefined && bounds !== undefined),
      ).toBe(true);
    },
  );
});

describeRealFile('replay.db', (file) => {
  test('deferred credits name what settled: exact without a configuration', async () => {
    const engine = await openWithoutConfig(file);
    const truth = truthRuns(file.replace(/\.db$/, '.truth.json')).get('split-deferred');
    if (truth === undefined) throw new Error('no such run');
    const { outside } = await against(engine, 'split-deferred', truth, 36);
    expect(outside).toEqual([]);
  });
});

describe('a run without offset events in which payments wait both ways', () => {
  const payments = [
    ['p1', 'A', 'B', 60],
    ['p2', 'B', 'A', 40],
    ['p3', 'B', 'C', 10],
    ['p4', 'C', 'A', 10],
  ] as const;
  const events = (simulation: string) => [
    ...payments.map(([tx, from, to, amount]) => {
      const details = { sender_id: from, receiver_id: to, amount, deadline: 9, priority: 5 };
      return { simulation, tick: 0, type: 'Arrival', tx, details };
    }),
    ...payments.map(([tx, from]) => {
      return { simulation, tick: 0, type: 'QueuedRtgs', tx, details: { sender_id: from } };
    }),
    ...payments
      .filter(([tx]) => tx !== 'p3')
      .map(([tx, sender, receiver, amount]) => {
        const details = { sender, receiver, amount, queue_wait_ticks: 1 };
        return { simulation, tick: 1, type: 'Queue2LiquidityRelease', tx, details };
      }),
  ];
  const absurdTick = 2_147_483_647;
  let engine: Engine;
  beforeAll(async () => {
    const agents = ['A', 'B', 'C'].map((id) => ({ id, opening_balance: 100 }));
    const row = { arrivals: 4, ticksPerDay: 2, numDays: 1, configJson: { agents } };
    const file = await writeFixture('simulation-only', {
      runs: [
        { id: 'all told', ...row, settlements: 3 },
        { id: 'one untold', ...row, settlements: 4 },
        { id: 'absurd', ...row, configJson: { agents, lsm_config: { enable_bilateral: true } } },
      ],
      simulationEvents: [
        ...['all told', 'one untold'].flatMap(events),
        ...events('absurd').map((event) => (event.tick === 1 ? { ...event, tick: absurdTick } : event)),
        {
          simulation: 'absurd',
          tick: absurdTick,
          type: 'LsmBilateralOffset',
          details: { agent_a: 'A', agent_b: 'B', amount_a: 60, amount_b: 40, tx_ids: ['p1', 'p2'] },
        },
      ],
    });
    ({ engine } = await openFixture(file));
  });
  const balanceOfC = async (id: string) => {
    const { agents } = (await ask(engine, tickState, { ...scopeOf(id), tick: 1 })) ?? {};
    return withinOf(agents?.[2] ?? expect.fail('no third bank')).balance;
  };

  test('is known exactly where the stored count leaves no settlement without an event', async () => {
    expect(await balanceOfC('all told')).toEqual({ low: 90n, high: 90n });
  });

  test('with its settlements and an offset at tick 2^31 - 1, is replayed up to its stated end', async () => {
    const outline = await ask(engine, runOutline, scopeOf('absurd'));
    expect(outline?.gaps[0]).toContain('(the last is at 2,147,483,647) are listed and not replayed');
    expect(await balanceOfC('absurd')).toMatchObject({ low: 100n });
    const life = await ask(engine, paymentLife, { ...scopeOf('absurd'), txId: 'p1' });
    expect(life?.cost.waitedTicks).toBe(2);
  });

  test('is known within bounds where it leaves one', async () => {
    expect(await balanceOfC('one untold')).toEqual({ low: 90n, high: 100n });
    const series = await ask(engine, runSeries, { ...scopeOf('one untold'), metric: 'balance' });
    const ofC = [...(series?.bounded ?? [])].filter(([agent]) => agent === 'C').flatMap(([, ticks]) => ticks);
    expect(ofC.find(({ fromTick, toTick }) => fromTick <= 1 && toTick >= 1)?.bounds).toEqual({
      low: 90n,
      high: 100n,
    });
    const exact = await ask(engine, runSeries, { ...scopeOf('all told'), metric: 'balance' });
    expect(exact?.bounded.size).toBe(0);
  });
});
