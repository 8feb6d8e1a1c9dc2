import { describe, expect, it } from 'vitest';

import { eventsOf, leaf, payment, labPolicy, runLab, scenarioOf, when } from '../../testing/labRun.ts';
import type { ScenarioInput } from './scenarioConfig.ts';

const stochastic: ScenarioInput = {
  simulation: { ticks_per_day: 12, num_days: 2, rng_seed: 42 },
  cost_rates: { delay_cost_per_tick_per_cent: 0.2, deadline_penalty: 50_000, eod_penalty: 100_000 },
  lsm_config: { enable_bilateral: true, enable_cycles: true },
  agents: ['BANK_A', 'BANK_B', 'BANK_C'].map((id, i, all) => ({
    id,
    opening_balance: 20_000,
    arrival_config: {
      rate_per_tick: 2,
      amount_distribution: { type: 'LogNormal' as const, mean: 10_000, std_dev: 5_000 },
      counterparty_weights: Object.fromEntries(all.filter((_, j) => j !== i).map((other) => [other, 1])),
      deadline_range: [3, 8] as [number, number],
    },
  })),
};

describe('liquidity', () => {
  const pool = (ticks: number, days: number): ScenarioInput => ({
    simulation: { ticks_per_day: ticks, num_days: days, rng_seed: 1 },
    cost_rates: { liquidity_cost_per_tick_bps: 500 },
    agents: [{ id: 'BANK_A', opening_balance: 0, liquidity_pool: 100_000 }],
  });

  it('costs 5,000 cents: pool 100,000, fraction 0.5, 500 bps per tick, 2 ticks', () => {
    const { outcome } = runLab(pool(2, 1));
    expect(outcome.agents[0]?.costs.opportunity).toBe(5_000n);
    expect(outcome.totalCostCents).toBe(5_000n);
  });

  it('is committed each morning and returned each evening, costs adding up over days', () => {
    const run = runLab(pool(2, 3), {
      BANK_A: labPolicy({ parameters: { initial_liquidity_fraction: 0.29 } }),
    });
    expect(eventsOf(run, 'LiquidityAllocation').map(({ tick, details }) => [tick, details])).toEqual(
      [0, 1, 2].map((day) => [2 * day, { day, fraction: 0.29, amount: 29_000, balance_after: 29_000 }]),
    );
    expect(eventsOf(run, 'LiquidityReturn').map(({ tick }) => tick)).toEqual([1, 3, 5]);
    // 29,000 x 0.05 x 6 ticks: the whole run, not its last day.
    expect(run.outcome.agents[0]?.costs.total).toBe(8_700n);
    expect(run.outcome.days.map((day) => day.costs.total)).toEqual([2_900n, 2_900n, 2_900n]);
    expect(run.outcome.agents[0]?.balanceCents).toBe(0n);
  });
});

describe('determinism', () => {
  it('gives the same events for the same seed, ids included, and others for another', () => {
    const [first, second, other] = [42, 42, 43].map((seed) => runLab(stochastic, {}, seed));
    expect(first?.events.length).toBeGreaterThan(300);
    expect(JSON.stringify(second?.events)).toBe(JSON.stringify(first?.events));
    expect(JSON.stringify(other?.events)).not.toBe(JSON.stringify(first?.events));
  });

  it('draws the same payments whatever the banks do with them', () => {
    const patient = labPolicy({
      payment_tree: when('ticks_to_deadline', '<=', 2, leaf('Release'), leaf('Hold')),
    });
    const arrivals = (policies: Parameters<typeof runLab>[1]) =>
      eventsOf(runLab(stochastic, policies), 'Arrival').map(({ tick, txId, details }) => ({
        tick,
        txId,
        details,
      }));
    expect(arrivals({ BANK_A: patient, BANK_B: patient })).toEqual(arrivals({}));
  });

  it('draws amounts and counts near their configured means', () => {
    const run = runLab({ ...stochastic, simulation: { ticks_per_day: 2_000, num_days: 1, rng_seed: 5 } });
    const arrivals = eventsOf(run, 'Arrival');
    const mean = arrivals.reduce((sum, { details }) => sum + details.amount, 0) / arrivals.length;
    // 12,000 payments: three standard errors are 1.4 % of the mean amount and 2.7 % of the count.
    expect(Math.abs(mean / 10_000 - 1)).toBeLessThan(0.02);
    expect(Math.abs(arrivals.length / 12_000 - 1)).toBeLessThan(0.03);
  });
});

