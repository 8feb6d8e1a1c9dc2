import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { readPolicy } from '../tree/readPolicy.ts';
import { diffPolicies, isUnchanged } from './diffPolicies.ts';
import { policyStructure, structureSimilarity } from '../history/repeats.ts';

/** A tree as plain data; every content occurs once, so that each edit has one right answer. */
type Shape = { readonly yes: Shape; readonly no: Shape } | 'leaf';

const anyShape: fc.Arbitrary<Shape> = fc.letrec<{ node: Shape }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    fc.constant<Shape>('leaf'),
    fc.record({ yes: tie('node'), no: tie('node') }),
  ),
})).node;
const branched = anyShape.filter((shape) => shape !== 'leaf');

let count = 0;
function action(): JsonObject {
  count += 1;
  return { type: 'action', node_id: `a${count}`, action: `Act${count}` };
}

function condition(onTrue: JsonObject, onFalse: JsonObject): JsonObject {
  count += 1;
  const test = { op: '<=', left: { field: `field_${count}` }, right: { value: count } };
  return {
    type: 'condition',
    node_id: `c${count}`,
    condition: test,
    on_true: onTrue,
    on_false: onFalse,
  };
}

function grow(shape: Shape): JsonObject {
  return shape === 'leaf' ? action() : condition(grow(shape.yes), grow(shape.no));
}

const policyWith = (tree: JsonObject, fraction = 0.2): JsonObject => ({
  version: '2.0',
  policy_id: `p${fraction}`,
  parameters: { initial_liquidity_fraction: fraction },
  payment_tree: tree,
});

const diff = (before: JsonObject, after: JsonObject) => diffPolicies(readPolicy(before), readPolicy(after));
const kindsOf = (before: JsonObject, after: JsonObject) =>
  diff(policyWith(before), policyWith(after)).changes.map((change) => change.kind);

function child(node: JsonObject, branch: 'on_true' | 'on_false'): JsonObject {
  const below = node[branch];
  if (!isJsonObject(below)) throw new Error(`no ${branch}`);
  return below;
}

/** All nodes of a tree, the root first. */
function nodesOf(node: JsonObject): JsonObject[] {
  if (node.type !== 'condition') return [node];
  return [node, ...nodesOf(child(node, 'on_true')), ...nodesOf(child(node, 'on_false'))];
}

function pick<T>(items: readonly T[], seed: number): T {
  const item = items[seed % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** The tree with one node (by identity) put in the place of another. */
function replace(tree: JsonObject, old: JsonObject, now: JsonObject): JsonObject {
  if (tree === old) return now;
  if (tree.type !== 'condition') return tree;
  return {
    ...tree,
    on_true: replace(child(tree, 'on_true'), old, now),
    on_false: replace(child(tree, 'on_false'), old, now),
  };
}

const conditionsOf = (tree: JsonObject) => nodesOf(tree).filter((node) => node.type === 'condition');

/** Every object with its keys the other way round. */
function turned(json: Json): Json {
  if (Array.isArray(json)) return json.map(turned);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .map(([key, value]) => [key, turned(value)] as const)
      .reverse(),
  );
}

/** Other names for all nodes: one name for all, none, or new ones. */
function renamed(json: Json, how: number): Json {
  if (Array.isArray(json)) return json.map((item) => renamed(item, how));
  if (!isJsonObject(json)) return json;
  const { node_id: id, ...rest } = json;
  const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, renamed(value, how)]));
  if (typeof id !== 'string' || how === 0) return others;
  return { ...others, node_id: how === 1 ? 'same' : `${id}_v${how}` };
}

const shapeOf = (policy: Json) => policyStructure(policy)?.outline.shape;

function similarity(a: Json, b: Json) {
  const [one, other] = [policyStructure(a), policyStructure(b)];
  return one && other && structureSimilarity(one, other);
}

