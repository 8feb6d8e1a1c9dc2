import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../lib/json.ts';
import { diffPolicies, isUnchanged } from '../diff/diffPolicies.ts';
import { policyStructure } from '../history/repeats.ts';
import { nodeText } from './policyText.ts';
import { readPolicy, readPolicyText } from './readPolicy.ts';
import { treeLimits } from './readPolicy.ts';

const leaf: JsonObject = { type: 'action', node_id: 'a', action: 'Release' };

/** Nodes of the payment tree as `path: text (problem)`. */
function linesOf(tree: JsonObject, parameters: JsonObject = {}): string[] {
  const policy = readPolicy({ parameters, payment_tree: tree });
  return (policy.trees.get('payment_tree')?.nodes ?? []).map((node) => {
    const problem = node.problem === undefined ? '' : ` [${node.problem}]`;
    return `${node.path} ${nodeText(node, policy.parameters)}${problem}`;
  });
}

function testing(condition: JsonObject): JsonObject {
  return { type: 'condition', condition, on_true: leaf, on_false: leaf };
}

describe('a stored policy', () => {
  it('is read with its trees in the order of their evaluation, and nothing in it is lost', () => {
    const read = readPolicyText(
      '{"payment_tree": {"type": "action", "action": "Release"}, "parameters": {"x": 1, "on": true}, "policy_id": "p", "initial_liquidity_fraction": 0.3, "bank_tree": {"type": "action", "action": "Dance", "steps": 2}, "odd_tree": {"type": "action", "action": "Y"}, "strategic_collateral_tree": null, "novel": [1]}',
    );
    if (!read.ok) throw new Error(read.error);
    const { trees, parameters, others } = read.value;
    expect([...trees.keys()]).toEqual(['bank_tree', 'payment_tree', 'odd_tree']);
    expect([...parameters]).toEqual([
      ['x', 1],
      ['on', true],
      ['initial_liquidity_fraction', 0.3],
    ]);
    expect([...others]).toEqual([
      ['policy_id', 'p'],
      ['novel', [1]],
    ]);
    const [dance] = trees.get('bank_tree')?.nodes ?? [];
    expect(dance && nodeText(dance, parameters)).toBe('Dance; steps: 2');
  });

  it('is refused only where it is no JSON object', () => {
    expect(readPolicyText('[1]').ok).toBe(false);
    expect(readPolicyText('{"a":').ok).toBe(false);
    expect(readPolicyText('{"payment_tree": 7}').ok).toBe(true);
  });

  it('shows malformed nodes as what they are', () => {
    const tree = {
      type: 'condition',
      on_true: { type: 'switch', cases: [1, 2] },
      on_false: {
        type: 'condition',
        condition: { op: '<', left: { field: 'x' }, right: { value: 2 } },
        on_true: 5,
      },
    };
    expect(linesOf(tree)).toEqual([
      'payment_tree (no condition) [no condition is given]',
      'payment_tree:T {"cases":[1,2],"type":"switch"} [neither a condition nor an action]',
      'payment_tree:F x < 2 [no branch for no]',
      'payment_tree:FT 5 [a node is expected here]',
    ]);
    expect(linesOf({ type: 'action' })).toEqual(['payment_tree (no action) [no action is named]']);
  });

  it('of any depth is read up to a limit that is said, compared and fingerprinted without a full stack', () => {
    const deep = (depth: number) => {
      let tree: JsonObject = leaf;
      for (let i = 0; i < depth; i += 1) {
        tree = {
          type: 'condition',
          condition: { op: '<', left: { field: `x${i}` }, right: { value: i } },
          on_true: leaf,
          on_false: tree,
        };
      }
      return { payment_tree: tree };
    };
    const [one, other] = [deep(20_000), deep(20_000)];
    const nodes = readPolicy(one).trees.get('payment_tree')?.nodes ?? [];
    expect(nodes.at(-1)).toMatchObject({ kind: 'odd', depth: treeLimits.depth });
    expect(nodes.at(-1)?.problem).toBe('not read: a tree is read 5000 levels deep');
    expect(isUnchanged(diffPolicies(readPolicy(one), readPolicy(other)))).toBe(true);
    expect(policyStructure(one)?.outline).toEqual(policyStructure(other)?.outline);
    const longer = diffPolicies(readPolicy(deep(300)), readPolicy(deep(301)));
    expect(longer.changes.map((change) => change.kind)).toEqual(['added']);
  });
});

describe('a condition in plain text', () => {
  const field = { field: 'balance' };
  const two = { value: 2 };

  it.each([
    [
      { op: '<=', left: { field: 'ticks_to_deadline' }, right: { param: 'patience' } },
      'ticks_to_deadline <= patience (3)',
    ],
    [{ op: '>', left: field, right: { param: 'gone' } }, 'balance > gone (not set)'],
    [
      { op: '==', left: { param: 'initial_liquidity_fraction' }, right: two },
      'initial_liquidity_fraction (20 %) == 2',
    ],
    [
      {
        op: 'or',
        conditions: [
          { op: '<', left: field, right: two },
          { op: 'and', conditions: [{ op: '!=', left: field, right: { value: 'x' } }] },
        ],
      },
      'balance < 2 or (balance != “x”)',
    ],
    [{ op: 'not', condition: { op: '<', left: field, right: two } }, 'not (balance < 2)'],
    [
      {
        op: '>=',
        left: field,
        right: {
          compute: {
            op: '*',
            left: two,
            right: {
              compute: { op: '+', left: field, right: { compute: { op: 'max', values: [two, field] } } },
            },
          },
        },
      },
      'balance >= 2 * (balance + max(2, balance))',
    ],
    [
      {
        op: '<',
        left: { compute: { op: 'div0', numerator: field, denominator: two, default: { value: 0.5 } } },
        right: { compute: { op: 'clamp', value: field, min: { value: [1, 'a'] }, max: two } },
      },
      'div0(balance, 2, 0.5) < clamp(balance, [1, “a”], 2)',
    ],
    [{ op: 'xor', conditions: [] }, '{"conditions":[],"op":"xor"}'],
    [
      { op: '<', left: field, right: two, note: 1 },
      '{"left":{"field":"balance"},"note":1,"op":"<","right":{"value":2}}',
    ],
    [{ op: '<', left: field }, 'balance < (missing)'],
  ])('%#', (condition: JsonObject, text) => {
    const parameters = { patience: 3, initial_liquidity_fraction: 0.2 };
    expect(linesOf(testing(condition), parameters)[0]).toBe(`payment_tree ${text}`);
  });
});
