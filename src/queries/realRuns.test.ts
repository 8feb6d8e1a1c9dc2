import { beforeAll, expect, test } from 'vitest';

import type { BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { formatMoney } from '../lib/format.ts';
import { sql } from '../lib/sql.ts';
import { fileId, simulationId } from '../lib/ids.ts';
import type { Cents } from '../lib/units.ts';
import { ask } from '../testing/ask.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { runList } from './runList.ts';
import { runSummary } from './runSummary.ts';

const file = fileId('f1');
const money = (value: Cents | undefined) => (value === undefined ? 'not known' : formatMoney(value));

describeRealFile('near-deadline.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('one standalone run, recounted from 1,861 events', async () => {
    const [run, ...others] = await ask(engine, runList, { ...firstFile, withOrphans: true });
    expect(others).toEqual([]);
    expect(run).toMatchObject({ kind: 'standalone', status: 'completed', seed: '42', arrivals: 393 });
    const summary = await ask(engine, runSummary, {
      fileId: file,
      simulationId: simulationId('sim-3a023269'),
    });
    expect(summary).toMatchObject({
      eventCount: 1861,
      tickCount: 100,
      arrivals: 393,
      settlements: { immediate: 182, fromQueue2: 182, offset: 0 },
      queued: 211,
      overdue: 6,
      // What its table of payments, which the recount does not read, adds up to.
      delay: { ticks: 1071, payments: 364 },
      run: { settlements: 364, dayCount: 1, ticksPerDay: 100, link: undefined },
    });
    expect(money(summary?.totalCostCents)).toBe('$3,134.12');
    const [bankA, bankB] = summary?.agents ?? [];
    expect(money(bankA?.costs?.delayCents)).toBe('$34.12');
    expect(money(bankA?.costs?.penaltyCents)).toBe('$3,100.00');
    expect(money(bankA?.costs?.opportunityCents)).toBe('$0.00');
    expect(money(bankB?.costs?.totalCents)).toBe('$0.00');
    expect(money(bankA?.balances?.endCents)).toBe('$345.93');
    expect(money(bankB?.balances?.endCents)).toBe('$654.07');
    expect(money(bankA?.balances?.lowestCents)).toBe('$0.89');
    expect(money(bankB?.balances?.lowestCents)).toBe('$416.32');
    expect(
      summary?.agents.map(({ balances }) => [money(balances?.startCents), balances?.mismatches]),
    ).toEqual([
      ['$500.00', 0],
      ['$500.00', 0],
    ]);
  });

  test('its penalties: six payments overdue, and the end of the day (7.3)', async () => {
    const summary = await ask(engine, runSummary, {
      fileId: file,
      simulationId: simulationId('sim-3a023269'),
    });
    expect(money(summary?.deadlinePenaltyCents)).toBe('$3,000.00');
    expect(money(summary?.endOfDayPenaltyCents)).toBe('$100.00');
  });
});

describeRealFile('pairwise.db', (path) => {
  test('the last run of the second experiment: all opportunity cost of BANK_B', async () => {
    const { engine } = await openFixture(path);
    expect(await ask(engine, runList, { ...firstFile, withOrphans: true })).toEqual([]);
    const last = await engine.query(sql`SELECT simulation_id FROM simulation_runs
      WHERE experiment_id = 'exp1-20261123-045340-6346bb' ORDER BY simulation_id DESC LIMIT 1`);
    const id = simulationId(String(last.cell(0, 0)));
    const summary = await ask(engine, runSummary, { fileId: file, simulationId: id });
    expect(summary).toMatchObject({
      arrivals: 3,
      settlements: { immediate: 3, fromQueue2: 0, offset: 0 },
      tickCount: 2,
      run: { link: { iteration: 19, linkedBy: 'seed' } },
    });
    expect(money(summary?.totalCostCents)).toBe('$20.00');
    const bankB = summary?.agents.find(({ agentId }) => agentId === 'BANK_B');
    expect(money(bankB?.costs?.totalCents)).toBe('$20.00');
    expect(money(bankB?.costs?.opportunityCents)).toBe('$20.00');
    expect(summary?.agents.map(({ balances }) => balances?.mismatches)).toEqual([0, 0]);
    expect(money(bankB?.balances?.startCents)).toBe('$200.00');
    expect(money(bankB?.balances?.endCents)).toBe('−$50.00');
  });
});

describeRealFile('killed.db', (path) => {
  test('a run of which only payments are left (0.14)', async () => {
    const { engine } = await openFixture(path);
    const runs = await ask(engine, runList, { ...firstFile, withOrphans: true });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ kind: 'orphan', status: 'unfinished', arrivals: 4520, dayCount: 17 });
    expect(await ask(engine, runList, { ...firstFile, withOrphans: false })).toEqual([]);
  });
});
