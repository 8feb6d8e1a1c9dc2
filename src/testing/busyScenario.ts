/** A scenario in which everything happens, for the checks that must hold whatever happens. */
import type { ScenarioInput } from '../lab/simulator/scenarioConfig.ts';
import type { JsonObject } from '../lib/json.ts';
import { leaf, payment, labPolicy, when } from './labRun.ts';

const ids = ['BANK_A', 'BANK_B', 'BANK_C', 'BANK_D'];

export function busyScenario(seed: number, change: Partial<ScenarioInput> = {}): ScenarioInput {
  return {
    simulation: { ticks_per_day: 12, num_days: 2, rng_seed: seed },
    entry_disposition_offsetting: true,
    algorithm_sequencing: true,
    priority_escalation: { start_escalating_at_ticks: 2, max_boost: 3 },
    cost_rates: {
      overdraft_bps_per_tick: 7,
      delay_cost_per_tick_per_cent: 0.013,
      collateral_cost_per_tick_bps: 3,
      liquidity_cost_per_tick_bps: 83,
      deadline_penalty: { mode: 'rate', bps_per_event: 35 },
      eod_penalty: 977,
      split_friction_cost: 11,
      priority_delay_multipliers: { urgent_multiplier: 2, normal_multiplier: 1, low_multiplier: 0.3 },
    },
    lsm_config: { enable_bilateral: true, enable_cycles: true },
    agents: ids.map((id, i) => ({
      id,
      opening_balance: 1_000 * i,
      unsecured_cap: 2_000,
      liquidity_pool: 60_000,
      posted_collateral: i === 0 ? 500 : 0,
      collateral_haircut: 0.07,
      limits: i === 3 ? { bilateral_limits: { BANK_A: 10_000 }, multilateral_limit: 120_000 } : undefined,
      arrival_config: {
        rate_per_tick: 1.3,
        amount_distribution: { type: 'LogNormal' as const, mean: 9_000, std_dev: 6_000 },
        counterparty_weights: Object.fromEntries(
          ids.filter((other) => other !== id).map((other, j) => [other, j + 1]),
        ),
        deadline_range: [2, 9] as [number, number],
        divisible: true,
      },
    })),
    scenario_events: [
      payment('BANK_A', 'BANK_C', 33_333, 1, { deadline: 3, priority: 9 }),
      {
        type: 'DirectTransfer',
        from_agent: 'BANK_B',
        to_agent: 'BANK_D',
        amount: 777,
        schedule: { type: 'Repeating', start_tick: 2, interval: 5 },
      },
      {
        type: 'ScheduledSettlement',
        from_agent: 'BANK_C',
        to_agent: 'BANK_A',
        amount: 1_234,
        schedule: { type: 'Repeating', start_tick: 3, interval: 7 },
      },
      { type: 'CollateralAdjustment', agent: 'BANK_D', delta: 900, schedule: { type: 'OneTime', tick: 4 } },
      {
        type: 'CollateralAdjustment',
        agent: 'BANK_D',
        delta: -5_000,
        schedule: { type: 'OneTime', tick: 9 },
      },
    ],
    ...change,
  };
}

/** Policies that use every tree, and between them every action. */
export const busyPolicies: Readonly<Record<string, JsonObject>> = {
  BANK_A: labPolicy({
    parameters: { initial_liquidity_fraction: 0.31 },
    bank_tree: leaf('SetReleaseBudget', { max_value_to_release: 30_000, max_per_counterparty: 15_000 }),
    payment_tree: when(
      'is_in_queue2',
      '==',
      1,
      when(
        'ticks_to_deadline',
        '<=',
        1,
        leaf('ResubmitToRtgs', { rtgs_priority: 'HighlyUrgent' }),
        leaf('WithdrawFromRtgs'),
      ),
      when(
        'amount',
        '>',
        12_000,
        leaf('Split', { num_splits: 3 }),
        leaf('Release', { priority_flag: 'HIGH' }),
      ),
    ),
  }),
  BANK_B: labPolicy({
    parameters: { initial_liquidity_fraction: 0.07 },
    bank_tree: leaf('AddState', { key: 'bank_state_seen', value: 1 }),
    payment_tree: when(
      'bank_state_seen',
      '>=',
      2,
      when('is_overdue', '==', 1, leaf('Reprioritize', { new_priority: 9 }), leaf('Release', {}, 'go')),
      leaf('Hold', { reason: 'AwaitingInflows' }),
    ),
    strategic_collateral_tree: when(
      'queue2_count_for_agent',
      '>',
      0,
      leaf('PostCollateral', { amount: 2_000, auto_withdraw_after_ticks: 3 }),
      leaf('HoldCollateral'),
    ),
    end_of_tick_collateral_tree: leaf('WithdrawCollateral', { amount: 150 }),
  }),
  BANK_C: labPolicy({
    parameters: { initial_liquidity_fraction: 0.15 },
    payment_tree: when(
      'amount',
      '<',
      5_000,
      when('ticks_to_deadline', '<', 0, leaf('Drop'), leaf('Hold')),
      leaf('StaggerSplit', {
        num_splits: 2,
        stagger_first_now: 1,
        stagger_gap_ticks: 2,
        priority_boost_children: 2,
      }),
    ),
  }),
};
