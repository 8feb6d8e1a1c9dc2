import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../lib/json.ts';
import { bindTree, type Readers } from '../interpret/evaluate.ts';
import { loadPolicy } from '../interpret/loadPolicy.ts';
import { readPolicy } from './readPolicy.ts';
import { unreachableBranches } from './unreachable.ts';

const test = (left: string, op: string, right: JsonObject | number): JsonObject => ({
  op,
  left: { field: left },
  right: typeof right === 'number' ? { value: right } : right,
});
const leaf: JsonObject = { type: 'action', action: 'Release' };
const when = (condition: JsonObject, onTrue = leaf, onFalse = leaf): JsonObject => ({
  type: 'condition',
  condition,
  on_true: onTrue,
  on_false: onFalse,
});

function found(tree: JsonObject, parameters: JsonObject = {}) {
  const policy = readPolicy({ parameters, payment_tree: tree });
  const read = policy.trees.get('payment_tree');
  if (read === undefined) throw new Error('no tree');
  return unreachableBranches(read, policy.parameters).map(({ condition, branch, why }) => ({
    at: `${read.nodes[condition]?.path} ${branch}`,
    why,
  }));
}

describe('branches that can never be reached', () => {
  it('hang on a condition that is always the same', () => {
    const constant = { op: '<', left: { value: 1 }, right: { value: 0 } };
    expect(found(when(constant))).toEqual([{ at: 'payment_tree on_true', why: '1 < 0 is never true' }]);
    const byParameter = {
      op: '<=',
      left: { param: 'a' },
      right: { compute: { op: '+', left: { value: 1 }, right: { param: 'a' } } },
    };
    expect(found(when(byParameter), { a: 4 })).toEqual([
      { at: 'payment_tree on_false', why: 'a (4) <= 1 + a (4) is always true' },
    ]);
    expect(found(when(byParameter))).toEqual([]);
  });

  it('repeat or contradict what was asked above', () => {
    const rich = test('balance', '>=', 2000);
    expect(found(when(rich, when(rich)))).toEqual([
      {
        at: 'payment_tree:T on_false',
        why: 'balance >= 2000 is always true here, because balance >= 2000 was answered with yes above',
      },
    ]);
    expect(found(when(rich, leaf, when(test('balance', '>', 5000))))).toEqual([
      {
        at: 'payment_tree:F on_true',
        why: 'balance > 5000 is never true here, because balance >= 2000 was answered with no above',
      },
    ]);
    expect(found(when(rich, leaf, when(test('balance', '>=', 1000))))).toEqual([]);
  });

  it('are found through and, or, not, and a field that is compared with another', () => {
    const both = { op: 'and', conditions: [test('a', '>', 3), test('b', '<', { field: 'c' })] };
    const under = when(
      both,
      when({ op: 'not', condition: { op: '<=', left: { field: 'c' }, right: { field: 'b' } } }),
    );
    expect(found(under).map(({ at }) => at)).toEqual(['payment_tree:T on_false']);
    const either = { op: 'or', conditions: [test('a', '>', 3), test('a', '<=', 5)] };
    expect(found(when(either)).map(({ at }) => at)).toEqual(['payment_tree on_false']);
    expect(found(when(both, leaf, when(both))).map(({ at }) => at)).toEqual(['payment_tree:F on_true']);
  });

  it('are never claimed: what is called unreachable is not reached by any values', () => {
    const names = ['balance', 'priority'] as const;
    const number = fc.integer({ min: 0, max: 4 });
    const atom = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), number, fc.nat(3))
      .map(([name, op, value, kind]) => {
        if (kind === 0) return test(name, op, { field: 'priority' });
        if (kind === 1) return { op, left: { value }, right: { field: name } };
        return test(name, op, kind === 2 ? { param: 'limit' } : value);
      });
    const tests = fc.letrec<{ test: JsonObject }>((tie) => ({
      test: fc.oneof(
        { maxDepth: 2 },
        atom,
        tie('test').map((inner) => ({ op: 'not', condition: inner })),
        fc
          .tuple(fc.constantFrom('and', 'or'), fc.array(tie('test'), { minLength: 1, maxLength: 3 }))
          .map(([op, conditions]) => ({ op, conditions })),
      ),
    })).test;
    const trees = fc.letrec<{ node: JsonObject }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constant(leaf),
        fc.tuple(tests, tie('node'), tie('node')).map(([condition, yes, no]) => when(condition, yes, no)),
      ),
    })).node;
    let claims = 0;
    fc.assert(
      fc.property(trees, number, (tree, limit) => {
        const named = { parameters: { limit }, policy_id: 'p', payment_tree: withIds(tree, 'n') };
        const loaded = loadPolicy(named);
        const policy = readPolicy(named);
        const read = policy.trees.get('payment_tree');
        if (!loaded.ok || loaded.value.paymentTree === undefined || read === undefined)
          throw new Error('not loaded');
        const decider = bindTree(loaded.value.paymentTree, readers, (a) => a.name);
        const reached = new Set<string>();
        for (const balance of grid) {
          for (const priority of grid) {
            for (const step of decider.path({ balance, priority }).split(' → ')) reached.add(step);
          }
        }
        for (const { condition, branch } of unreachableBranches(read, policy.parameters)) {
          claims += 1;
          expect(reached).not.toContain(`${read.nodes[condition]?.nodeId}(${branch === 'on_true'})`);
        }
      }),
      // Of a hundred trees some 40 branches are called so, but as few as 16 have been seen.
      { numRuns: 400 },
    );
    expect(claims).toBeGreaterThan(20);
  });
});

const grid = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

interface World {
  readonly balance: number;
  readonly priority: number;
}

const readers: Readers<World> = {
  fields: { balance: (world) => world.balance, priority: (world) => world.priority },
  register: () => () => 0,
};

function withIds(node: JsonObject, id: string): JsonObject {
  const named = { ...node, node_id: id };
  if (node.type !== 'condition') return named;
  return {
    ...named,
    on_true: withIds(node.on_true as JsonObject, `${id}T`),
    on_false: withIds(node.on_false as JsonObject, `${id}F`),
  };
}
