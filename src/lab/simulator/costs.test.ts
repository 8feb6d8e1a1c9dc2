import { describe, expect, it } from 'vitest';

import { eventsOf, leaf, payment, labPolicy, runLab, scenarioOf } from '../../testing/labRun.ts';
import type { ScenarioInput } from './scenarioConfig.ts';

const holdAll = labPolicy({ payment_tree: leaf('Hold') });

function withRates(rates: ScenarioInput['cost_rates'], rest: Partial<ScenarioInput> & { ticks?: number }) {
  return scenarioOf({ A: 100, B: 0 }, { cost_rates: rates, ...rest });
}

describe('costs', () => {
  it('charges the overdraft in use at the end of each tick', () => {
    const run = runLab({
      ...withRates({ overdraft_bps_per_tick: 25 }, { scenario_events: [payment('A', 'B', 9_000)] }),
      agents: [
        { id: 'A', opening_balance: 1_000, unsecured_cap: 8_000 },
        { id: 'B', opening_balance: 0 },
      ],
    });
    // 8,000 x 0.0025 x 3 ticks.
    expect(run.outcome.agents[0]?.costs.liquidity).toBe(60n);
  });

  it('charges delay on both queues, five times once overdue, rounded once per agent and tick', () => {
    const run = runLab(
      withRates(
        { delay_cost_per_tick_per_cent: 0.2 },
        { ticks: 4, scenario_events: [payment('A', 'B', 101, 0, { deadline: 1 }), payment('A', 'B', 202)] },
      ),
      { A: labPolicy({ payment_tree: leaf('Release') }) },
    );
    // Queue 2 holds 303 cents: 60.6 for ticks 0 and 1; from tick 2 on 101 x 1 + 202 x 0.2 = 141.4.
    expect(eventsOf(run, 'CostAccrual').map(({ details }) => details.costs.delay_cost)).toEqual([
      61, 61, 141, 141,
    ]);
    const waiting = runLab(
      withRates(
        { delay_cost_per_tick_per_cent: 0.2 },
        { ticks: 2, scenario_events: [payment('A', 'B', 50)] },
      ),
      { A: holdAll },
    );
    expect(waiting.outcome.agents[0]?.costs.delay).toBe(20n);
  });

  it('weighs delay by priority band where configured', () => {
    const run = runLab(
      withRates(
        {
          delay_cost_per_tick_per_cent: 0.1,
          priority_delay_multipliers: { urgent_multiplier: 3, normal_multiplier: 1, low_multiplier: 0.5 },
        },
        {
          ticks: 1,
          scenario_events: [9, 5, 1].map((priority) => payment('A', 'B', 100, 0, { priority })),
        },
      ),
      { A: holdAll },
    );
    expect(run.outcome.agents[0]?.costs.delay).toBe(30n + 10n + 5n);
  });

  it('charges the deadline penalty once, on the tick a payment becomes overdue', () => {
    const rates = { deadline_penalty: { mode: 'rate' as const, bps_per_event: 50 } };
    const run = runLab(
      withRates(rates, { ticks: 5, scenario_events: [payment('A', 'B', 10_000, 0, { deadline: 2 })] }),
      { A: holdAll },
    );
    expect(eventsOf(run, 'TransactionWentOverdue')).toEqual([
      {
        tick: 3,
        eventType: 'TransactionWentOverdue',
        txId: 't7-1',
        details: {
          sender_id: 'A',
          receiver_id: 'B',
          amount: 10_000,
          remaining_amount: 10_000,
          deadline_tick: 2,
          ticks_overdue: 1,
          deadline_penalty_cost: 50,
        },
      },
    ]);
    expect(
      eventsOf(run, 'CostAccrual').map(({ tick, details }) => [tick, details.costs.penalty_cost]),
    ).toEqual([[3, 50]]);
  });

  it('charges the end-of-day penalty for overdue payments only, as an accrual of its own', () => {
    const run = runLab(
      withRates(
        { eod_penalty_per_transaction: 700 },
        { ticks: 3, scenario_events: [payment('A', 'B', 500, 0, { deadline: 1 }), payment('A', 'B', 500)] },
      ),
      { A: holdAll },
    );
    expect(run.outcome.agents[0]?.costs.penalty).toBe(700n);
    expect(eventsOf(run, 'EndOfDay')).toEqual([
      { tick: 2, eventType: 'EndOfDay', details: { day: 0, unsettled_count: 2, total_penalties: 700 } },
    ]);
  });

  it('lists all components of an accrual, the total being their sum', () => {
    const run = runLab(
      {
        simulation: { ticks_per_day: 3, num_days: 1, rng_seed: 7 },
        cost_rates: {
          overdraft_bps_per_tick: 13,
          delay_cost_per_tick_per_cent: 0.07,
          collateral_cost_per_tick_bps: 17,
          liquidity_cost_per_tick_bps: 83,
          deadline_penalty: 11,
          eod_penalty: 1_000,
          split_friction_cost: 5,
        },
        agents: [
          {
            id: 'A',
            opening_balance: -900,
            unsecured_cap: 1_000,
            liquidity_pool: 1_000,
            liquidity_allocation_fraction: 0.1,
            posted_collateral: 999,
          },
          { id: 'B', opening_balance: 0 },
        ],
        scenario_events: [payment('A', 'B', 4_001, 0, { deadline: 1 })],
      },
      { A: labPolicy({ payment_tree: leaf('Split', { num_splits: 3 }) }) },
    );
    const accruals = eventsOf(run, 'CostAccrual').map(({ details }) => details.costs);
    for (const { total, ...parts } of accruals) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
    }
    const costs = run.outcome.agents[0]?.costs;
    for (const part of Object.values(costs ?? {})) expect(part > 0n).toBe(true);
    // Friction 5 x (3 - 1); three parts overdue once and at the end of the day.
    expect(costs).toMatchObject({ splitFriction: 10n, penalty: 3n * 11n + 3n * 1_000n, opportunity: 3n });
    expect(accruals.reduce((sum, { total }) => sum + BigInt(total), 0n)).toBe(costs?.total);
  });

  it('reports no accrual of nothing', () => {
    expect(eventsOf(runLab(scenarioOf({ A: 1, B: 1 })), 'CostAccrual')).toEqual([]);
  });
});
