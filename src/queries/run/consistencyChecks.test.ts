import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { sql } from '../../lib/sql.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import type { ConsistencyCheck } from '../../domain/answers/runs.ts';
import { ask } from '../../testing/ask.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { runLab } from '../../testing/labRun.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { consistencyChecks } from './consistencyChecks.ts';

const file = fileId('f1');
const outcomes = (checks: readonly ConsistencyCheck[] | undefined) =>
  Object.fromEntries((checks ?? []).map(({ id, outcome }) => [id, outcome]));
const allBalance = {
  'total-cost': 'balances',
  'opportunity-cost': 'balances',
  'money-conserved': 'balances',
  'recorded-balances': 'balances',
  arrivals: 'balances',
  settlements: 'balances',
};
const noRows = { 'tick-states': 'not recorded', 'daily-metrics': 'not recorded' };

describe('books of a run in which everything happens', () => {
  const scenario = busyScenario(2, { lsm_config: {}, entry_disposition_offsetting: false });
  const run = runLab(scenario, busyPolicies);
  const events = run.events.map((event) => {
    const { tick, eventType, agentId: agent, txId: tx, details } = toRecordedEvent(event);
    return { tick, type: eventType, agent: agent ?? null, tx: tx ?? null, details };
  });
  const { arrivals, settlements, totalCostCents } = run.outcome;
  const lastDayCents = run.ticks
    .slice(12)
    .flatMap(({ agents }) => agents.map(({ tickCosts }) => tickCosts.total))
    .reduce((sum, total) => sum + total, 0n);
  const settlement = events.findIndex(({ type }) => type === 'RtgsImmediateSettlement');
  let engine: Engine;
  beforeAll(async () => {
    const common = { arrivals, settlements, ticksPerDay: 12, numDays: 2, configJson: toJsonObject(scenario) };
    const path = await writeFixture('simulation-only', {
      runs: [
        { id: 'whole', ...common, totalCost: totalCostCents },
        { id: 'last-day', ...common, totalCost: lastDayCents },
        { id: 'short', ...common, totalCost: totalCostCents + 1n },
      ],
      simulationEvents: [
        ...events.map((event) => ({ simulation: 'whole', ...event })),
        ...events.map((event) => ({ simulation: 'last-day', ...event })),
        ...events.toSpliced(settlement, 1).map((event) => ({ simulation: 'short', ...event })),
      ],
    });
    ({ engine } = await openFixture(path));
  });
  const checksOf = (id: string) =>
    ask(engine, consistencyChecks, { fileId: file, simulationId: simulationId(id) });

  test('all balance', async () => {
    expect(outcomes(await checksOf('whole'))).toEqual({
      ...allBalance,
      ...noRows,
      'event-count': 'not recorded',
    });
  });

  test('a total of the last day alone is a gap known by name', async () => {
    const [total] = (await checksOf('last-day')) ?? [];
    expect(total).toMatchObject({
      outcome: 'known gap',
      differenceCents: totalCostCents - lastDayCents,
      why: expect.stringMatching(/start of each day/) as string,
    });
  });

  test('a cent too much and a settlement too few are seen, with the events behind', async () => {
    const checks = await checksOf('short');
    expect(outcomes(checks)).toMatchObject({
      'total-cost': 'differs',
      'recorded-balances': 'differs',
      settlements: 'differs',
      arrivals: 'balances',
    });
    const of = (id: string) => checks?.find((check) => check.id === id);
    expect(of('total-cost')?.differenceCents).toBe(-1n);
    expect(of('recorded-balances')?.seqs.length).toBeGreaterThan(0);
  });
});

describeRealFile('near-deadline.db', (path) => {
  test('its books balance', async () => {
    const { engine } = await openFixture(path);
    const checks = await ask(engine, consistencyChecks, {
      fileId: file,
      simulationId: simulationId('sim-3a023269'),
    });
    expect(outcomes(checks)).toEqual({
      ...allBalance,
      ...noRows,
      'event-count': 'not recorded',
      'daily-metrics': 'balances',
    });
    expect(checks?.at(-1)?.why).toMatch(/left all numbers of payments at zero/);
    expect(checks?.[0]?.found).toBe('$3,134.12');
  });
});

for (const name of ['pairwise.db', 'unified.db', 'bootstrap.db']) {
  describeRealFile(name, (path) => {
    test('the books of every twelfth run balance', async () => {
      const { engine } = await openFixture(path);
      const runs = await queryRows(engine, sql`SELECT simulation_id FROM simulation_runs ORDER BY 1`, {
        simulationId: text,
      });
      for (const { simulationId: id } of runs.filter((_, place) => place % 12 === 0)) {
        const checks = await ask(engine, consistencyChecks, { fileId: file, simulationId: simulationId(id) });
        // The writer of unified.db gave the runs other ids than their events of the experiment have.
        const count = name === 'unified.db' ? 'not recorded' : 'balances';
        expect(outcomes(checks), id).toEqual({ ...allBalance, ...noRows, 'event-count': count });
      }
    });
  });
}
