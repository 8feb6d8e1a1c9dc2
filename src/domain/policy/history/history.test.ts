import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Json } from '../../../lib/json.ts';
import { structureSimilarity, policyStructure, repeatGroups, repeatsOf } from './repeats.ts';
import { originsOf } from './origins.ts';

const release: Json = { type: 'action', node_id: 'n1', action: 'Release' };
const hold: Json = { type: 'action', node_id: 'n2', action: 'Hold' };
const soon: Json = { op: '<=', left: { field: 'ticks_to_deadline' }, right: { value: 2 } };
const wait: Json = { type: 'condition', node_id: 'c', condition: soon, on_true: release, on_false: hold };

function policy(fraction: number, tree: Json = release, more: Record<string, Json> = {}): Json {
  return {
    policy_id: 'x',
    parameters: { initial_liquidity_fraction: fraction },
    payment_tree: tree,
    ...more,
  };
}

function compared(a: Json, b: Json) {
  const [one, other] = [policyStructure(a), policyStructure(b)];
  if (one === undefined || other === undefined) throw new Error('no policy');
  return structureSimilarity(one, other);
}

test('names of policies and nodes do not count, numbers and trees do', () => {
  expect(compared(policy(0.15), policy(0.15, { ...(release as object), node_id: 'other' }))).toBe('same');
  expect(compared(policy(0.15), policy(0.15, release, { policy_id: 'y', version: '2.1' }))).toBe('same');
  expect(compared(policy(0.15), policy(0.151))).toBe('nearly');
  expect(compared(policy(0.1), policy(0.0989))).toBe('different');
  expect(compared(policy(0.15), policy(0.15, hold))).toBe('other tree');
  expect(compared(policy(0.15), policy(0.151, hold))).toBe('different');
  expect(compared(policy(0.15), policy(0.15, release, { bank_tree: hold }))).toBe('other tree');
  expect(policyStructure('text')).toBe(undefined);
});

test('similarity does not depend on which policy is asked about', () => {
  const some = fc.tuple(fc.constantFrom(0.1, 0.1005, 0.1009, 0.2, 0), fc.constantFrom(release, hold, wait));
  fc.assert(
    fc.property(some, some, ([f, t], [g, u]) => {
      expect(compared(policy(f, t), policy(g, u))).toBe(compared(policy(g, u), policy(f, t)));
    }),
  );
});

const entry = (iteration: number, fraction: number | undefined, agentId = 'B') => ({
  iteration,
  agentId,
  structure: fraction === undefined ? undefined : policyStructure(policy(fraction)),
});

test('repeats of one proposal, and groups of them, within an agent', () => {
  const entries = [
    entry(0, 0.2),
    entry(1, 0.15),
    entry(2, 0.1501),
    entry(3, 0.15),
    entry(3, 0.15, 'A'),
    entry(4, undefined),
    entry(5, 0.15),
  ];
  expect(repeatsOf(entries, 'B', 3).map(({ entry: e, similarity: l }) => `${e.iteration} ${l}`)).toEqual([
    '1 same',
    '2 nearly',
    '5 same',
  ]);
  expect(repeatsOf(entries, 'B', 4)).toEqual([]);
  expect(
    repeatGroups(entries).map(({ first, again }) => [
      first.iteration,
      ...again.map((repeat) => `${repeat.entry.iteration} ${repeat.similarity}`),
    ]),
  ).toEqual([[1, '2 nearly', '3 same', '5 same']]);
});

test('each part of a policy knows since when it has been in force', () => {
  const inForce = [
    { iteration: 0, policy: policy(0.5, release) },
    { iteration: 2, policy: policy(0.4, wait) },
    { iteration: 5, policy: policy(0.5, wait) },
  ];
  const told = (asked: Json) =>
    originsOf(asked, inForce).map(({ place, text, since }) => `${place} ${text}: ${since ?? 'new'}`);
  expect(told(policy(0.5, wait))).toEqual([
    // 0.5 was in force from 0 to 1 as well, but not without a break.
    'parameters initial_liquidity_fraction 50 %: 5',
    'payment_tree ticks_to_deadline <= 2: 2',
    'payment_tree Release: 0',
    'payment_tree Hold: 2',
  ]);
  expect(told(policy(0.3, release))).toEqual([
    'parameters initial_liquidity_fraction 30 %: new',
    'payment_tree Release: 0',
  ]);
});

test('of many policies in force the latest 500 policies are looked at, and what is older says so', () => {
  const policy = (step: number) => ({ parameters: { constant: 1, moving: step } });
  const inForce = Array.from({ length: 600 }, (_, step) => ({ iteration: step, policy: policy(step) }));
  expect(
    originsOf(policy(599), inForce).map(({ text, since, orEarlier }) => [text, since, orEarlier]),
  ).toEqual([
    ['constant 1', 100, true],
    ['moving 599', 599, false],
  ]);
});

test('groups are the same however far apart the numbers lie', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 900, max: 1100 }), { maxLength: 40 }), (fractions) => {
      const entries = fractions.map((fraction, iteration) => ({
        iteration,
        agentId: 'A',
        structure: policyStructure(policy(fraction / 10_000)),
      }));
      const grouped = new Set(
        repeatGroups(entries).flatMap(({ first, again }) => [first, ...again.map(({ entry }) => entry)]),
      );
      const firsts: number[] = [];
      const joined = fractions.map((fraction) => {
        const near = firsts.some((first) => Math.abs(first - fraction) <= 0.01 * Math.max(first, fraction));
        if (!near) firsts.push(fraction);
        return near;
      });
      entries.forEach((entry, i) => {
        if (joined[i] === true) expect(grouped).toContain(entry);
      });
      expect(grouped.size - repeatGroups(entries).length).toBe(joined.filter(Boolean).length);
    }),
  );
});