describe('two policies that do the same', () => {
  it('have no difference: the policy itself, with keys in another order, with other names', () => {
    fc.assert(
      fc.property(anyShape, fc.nat(3), (shape, how) => {
        const policy = policyWith(grow(shape));
        for (const same of [policy, turned(policy), renamed(policy, how)]) {
          if (!isJsonObject(same)) throw new Error('no object');
          const found = diff(policy, same);
          expect(isUnchanged(found)).toBe(true);
          expect(similarity(policy, same)).toBe('same');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('say how many names differ', () => {
    const tree = condition(action(), action());
    const found = diff(policyWith(tree), policyWith(renamed(tree, 1) as JsonObject));
    expect([found.wording.renamedNodes, found.changes.length]).toEqual([3, 0]);
  });
});

describe('one edit is told as one change', () => {
  it('a threshold', () => {
    fc.assert(
      fc.property(branched, fc.nat(), (shape, seed) => {
        const tree = grow(shape);
        const node = pick(conditionsOf(tree), seed);
        const test = { ...(node.condition as JsonObject), right: { value: -1 } };
        const after = replace(tree, node, { ...node, condition: test });
        const { changes } = diff(policyWith(tree), policyWith(after));
        expect(changes).toMatchObject([{ kind: 'condition', parts: ['threshold'] }]);
      }),
      { numRuns: 60 },
    );
  });

  it('an operator and a field', () => {
    const tree = condition(action(), action());
    const test = tree.condition as JsonObject;
    const partsOf = (change: JsonObject) =>
      diff(policyWith(tree), policyWith({ ...tree, condition: { ...test, ...change } })).changes;
    expect(partsOf({ op: '<' })).toMatchObject([{ kind: 'condition', parts: ['operator'] }]);
    expect(partsOf({ left: { field: 'other' } })).toMatchObject([{ kind: 'condition', parts: ['field'] }]);
    expect(partsOf({ right: { param: 'limit' } })).toMatchObject([
      { kind: 'condition', parts: ['threshold'] },
    ]);
    expect(partsOf({ op: 'not' })).toMatchObject([{ kind: 'condition', parts: ['shape'] }]);
  });

  it('an action swapped, or given another parameter', () => {
    fc.assert(
      fc.property(anyShape, fc.nat(), (shape, seed) => {
        const tree = grow(shape);
        const leaf = pick(
          nodesOf(tree).filter((node) => node.type === 'action'),
          seed,
        );
        expect(kindsOf(tree, replace(tree, leaf, action()))).toEqual(['action']);
        const given = { ...leaf, parameters: { reason: { value: 'x' } } };
        expect(kindsOf(tree, replace(tree, leaf, given))).toEqual(['action parameters']);
      }),
      { numRuns: 60 },
    );
  });

  it('a condition put above a node, with a new branch, and the same taken away', () => {
    fc.assert(
      fc.property(anyShape, anyShape, fc.nat(), fc.boolean(), (shape, branch, seed, isKeptTrue) => {
        const tree = grow(shape);
        const node = pick(nodesOf(tree), seed);
        const fresh = grow(branch);
        const after = replace(tree, node, isKeptTrue ? condition(node, fresh) : condition(fresh, node));
        expect(kindsOf(tree, after)).toEqual(['added']);
        expect(kindsOf(after, tree)).toEqual(['removed']);
      }),
      { numRuns: 60 },
    );
  });

  it('branches swapped', () => {
    fc.assert(
      fc.property(branched, fc.nat(), (shape, seed) => {
        const tree = grow(shape);
        const node = pick(conditionsOf(tree), seed);
        const swapped = { ...node, on_true: child(node, 'on_false'), on_false: child(node, 'on_true') };
        expect(kindsOf(tree, replace(tree, node, swapped))).toEqual(['branches swapped']);
      }),
      { numRuns: 60 },
    );
  });

  it('a condition moved with one of its branches', () => {
    fc.assert(
      fc.property(branched, fc.nat(), fc.nat(), fc.boolean(), (shape, seed, place, isTrueKept) => {
        const tree = grow(shape);
        const guard = pick(conditionsOf(tree), seed);
        const kept = child(guard, isTrueKept ? 'on_true' : 'on_false');
        const without = replace(tree, guard, kept);
        const target = pick(nodesOf(without), place);
        fc.pre(target !== kept);
        const put = { ...guard, [isTrueKept ? 'on_true' : 'on_false']: target };
        expect(kindsOf(tree, replace(without, target, put))).toEqual(['moved']);
      }),
      { numRuns: 60 },
    );
  });

  it('a parameter, whose threshold in the tree is no change of the tree', () => {
    const tree = condition(action(), action());
    const test = { op: '<=', left: { field: 'x' }, right: { param: 'initial_liquidity_fraction' } };
    const patient = { ...tree, condition: test };
    const found = diff(policyWith(patient, 0.2), policyWith(patient, 0.15));
    expect(found.changes).toEqual([]);
    expect(found.parameters).toEqual([{ name: 'initial_liquidity_fraction', before: 0.2, after: 0.15 }]);
  });

  it('a tree that appears, and one that vanishes', () => {
    const bare = policyWith(action());
    const more = { ...bare, bank_tree: { type: 'action', action: 'NoAction' } };
    expect(diff(bare, more).changes).toEqual([{ kind: 'tree added', tree: 'bank_tree' }]);
    expect(diff(more, bare).changes).toEqual([{ kind: 'tree removed', tree: 'bank_tree' }]);
  });
});

it('several edits far from each other are told one by one', () => {
  const [a, b, c, d] = [action(), action(), action(), action()];
  const left = condition(a, b);
  const tree = condition(left, condition(c, d));
  const other = replace(replace(tree, a, action()), d, condition(d, action()));
  expect(kindsOf(tree, other).sort()).toEqual(['action', 'added']);
});

describe('nearly the same policy', () => {
  it('has one shape whatever its numbers, names and order of keys', () => {
    fc.assert(
      fc.property(anyShape, fc.nat(3), (shape, how) => {
        const tree = grow(shape);
        const other = turned(renamed(policyWith(tree, 0.7), how)) as JsonObject;
        expect(shapeOf(other)).toBe(shapeOf(policyWith(tree)));
        expect(shapeOf(policyWith(condition(tree, action())))).not.toBe(shapeOf(other));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [0.15, 0.1501, 'nearly'],
    [0.15, 0.151, 'nearly'],
    [0.15, 0.148, 'different'],
    [0.15, 0.15, 'same'],
    [0, 0.001, 'different'],
  ])('%f and %f: %s', (one, other, kind) => {
    const tree = action();
    expect(similarity(policyWith(tree, one), policyWith(tree, other))).toBe(kind);
  });

  it('is not one with another tree', () => {
    expect(similarity(policyWith(action()), policyWith(action()))).toBe('other tree');
    expect(similarity(policyWith(action(), 0.2), policyWith(action(), 0.3))).toBe('different');
    expect(policyStructure(undefined)).toBeUndefined();
  });
});
