import { describe, expect, it } from 'vitest';

import {
  bankFields,
  paymentFields,
  type BankField,
  type PaymentField,
} from '../../domain/policy/interpret/ast.ts';
import { eventsOf, leaf, payment, labPolicy, runLab } from '../../testing/labRun.ts';
import type { ScenarioInput } from './scenarioConfig.ts';

/** At tick 5 of a day of 4: A owes 300 of its 1,000, holds one payment, and has one in Queue 2; B owes A one. */
const scenario: ScenarioInput = {
  simulation: { ticks_per_day: 4, num_days: 2, rng_seed: 7 },
  cost_rates: {
    overdraft_bps_per_tick: 50,
    delay_cost_per_tick_per_cent: 0.2,
    collateral_cost_per_tick_bps: 3,
    deadline_penalty: 700,
    eod_penalty: { mode: 'rate', bps_per_event: 9 },
    split_friction_cost: 11,
  },
  agents: [
    {
      id: 'A',
      opening_balance: 0,
      unsecured_cap: 200,
      posted_collateral: 500,
      collateral_haircut: 0.2,
      max_collateral_capacity: 800,
      liquidity_buffer: 40,
    },
    { id: 'B', opening_balance: 100 },
  ],
  scenario_events: [
    payment('A', 'B', 300, 0, { priority: 9 }),
    payment('A', 'B', 900, 4, { deadline: 9, priority: 8 }),
    payment('A', 'B', 120, 5, { deadline: 2, priority: 1 }),
    payment('B', 'A', 1_500, 4, { deadline: 7 }),
  ],
};

/** Low priority waits, all else is released. */
const payments = {
  type: 'condition',
  node_id: 'low',
  condition: { op: '<', left: { field: 'priority' }, right: { value: 5 } },
  on_true: leaf('Hold'),
  on_false: leaf('Release'),
};

const expectedOfBank: Record<BankField, number> = {
  balance: -300,
  credit_limit: 600,
  available_liquidity: 300,
  credit_used: 300,
  effective_liquidity: 300,
  credit_headroom: 300,
  is_using_credit: 1,
  liquidity_buffer: 40,
  outgoing_queue_size: 1,
  incoming_expected_count: 1,
  liquidity_pressure: 120 / 420,
  is_overdraft_capped: 1,
  queue1_total_value: 120,
  queue1_liquidity_gap: 0,
  headroom: 180,
  current_tick: 5,
  rtgs_queue_size: 2,
  rtgs_queue_value: 2_400,
  total_agents: 2,
  posted_collateral: 500,
  max_collateral_capacity: 800,
  remaining_collateral_capacity: 300,
  collateral_utilization: 500 / 800,
  allowed_overdraft_limit: 600,
  overdraft_headroom: 300,
  overdraft_utilization: 0.5,
  collateral_haircut: 0.2,
  unsecured_cap: 200,
  // 100 beyond the cap need 125 posted.
  required_collateral_for_usage: 125,
  excess_collateral: 375,
  queue2_size: 2,
  queue2_count_for_agent: 1,
  queue2_nearest_deadline: 13,
  ticks_to_nearest_queue2_deadline: 8,
  cost_overdraft_bps_per_tick: 50,
  cost_delay_per_tick_per_cent: 0.2,
  cost_collateral_bps_per_tick: 3,
  cost_split_friction: 11,
  cost_deadline_penalty: 700,
  cost_eod_penalty: 0,
  system_ticks_per_day: 4,
  system_current_day: 1,
  system_tick_in_day: 1,
  ticks_remaining_in_day: 2,
  day_progress_fraction: 0.25,
  is_eod_rush: 0,
  // 2,400 queued, B's 400 the only money above zero.
  system_queue2_pressure_index: 2_400 / 2_800,
  my_throughput_fraction_today: 0,
  expected_throughput_fraction_by_now: 0.5,
  throughput_gap: -0.5,
};

const expectedOfPayment: Record<PaymentField, number> = {
  amount: 120,
  remaining_amount: 120,
  settled_amount: 0,
  arrival_tick: 5,
  deadline_tick: 7,
  priority: 1,
  is_split: 0,
  is_past_deadline: 0,
  is_overdue: 0,
  is_in_queue2: 0,
  overdue_duration: 0,
  ticks_to_deadline: 2,
  queue_age: 0,
  cost_delay_this_tx_one_tick: 24,
  cost_overdraft_this_amount_one_tick: 0.6,
};

describe('fields of the bank', () => {
  it.each(bankFields)('%s', (field) => {
    const run = runLab(scenario, {
      A: labPolicy({
        bank_tree: {
          type: 'condition',
          node_id: 'now',
          condition: { op: '==', left: { field: 'current_tick' }, right: { value: 5 } },
          on_true: leaf('SetState', { key: 'bank_state_seen', value: { field } }),
          on_false: leaf('NoAction'),
        },
        payment_tree: payments,
      }),
    });
    const [seen] = eventsOf(run, 'StateRegisterSet');
    expect([seen?.tick, seen?.details.new_value]).toEqual([5, expectedOfBank[field]]);
  });

  it('has no nearest deadline while nothing is queued: infinitely far', () => {
    const far = {
      type: 'condition',
      node_id: 'far',
      condition: { op: '>', left: { field: 'ticks_to_nearest_queue2_deadline' }, right: { value: 1e9 } },
      on_true: leaf('AddState', { key: 'bank_state_far', value: 1 }),
      on_false: leaf('NoAction'),
    };
    const run = runLab({ ...scenario, scenario_events: [] }, { A: labPolicy({ bank_tree: far }) });
    expect(eventsOf(run, 'StateRegisterSet')[0]?.tick).toBe(0);
  });
});

describe('fields of the payment', () => {
  it.each(paymentFields)('%s', (field) => {
    // Decides by equality: only the expected value lets the payment out at tick 5.
    const wanted = {
      type: 'condition',
      node_id: 'wanted',
      condition: { op: '==', left: { field }, right: { value: expectedOfPayment[field] } },
      on_true: leaf('Release', {}, 'yes'),
      on_false: leaf('Hold', {}, 'no'),
    };
    const run = runLab(scenario, { A: labPolicy({ payment_tree: { ...payments, on_true: wanted } }) });
    const submission = eventsOf(run, 'RtgsSubmission').find(({ details }) => details.amount === 120);
    expect(submission?.tick).toBe(5);
  });
});
