import { describe, expect, it } from 'vitest';

import type { Json, JsonObject } from '../../../lib/json.ts';
import { bankFields, paymentFields } from './ast.ts';
import { describeProblems, loadPolicy } from './loadPolicy.ts';

const release: JsonObject = { type: 'action', node_id: 'r', action: 'Release' };

function problemsOf(policy: JsonObject): string {
  const loaded = loadPolicy({ version: '2.0', policy_id: 'p', ...policy });
  return loaded.ok ? '' : describeProblems(loaded.error);
}

function leaf(action: string, parameters?: JsonObject): JsonObject {
  return { type: 'action', node_id: 'n', action, ...(parameters === undefined ? {} : { parameters }) };
}

function conditionTree(left: Json): JsonObject {
  return {
    type: 'condition',
    node_id: 'c',
    condition: { op: '<', left, right: { value: 1 } },
    on_true: release,
    on_false: { ...release, node_id: 'r2' },
  };
}

function paymentTest(left: Json): JsonObject {
  return { payment_tree: conditionTree(left) };
}

const two = { value: 2 };

describe('loadPolicy', () => {
  it('loads the example of the reference, parameters resolved', () => {
    const loaded = loadPolicy({
      version: '2.0',
      policy_id: 'NORTHBANK_patient_v3',
      description: 'Wait for inflows until the deadline is close',
      parameters: { initial_liquidity_fraction: 0.22, patience: 3 },
      bank_tree: { type: 'action', node_id: 'bt1', action: 'NoAction' },
      payment_tree: {
        type: 'condition',
        node_id: 'p1',
        description: 'close to deadline?',
        condition: {
          op: 'or',
          conditions: [
            { op: '<=', left: { field: 'ticks_to_deadline' }, right: { param: 'patience' } },
            {
              op: '>=',
              left: { field: 'effective_liquidity' },
              right: { compute: { op: '*', left: { value: 2 }, right: { field: 'remaining_amount' } } },
            },
          ],
        },
        on_true: { type: 'action', node_id: 'p2', action: 'Release' },
        on_false: {
          type: 'action',
          node_id: 'p3',
          action: 'Hold',
          parameters: { reason: { value: 'AwaitingInflows' } },
        },
      },
    });
    expect(loaded.ok).toBe(true);
    if (!loaded.ok) return;
    expect(loaded.value.parameters.get('patience')).toBe(3);
    expect(loaded.value.bankTree).toEqual({ kind: 'action', nodeId: 'bt1', action: { name: 'NoAction' } });
    expect(loaded.value.strategicCollateralTree).toBeUndefined();
    const root = loaded.value.paymentTree;
    expect(root?.kind === 'condition' && root.onFalse).toEqual({
      kind: 'action',
      nodeId: 'p3',
      action: { name: 'Hold', reason: 'AwaitingInflows' },
    });
  });

  it('accepts every action of the catalogue with its parameters, in its tree', () => {
    const payment: [string, JsonObject?][] = [
      ['Release'],
      ['ReleaseWithCredit', { priority_flag: { value: 'HIGH' }, timed_for_tick: two }],
      ['PaceAndRelease', { num_splits: two }],
      ['Split', { num_splits: two }],
      [
        'StaggerSplit',
        { num_splits: two, stagger_first_now: two, stagger_gap_ticks: two, priority_boost_children: two },
      ],
      ['Hold', { reason: { value: 'LowPriority' } }],
      ['Drop'],
      ['Reprioritize', { new_priority: two }],
      ['WithdrawFromRtgs'],
      ['ResubmitToRtgs', { rtgs_priority: { value: 'Urgent' } }],
    ];
    for (const [action, parameters] of payment) {
      expect(problemsOf({ payment_tree: leaf(action, parameters) })).toBe('');
    }
    const bank: [string, JsonObject?][] = [
      [
        'SetReleaseBudget',
        {
          max_value_to_release: two,
          focus_counterparties: { value: ['BANK_B'] },
          max_per_counterparty: { field: 'balance' },
        },
      ],
      ['SetState', { key: { value: 'bank_state_x' }, value: two, reason: { value: 'why' } }],
      ['AddState', { key: { value: 'bank_state_x' }, value: two }],
      ['NoAction'],
    ];
    for (const [action, parameters] of bank) {
      expect(problemsOf({ bank_tree: leaf(action, parameters) })).toBe('');
    }
    for (const tree of ['strategic_collateral_tree', 'end_of_tick_collateral_tree']) {
      const post = { amount: two, reason: { value: 'UrgentLiquidityNeed' }, auto_withdraw_after_ticks: two };
      expect(problemsOf({ [tree]: leaf('PostCollateral', post) })).toBe('');
      expect(problemsOf({ [tree]: leaf('WithdrawCollateral', { amount: two }) })).toBe('');
      expect(problemsOf({ [tree]: leaf('HoldCollateral') })).toBe('');
    }
  });

  it('reads every field where it is known, and payment fields in the payment tree only', () => {
    for (const field of [...bankFields, ...paymentFields, 'bank_state_mood']) {
      expect(problemsOf(paymentTest({ field }))).toBe('');
    }
    const bankTree = (field: string) => ({
      bank_tree: leaf('SetState', { key: { value: 'bank_state_x' }, value: { field } }),
    });
    for (const field of bankFields) expect(problemsOf(bankTree(field))).toBe('');
    for (const field of paymentFields) {
      expect(problemsOf(bankTree(field))).toContain(`"${field}" is known in the payment tree only`);
    }
  });

  it.each([
    [paymentTest({ field: 'moon_phase' }), 'the field "moon_phase" is not known'],
    [paymentTest({ field: 'time_in_queue' }), 'no engine ever computes the field "time_in_queue"'],
    [
      paymentTest({ field: 'my_bilateral_net_q2_top_3' }),
      '"my_bilateral_net_q2_top_3" is not open to policies',
    ],
    [paymentTest({ param: 'patience' }), 'the parameter "patience" is not defined'],
    [paymentTest({ compute: { op: 'sqrt', value: two } }), 'the computation "sqrt" is not known'],
    [paymentTest({ value: 'text' }), 'a number is expected here'],
    [paymentTest({ value: 1, field: 'balance' }), 'exactly one of the keys'],
    [{ payment_tree: leaf('Teleport') }, 'the action "Teleport" is not known'],
    [{ payment_tree: leaf('NoAction') }, 'the action "NoAction" is not legal in the payment_tree'],
    [{ bank_tree: leaf('Release') }, 'the action "Release" is not legal in the bank_tree'],
    [{ payment_tree: leaf('Split') }, 'needs the parameter "num_splits"'],
    [{ payment_tree: leaf('Hold', { budget: two }) }, '"budget" is not read here'],
    [{ bank_tree: leaf('SetState', { key: { value: 'mood' }, value: two }) }, 'starts with bank_state_'],
    [{ payment_tree: leaf('Release', { priority_flag: { value: 'TOP' } }) }, 'HIGH, MEDIUM or LOW'],
    [{ parameters: { initial_liquidity_fraction: 1.2 } }, '1.2 is not between 0 and 1'],
    [{ parameters: { patience: 'long' } }, 'parameters.patience: a number is expected here'],
    [{ initial_liquidity_fraction: 0.3 }, '"initial_liquidity_fraction" is not read here'],
  ])('refuses by name: %j', (policy, message) => {
    expect(problemsOf(policy)).toContain(message);
  });

  it('lists every problem with its place', () => {
    const loaded = loadPolicy({
      version: '2.0',
      policy_id: 'p',
      ...paymentTest({ field: 'moon_phase' }),
      bank_tree: leaf('Fly'),
    });
    expect(loaded.ok ? [] : loaded.error.map((problem) => problem.path)).toEqual([
      'bank_tree.action',
      'payment_tree.condition.left',
    ]);
  });

  it('refuses a node_id used twice and a tree deeper than 100 nodes', () => {
    const tree = { ...conditionTree({ field: 'balance' }), on_false: release };
    expect(problemsOf({ payment_tree: tree })).toContain('the node_id "r" is used twice');
    let deep: JsonObject = release;
    for (let i = 0; i < 101; i += 1) {
      deep = {
        type: 'condition',
        node_id: `d${i}`,
        condition: { op: '<', left: two, right: two },
        on_true: deep,
        on_false: { ...release, node_id: `f${i}` },
      };
    }
    expect(problemsOf({ payment_tree: deep })).toContain('100 nodes deep');
  });
});