describe('settlement', () => {
  it('queues what cannot be paid and releases it when money comes, first in, first out', () => {
    const run = runLab(
      scenarioOf(
        { A: 50, B: 100 },
        { scenario_events: [payment('A', 'B', 80), payment('A', 'B', 90), payment('B', 'A', 100, 1)] },
      ),
    );
    expect(eventsOf(run, 'QueuedRtgs').map(({ txId }) => txId)).toEqual(['t7-1', 't7-2']);
    expect(eventsOf(run, 'Queue2LiquidityRelease')).toEqual([
      {
        tick: 1,
        eventType: 'Queue2LiquidityRelease',
        txId: 't7-1',
        details: {
          sender: 'A',
          receiver: 'B',
          amount: 80,
          queue_wait_ticks: 1,
          release_reason: 'liquidity_available',
        },
      },
    ]);
    expect(run.outcome.agents[0]?.queue2).toEqual(['t7-2']);
    expect(run.outcome.settlements).toBe(2);
  });

  it('keeps incoming money out of reach until the end of the tick when crediting is deferred', () => {
    const scenario = (deferred: boolean) =>
      scenarioOf(
        { A: 100, B: 0 },
        { deferred_crediting: deferred, scenario_events: [payment('A', 'B', 100), payment('B', 'A', 60)] },
      );
    const settledAt = (deferred: boolean) =>
      runLab(scenario(deferred)).outcome.payments.map(({ settlementTick }) => settlementTick);
    expect(settledAt(false)).toEqual([0, 0]);
    expect(settledAt(true)).toEqual([0, 1]);
    const credits = eventsOf(runLab(scenario(true)), 'DeferredCreditApplied');
    expect(credits.map(({ tick, agentId, details }) => [tick, agentId, details.amount])).toEqual([
      [0, 'B', 100],
      [1, 'A', 60],
    ]);
  });

  it('lets a balance go down to the unsecured cap and not a cent further', () => {
    const run = runLab({
      ...scenarioOf({}, { scenario_events: [payment('A', 'B', 150), payment('A', 'B', 1)] }),
      agents: [
        { id: 'A', opening_balance: 50, unsecured_cap: 100 },
        { id: 'B', opening_balance: 0 },
      ],
    });
    expect(run.outcome.agents[0]?.balanceCents).toBe(-100n);
    expect(run.outcome.agents[0]?.queue2).toEqual(['t7-2']);
  });

  it('stops at the limits that a bank sets itself, and says which', () => {
    const run = runLab({
      ...scenarioOf(
        {},
        { scenario_events: [payment('A', 'B', 60), payment('A', 'B', 60), payment('A', 'C', 50)] },
      ),
      agents: [
        {
          id: 'A',
          opening_balance: 1_000,
          limits: { bilateral_limits: { B: 100 }, multilateral_limit: 100 },
        },
        { id: 'B', opening_balance: 0 },
        { id: 'C', opening_balance: 0 },
      ],
    });
    expect(eventsOf(run, 'BilateralLimitExceeded').map(({ txId, details }) => [txId, details])).toEqual([
      [
        't7-2',
        { sender: 'A', receiver: 'B', amount: 60, current_bilateral_outflow: 60, bilateral_limit: 100 },
      ],
    ]);
    expect(eventsOf(run, 'MultilateralLimitExceeded').map(({ txId, details }) => [txId, details])).toEqual([
      ['t7-3', { sender: 'A', amount: 50, current_total_outflow: 60, multilateral_limit: 100 }],
    ]);
    expect(run.outcome.settlements).toBe(1);
  });

  it('keeps the money in the system: balances change hands and nothing is lost', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { outcome, ticks } = runLab(stochastic, {}, seed);
      expect(outcome.agents.reduce((sum, agent) => sum + agent.balanceCents, 0n)).toBe(60_000n);
      for (const { agents } of ticks) {
        expect(agents.reduce((sum, agent) => sum + agent.balanceCents, 0n)).toBe(60_000n);
      }
    }
  });
});

describe('what is refused', () => {
  it('an unknown key, an unknown agent, a deadline range that runs backwards', () => {
    const bad = (change: object) => () => runLab({ ...stochastic, ...change });
    expect(bad({ moon_phase: 3 })).toThrow(/moon_phase/);
    expect(bad({ scenario_events: [payment('BANK_A', 'BANK_X', 5)] })).toThrow(/BANK_X/);
    expect(bad({ agents: [stochastic.agents[0], stochastic.agents[0]] })).toThrow(/same id/);
  });
});
