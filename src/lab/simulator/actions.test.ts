import { describe, expect, it } from 'vitest';

import { PolicyFault } from '../../domain/policy/interpret/evaluate.ts';
import { eventsOf, leaf, payment, labPolicy, runLab, scenarioOf, when } from '../../testing/labRun.ts';

const one = (balance: number, amount: number, ticks = 4) =>
  scenarioOf({ A: balance, B: 0 }, { ticks, scenario_events: [payment('A', 'B', amount)] });
const tree = (node: ReturnType<typeof leaf>) => ({ A: labPolicy({ payment_tree: node }) });

describe('payment actions', () => {
  it('holds with the reason in the words of the engine', () => {
    const reasons = (reason?: string) =>
      eventsOf(
        runLab(one(100, 50, 1), tree(leaf('Hold', reason === undefined ? {} : { reason }))),
        'PolicyHold',
      ).map(({ details }) => details.reason);
    expect(reasons()).toEqual(['Custom("Policy decision")']);
    expect(reasons('AwaitingInflows')).toEqual(['AwaitingInflows']);
    expect(reasons('NearDeadline')).toEqual(['NearDeadline { ticks_remaining: 50 }']);
    expect(reasons('Not today')).toEqual(['Custom("Not today")']);
  });

  it('releases when the condition comes true, at a set tick, with a priority flag', () => {
    const late = runLab(one(100, 50), tree(when('current_tick', '>=', 2, leaf('Release'), leaf('Hold'))));
    expect(late.outcome.payments[0]?.settlementTick).toBe(2);
    expect(late.outcome.payments[0]?.queue1Ticks).toBe(2);
    const timed = runLab(one(100, 50), tree(leaf('Release', { timed_for_tick: 1, priority_flag: 'HIGH' })));
    expect(timed.outcome.payments[0]?.settlementTick).toBe(1);
    expect(eventsOf(timed, 'TransactionReprioritized').map(({ details }) => details)).toEqual([
      { old_priority: 5, new_priority: 10 },
    ]);
    expect(eventsOf(timed, 'RtgsSubmission').map(({ details }) => details.internal_priority)).toEqual([10]);
  });

  it('splits into parts that arrive, are submitted, and settle the whole together', () => {
    const run = runLab(one(100, 100), tree(leaf('Split', { num_splits: 3 })));
    expect(eventsOf(run, 'PolicySplit').map(({ txId, details }) => [txId, details])).toEqual([
      ['t7-1', { num_splits: 3, child_ids: ['t7-2', 't7-3', 't7-4'] }],
    ]);
    expect(eventsOf(run, 'Arrival').map(({ details }) => details.amount)).toEqual([100, 33, 33, 34]);
    const types = run.events.map(({ eventType }) => eventType);
    expect(types.indexOf('PolicySplit')).toBeGreaterThan(types.lastIndexOf('Arrival'));
    expect([run.outcome.arrivals, run.outcome.settlements]).toEqual([1, 1]);
    expect(run.outcome.payments.map(({ status, parentTxId }) => [status, parentTxId])).toEqual([
      ['settled', undefined],
      ['settled', 't7-1'],
      ['settled', 't7-1'],
      ['settled', 't7-1'],
    ]);
  });

  it('settles a part where the whole is too large, and counts the whole as open', () => {
    const run = runLab(one(70, 100), tree(leaf('PaceAndRelease', { num_splits: 2 })));
    expect(run.outcome.settlements).toBe(0);
    expect(run.outcome.payments[0]).toMatchObject({ status: 'pending', amountSettledCents: 50n });
  });

  it('staggers parts: two now, then one every two ticks, each a priority higher', () => {
    const staggered = leaf('StaggerSplit', {
      num_splits: 4,
      stagger_first_now: 2,
      stagger_gap_ticks: 2,
      priority_boost_children: 1,
    });
    const run = runLab(one(100, 100, 6), tree(staggered));
    const parts = run.outcome.payments.slice(1);
    expect(parts.map(({ settlementTick }) => settlementTick)).toEqual([0, 0, 2, 4]);
    expect(parts.map(({ priority }) => priority)).toEqual([6, 6, 6, 6]);
    expect(run.outcome.payments[0]?.settlementTick).toBe(4);
  });

  it('keeps a payment whole that cannot be cut so', () => {
    const run = runLab(one(100, 3, 1), tree(leaf('Split', { num_splits: 5 })));
    expect(eventsOf(run, 'PolicyHold').map(({ details }) => details.reason)).toEqual([
      'Split failed: 5 parts of 3 cents',
    ]);
  });

  it('drops for good', () => {
    const run = runLab(one(100, 50), tree(leaf('Drop')));
    expect(eventsOf(run, 'PolicyDrop')).toHaveLength(1);
    expect(run.outcome.payments[0]?.status).toBe('dropped');
    expect(run.outcome.agents[0]?.queue1).toEqual([]);
  });

  it('withdraws from Queue 2 and asks again in the next tick', () => {
    const run = runLab(
      one(10, 50, 3),
      tree(when('is_in_queue2', '==', 1, leaf('WithdrawFromRtgs'), leaf('Release'))),
    );
    expect(eventsOf(run, 'QueuedRtgs').map(({ tick }) => tick)).toEqual([0, 2]);
    expect(eventsOf(run, 'RtgsWithdrawal').map(({ tick, details }) => [tick, details])).toEqual([
      [1, { sender: 'A', original_rtgs_priority: 'Normal' }],
    ]);
  });

  it('resubmits with a class that overtakes the queue', () => {
    const scenario = scenarioOf(
      { A: 10, B: 60 },
      {
        scenario_events: [
          payment('A', 'B', 60),
          payment('A', 'B', 55, 0, { priority: 9 }),
          payment('B', 'A', 50, 1),
        ],
      },
    );
    const queued = when(
      'priority',
      '>=',
      9,
      leaf('ResubmitToRtgs', { rtgs_priority: 'Urgent' }),
      leaf('Hold'),
    );
    const policy = tree(when('is_in_queue2', '==', 1, queued, leaf('Release')));
    const run = runLab(scenario, policy);
    expect(eventsOf(run, 'RtgsResubmission').map(({ tick, txId, details }) => [tick, txId, details])).toEqual(
      [[1, 't7-2', { sender: 'A', old_rtgs_priority: 'Normal', new_rtgs_priority: 'Urgent' }]],
    );
    expect(eventsOf(run, 'Queue2LiquidityRelease').map(({ txId }) => txId)).toEqual(['t7-2']);
    expect(eventsOf(runLab(scenario), 'Queue2LiquidityRelease').map(({ txId }) => txId)).toEqual(['t7-1']);
  });

  it('stops a policy that divides by zero', () => {
    const broken = leaf('Reprioritize', {
      new_priority: { compute: { op: '/', left: { value: 1 }, right: { field: 'credit_used' } } },
    });
    expect(() => runLab(one(100, 50), tree(broken))).toThrow(PolicyFault);
  });
});

