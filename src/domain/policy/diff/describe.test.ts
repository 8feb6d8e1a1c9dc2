import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../lib/json.ts';
import { describePolicyChange, shortParameterChange, shortPolicyChange } from './describe.ts';

const release: JsonObject = { type: 'action', node_id: 'r', action: 'Release' };
const hold: JsonObject = {
  type: 'action',
  node_id: 'h',
  action: 'Hold',
  parameters: { reason: { value: 'X' } },
};
const collateral: JsonObject = { type: 'action', node_id: 'c', action: 'HoldCollateral' };

const patient = (op: string, right: JsonObject): JsonObject => ({
  type: 'condition',
  node_id: 'p',
  condition: { op, left: { field: 'ticks_to_deadline' }, right },
  on_true: release,
  on_false: hold,
});
/** The tree of the real files of November 2026. */
const guarded = (ticks: number, cents: number): JsonObject => ({
  type: 'condition',
  node_id: 'urgent',
  condition: { op: '<', left: { field: 'ticks_to_deadline' }, right: { value: ticks } },
  on_true: release,
  on_false: {
    type: 'condition',
    node_id: 'covered',
    condition: { op: '>=', left: { field: 'balance' }, right: { value: cents } },
    on_true: { ...release, node_id: 'go2' },
    on_false: hold,
  },
});
const policy = (fraction: number, tree: JsonObject, more: JsonObject = {}): JsonObject => ({
  version: '2.0',
  policy_id: `p_${fraction}`,
  parameters: { initial_liquidity_fraction: fraction },
  payment_tree: tree,
  ...more,
});

describe('a change of policy in a sentence', () => {
  it.each([
    [
      policy(0.19, guarded(1, 1000)),
      policy(0.21, guarded(1, 1000)),
      'Asks for 21 % instead of 19 % liquidity; the tree is unchanged',
      '19 % → 21 %',
    ],
    [
      policy(0.5, release),
      policy(0.5, patient('<=', { value: 3 })),
      'Holds payments until 3 ticks before the deadline',
      'tree: 1 change',
    ],
    [
      policy(0.2, patient('<=', { param: 'patience' }), {
        parameters: { initial_liquidity_fraction: 0.2, patience: 3 },
      }),
      policy(0.15, patient('<=', { param: 'patience' }), {
        parameters: { initial_liquidity_fraction: 0.15, patience: 1 },
      }),
      'Asks for 15 % instead of 20 % liquidity; holds payments until 1 tick before the deadline',
      '20 % → 15 %, patience 3 → 1',
    ],
    [
      policy(0.4, guarded(1, 1000)),
      policy(0.4, guarded(2, 2000)),
      'Tests ticks_to_deadline < 2 instead of < 1; tests balance >= 2000 instead of >= 1000',
      'tree: 2 changes',
    ],
    [
      policy(0.4, release),
      policy(0.38, guarded(3, 5000)),
      'Asks for 38 % instead of 40 % liquidity; releases if ticks_to_deadline < 3 or balance >= 5000, else holds',
      '40 % → 38 %, tree: 1 change',
    ],
    [
      policy(0.5, release, { strategic_collateral_tree: collateral }),
      policy(0.2, release, { bank_tree: { type: 'action', action: 'NoAction' } }),
      'Asks for 20 % instead of 50 % liquidity; drops the strategic collateral tree; adds a bank tree (NoAction)',
      '50 % → 20 %, tree: 2 changes',
    ],
    [
      policy(0.2, release),
      policy(0.2, { ...release, node_id: 'renamed' }),
      'Changes nothing: same parameters, same tree; only names or descriptions differ',
      'no change',
    ],
    [policy(0.2, release), '{"version": ', 'No policy could be read', 'no policy'],
    [
      undefined,
      policy(0.2, release),
      'Asks for 20 % liquidity; there is no policy to compare it with',
      '20 %',
    ],
  ])('%#', (before, after, sentence, short) => {
    expect(describePolicyChange(before, after)).toBe(sentence);
    expect(shortPolicyChange(before, after)).toBe(short);
  });
});

it('says what numbers alone tell, for rows of which no policy was read', () => {
  const one = new Map([['initial_liquidity_fraction', 0.19]]);
  const other = new Map([
    ['initial_liquidity_fraction', 0.21],
    ['patience', 3],
  ]);
  expect(shortParameterChange(one, other)).toBe('19 % → 21 %, patience none → 3');
  expect(shortParameterChange(one, one)).toBeUndefined();
});
