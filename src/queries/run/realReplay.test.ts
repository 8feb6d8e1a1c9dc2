import { beforeAll, expect, test } from 'vitest';

import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import type { BlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { formatMoney } from '../../lib/format.ts';
import { sql } from '../../lib/sql.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import { costMetrics, type RunMetric } from '../../domain/answers/runs.ts';
import type { Cents } from '../../lib/units.ts';
import { ask } from '../../testing/ask.ts';
import { firstFile, openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { expectReplayed } from '../../testing/replayAgainst.ts';
import { objectOf } from '../read/eventFields.ts';
import type { RunScope } from '../scope.ts';
import { runList } from '../runList.ts';
import { paymentCount, paymentPage } from './runPayments.ts';
import { runOutline } from './runOutline.ts';
import { runSeries } from './runSeries.ts';
import { tickState } from './tickState.ts';

const money = (value: Cents | undefined) => (value === undefined ? 'not known' : formatMoney(value));

async function storedEvents(engine: Engine, { simulationId: id }: RunScope): Promise<StoredEvent[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT tick, event_type, agent_id, tx_id, details FROM simulation_events WHERE simulation_id = ${id}
      ORDER BY tick, event_timestamp, row_order`,
    { tick: int, eventType: text, agentId: nullable(text), txId: nullable(text), details: text },
  );
  return rows.map(({ details, ...row }) => ({ ...row, details: objectOf(details) ?? {} }));
}

describeRealFile('killed.db', (path) => {
  test('a killed run still has its 4,520 payments, and says that nothing else is known', async () => {
    const { engine } = await openFixture(path);
    const [orphan] = await ask(engine, runList, { ...firstFile, withOrphans: true });
    if (orphan === undefined) throw new Error('no run');
    const scope = { fileId: orphan.fileId, simulationId: orphan.simulationId };
    expect(await ask(engine, runOutline, scope)).toMatchObject({
      tickCount: 0,
      eventCount: 0,
      gaps: [expect.stringMatching(/no events/)],
    });
    expect(await ask(engine, paymentCount, { ...scope, filter: {} })).toMatchObject({
      rows: 4520,
      payments: 4520,
    });
    const settled = await ask(engine, paymentCount, { ...scope, filter: { status: 'settled' } });
    expect(settled?.payments).toBe(orphan.settlements);
    // 739 are stored as overdue, 23 settled two ticks or more after their deadline.
    const late = await ask(engine, paymentCount, { ...scope, filter: { status: 'late' } });
    expect(late?.payments).toBe(762);
    const [payment] = await ask(engine, paymentPage, { ...scope, filter: {}, offset: 0, limit: 1 });
    expect(payment).toMatchObject({ arrivalTick: 0, settledBy: undefined });
    expect(await ask(engine, tickState, { ...scope, tick: 0 })).toBeUndefined();
  });
});

describeRealFile('near-deadline.db', (path) => {
  const scope = { fileId: fileId('f1'), simulationId: simulationId('sim-3a023269') };
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('its outline: 100 ticks, two agents, no gap', async () => {
    const outline = await ask(engine, runOutline, scope);
    expect(outline).toMatchObject({
      tickCount: 100,
      ticksPerDay: 100,
      agents: ['BANK_A', 'BANK_B'],
      eventCount: 1861,
      stateSource: 'events',
      gaps: [],
    });
    expect(outline?.activity).toHaveLength(100);
    expect(outline?.activity.reduce((sum, { events }) => sum + events, 0)).toBe(1861);
  });

  test('tick 61 as in the drawing, and the end as its writer printed it', async () => {
    const [bankA, bankB] = (await ask(engine, tickState, { ...scope, tick: 61 }))?.agents ?? [];
    expect([money(bankA?.balanceCents), money(bankB?.balanceCents)]).toEqual(['$43.00', '$957.00']);
    expect(bankA?.queue2?.payments).toBe(14);
    const end = await ask(engine, tickState, { ...scope, tick: 99 });
    expect(end?.agents.map((agent) => money(agent.balanceCents))).toEqual(['$345.93', '$654.07']);
    expect(money(end?.agents[0]?.lowestSoFarCents)).toBe('$0.89');
    expect(money(end?.agents[0]?.costsSoFar?.totalCents)).toBe('$3,134.12');
    expect(await ask(engine, tickState, { ...scope, tick: 100 })).toBeUndefined();
  });

  test('364 moves of money, half at once and half from Queue 2', async () => {
    const kinds = new Map<string, number>();
    for (let tick = 0; tick < 100; tick += 1) {
      const state = await ask(engine, tickState, { ...scope, tick });
      expect(state?.moveCount).toBe(state?.moves.length);
      for (const { kind } of state?.moves ?? []) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(kinds)).toEqual({ immediate: 182, 'queue 2': 182 });
  });

  test('every tick is what the independent replay finds', async () => {
    const [row] = await queryRows(engine, sql`SELECT config_json FROM simulation_runs`, { configJson: text });
    const opening = openingOf(objectOf(row?.configJson) ?? {});
    if (opening === undefined) throw new Error('no scenario');
    expect(await expectReplayed(engine, scope, opening, await storedEvents(engine, scope))).toBe(100);
  });

  test('a line per agent over the whole run', async () => {
    const series = await ask(engine, runSeries, { ...scope, metric: 'balance' });
    const line = series?.lines.get(agentId('BANK_A'));
    expect(series?.thinned).toBe(false);
    expect(line).toHaveLength(100);
    expect(money(line?.[61]?.lastCents)).toBe('$43.00');
    const lastOf = async (metric: RunMetric) =>
      (await ask(engine, runSeries, { ...scope, metric }))?.lines.get(agentId('BANK_A'))?.at(-1)?.lastCents;
    expect(await Promise.all(costMetrics.map(lastOf))).toEqual([0n, 3412n, 310_000n, 0n, 0n, 0n]);
    const cumulative = await ask(engine, runSeries, { ...scope, metric: 'cumulative' });
    expect(money(cumulative?.lines.get(agentId('BANK_A'))?.at(-1)?.lastCents)).toBe('$3,134.12');
  });
});