describe('bank actions', () => {
  it('keeps releases within the budget of the tick', () => {
    const run = runLab(
      scenarioOf(
        { A: 1_000, B: 0, C: 0 },
        { ticks: 1, scenario_events: [payment('A', 'B', 60), payment('A', 'B', 50), payment('A', 'C', 40)] },
      ),
      { A: labPolicy({ bank_tree: leaf('SetReleaseBudget', { max_value_to_release: 100 }) }) },
    );
    expect(eventsOf(run, 'BankBudgetSet').map(({ details }) => details)).toEqual([
      { max_value: 100, focus_counterparties: null, max_per_counterparty: null },
    ]);
    expect(eventsOf(run, 'PolicyHold').map(({ txId, details }) => [txId, details.reason])).toEqual([
      ['t7-2', 'BudgetExhausted'],
    ]);
  });

  it('keeps them to the counterparties in focus, and each below its maximum', () => {
    const run = runLab(
      scenarioOf(
        { A: 1_000, B: 0, C: 0 },
        { ticks: 1, scenario_events: [payment('A', 'B', 60), payment('A', 'B', 50), payment('A', 'C', 40)] },
      ),
      {
        A: labPolicy({
          bank_tree: leaf('SetReleaseBudget', {
            max_value_to_release: 900,
            focus_counterparties: ['B'],
            max_per_counterparty: 100,
          }),
        }),
      },
    );
    expect(eventsOf(run, 'PolicySubmit').map(({ txId }) => txId)).toEqual(['t7-1']);
  });

  it('counts in a register, readable in the other trees, and clears it at the end of the day', () => {
    const run = runLab(one(100, 50, 3), {
      A: labPolicy({
        bank_tree: when(
          'current_tick',
          '<',
          2,
          leaf('AddState', { key: 'bank_state_seen', value: 2 }),
          leaf('NoAction'),
        ),
        payment_tree: when('bank_state_seen', '>=', 4, leaf('Release'), leaf('Hold')),
      }),
    });
    expect(run.outcome.payments[0]?.settlementTick).toBe(1);
    expect(eventsOf(run, 'StateRegisterSet').map(({ tick, details }) => [tick, details])).toEqual([
      [
        0,
        {
          register_key: 'bank_state_seen',
          old_value: 0,
          new_value: 2,
          reason: 'policy_action',
          decision_path: 'current_tick<2(true) → AddState',
        },
      ],
      [
        1,
        {
          register_key: 'bank_state_seen',
          old_value: 2,
          new_value: 4,
          reason: 'policy_action',
          decision_path: 'current_tick<2(true) → AddState',
        },
      ],
      [
        2,
        {
          register_key: 'bank_state_seen',
          old_value: 4,
          new_value: 0,
          reason: 'eod_reset',
          decision_path: null,
        },
      ],
    ]);
  });
});

describe('collateral', () => {
  const scenario = (ticks = 4) => ({
    ...scenarioOf({}, { ticks, scenario_events: [payment('A', 'B', 150)] }),
    agents: [
      { id: 'A', opening_balance: 60, collateral_haircut: 0.1, max_collateral_capacity: 120 },
      { id: 'B', opening_balance: 0 },
    ],
  });

  it('raises the overdraft limit by its value after the haircut, up to the capacity', () => {
    const post = when(
      'system_tick_in_day',
      '==',
      0,
      leaf('PostCollateral', { amount: 500 }),
      leaf('HoldCollateral'),
    );
    const run = runLab(scenario(), { A: labPolicy({ strategic_collateral_tree: post }) });
    expect(eventsOf(run, 'CollateralPost').map(({ details }) => details)).toEqual([
      { amount: 120, reason: 'Custom("Policy decision")', new_total: 120 },
    ]);
    // 60 + 120 x 0.9 = 168 >= 150.
    expect(run.outcome.agents[0]?.balanceCents).toBe(-90n);
  });

  it('lets go of what covers no overdraft only', () => {
    const run = runLab(scenario(), {
      A: labPolicy({
        strategic_collateral_tree: when(
          'current_tick',
          '==',
          0,
          leaf('PostCollateral', { amount: 120, reason: 'UrgentLiquidityNeed' }),
          leaf('HoldCollateral'),
        ),
        end_of_tick_collateral_tree: leaf('WithdrawCollateral', { amount: 120, reason: 'LiquidityRestored' }),
      }),
    });
    // 90 in use need 100 posted at a haircut of 10 %.
    expect(eventsOf(run, 'CollateralWithdraw').map(({ tick, details }) => [tick, details])).toEqual([
      [0, { amount: 20, reason: 'LiquidityRestored', new_total: 100 }],
    ]);
  });

  it('takes collateral back by timer, or says why not', () => {
    const post = leaf('PostCollateral', {
      amount: 120,
      auto_withdraw_after_ticks: 2,
      reason: 'DeadlineEmergency',
    });
    const policy = {
      A: labPolicy({
        strategic_collateral_tree: when('current_tick', '==', 0, post, leaf('HoldCollateral')),
      }),
    };
    const idle = runLab({ ...scenario(), scenario_events: [] }, policy);
    expect(eventsOf(idle, 'CollateralTimerWithdrawn').map(({ tick, details }) => [tick, details])).toEqual([
      [2, { amount: 120, original_reason: 'DeadlineEmergency', posted_at_tick: 0, new_total: 0 }],
    ]);
    const busy = runLab({ ...scenario(), scenario_events: [payment('A', 'B', 168)] }, policy);
    expect(eventsOf(busy, 'CollateralTimerBlocked').map(({ tick, details }) => [tick, details])).toEqual([
      [
        2,
        {
          requested_amount: 120,
          reason: 'CollateralInUse',
          original_reason: 'DeadlineEmergency',
          posted_at_tick: 0,
        },
      ],
    ]);
  });
});
