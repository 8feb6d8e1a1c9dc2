/** The original's offsetting step, by kind (domain.md 7.7). Money in cents; banks 0, 1, 2 in the order of the alphabet. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { OffsettingReplay, type RunFact, type FactKind } from './replay.ts';
import { type BankRules, type Limits, type OffsettingRules, at, openState, roomOf } from './state.ts';
import { playStep } from './step.ts';

const bank = (more: Partial<BankRules> = {}): BankRules => ({
  unsecuredCap: 0n,
  posted: 0n,
  haircut: 0.02,
  limits: undefined,
  ...more,
});

const rulesOf = (banks: readonly BankRules[], more: Partial<OffsettingRules> = {}): OffsettingRules => ({
  pairs: true,
  cycles: true,
  longestCycle: 4,
  cyclesPerPass: 10,
  deferredCrediting: false,
  banks,
  ...more,
});

const limits = (bilateral: readonly (readonly [number, bigint])[], multilateral?: bigint): Limits => ({
  bilateral: new Map(bilateral),
  multilateral,
});

type Given = readonly [tick: number, what: FactKind, more?: Partial<RunFact>];

const none = {
  tx: undefined,
  bank: undefined,
  counterparty: undefined,
  amount: undefined,
  second: undefined,
};

function play(rules: OffsettingRules, openings: readonly bigint[], given: readonly Given[], ticks: number) {
  const replay = new OffsettingReplay(rules, openings, undefined);
  // The step of a tick stands where its first offset event does.
  const tells = (what: FactKind) => ['pair', 'pair at entry', 'cycle'].includes(what);
  const stepped = new Set<number>();
  for (const [seq, [tick, what, more]] of given.entries()) {
    if (tells(what) && !stepped.has(tick)) replay.apply({ seq, tick, what: 'step', ...none });
    if (tells(what)) stepped.add(tick);
    replay.apply({ seq, tick, what, ...none, ...more });
  }
  replay.finish(ticks);
  return {
    settled: replay.settlements.map(({ tx, tick, way }) => `${tx} at ${tick}, ${way}`),
    outcomes: replay.outcomes.map(({ kind, settledPayments }) => `${kind} ${settledPayments}`),
    refusals: replay.outcomes.map(({ refusal }) => refusal),
    contradictions: replay.contradictions,
  };
}

const queued = (tick: number, tx: number, from: number, to: number, amount: bigint): Given => [
  tick,
  'queued',
  { tx, bank: from, counterparty: to, amount },
];
const pair = (tick: number, amount: bigint, second: bigint): Given => [
  tick,
  'pair',
  { bank: 0, counterparty: 1, amount, second },
];

describe('two banks', () => {
  const two = rulesOf([bank(), bank()]);

  test('an offset settles whole when the bank that owes the difference covers it', () => {
    const given = [queued(0, 1, 0, 1, 900n), queued(0, 2, 1, 0, 1000n), pair(0, 900n, 1000n)];
    expect(play(two, [0n, 100n], given, 1)).toMatchObject({
      settled: ['1 at 0, bilateral offset', '2 at 0, bilateral offset'],
      outcomes: ['settled 2'],
      contradictions: [],
    });
  });

  test('one that is refused is written again in each tick, and settles when money has come', () => {
    const given: readonly Given[] = [
      queued(0, 1, 0, 1, 900n),
      queued(0, 2, 1, 0, 1000n),
      pair(0, 900n, 1000n),
      pair(1, 900n, 1000n),
      [2, 'pool', { bank: 1, amount: 1n }],
      pair(2, 900n, 1000n),
    ];
    const played = play(two, [0n, 99n], given, 3);
    expect(played).toMatchObject({
      settled: ['1 at 2, bilateral offset', '2 at 2, bilateral offset'],
      outcomes: ['refused 0', 'refused 0', 'settled 2'],
      contradictions: [],
    });
    expect(played.refusals[0]).toEqual({ why: 'short', bank: 1, needed: 100n, short: 1n });
  });

  test('collateral counts after its haircut, and an adjusted cap at once', () => {
    const given = (more: Given): readonly Given[] => [
      more,
      queued(0, 1, 0, 1, 100n),
      queued(0, 2, 1, 0, 198n),
      pair(0, 100n, 198n),
    ];
    expect(play(two, [0n, 0n], given([0, 'posted', { bank: 1, amount: 100n }]), 1).outcomes).toEqual([
      'settled 2',
    ]);
    expect(play(two, [0n, 0n], given([0, 'posted', { bank: 1, amount: 99n }]), 1).refusals).toEqual([
      { why: 'short', bank: 1, needed: 98n, short: 1n },
    ]);
    expect(play(two, [0n, 0n], given([0, 'cap', { bank: 1, amount: 98n }]), 1).outcomes).toEqual([
      'settled 2',
    ]);
  });

  test('whole sums count against limits', () => {
    const limited = rulesOf([bank({ limits: limits([[1, 899n]]) }), bank()]);
    const given = [queued(0, 1, 0, 1, 900n), queued(0, 2, 1, 0, 900n), pair(0, 900n, 900n)];
    expect(play(limited, [0n, 0n], given, 1).refusals).toEqual([
      { why: 'bilateral limit', bank: 0, counterparty: 1, limit: 899n, paid: 0n, amount: 900n },
    ]);
  });

  test('a withdrawn payment takes no part until it stands in Queue 2 again', () => {
    const given: readonly Given[] = [
      queued(0, 1, 0, 1, 500n),
      [0, 'withdrawn', { tx: 1 }],
      queued(0, 2, 1, 0, 500n),
      queued(1, 1, 0, 1, 500n),
      pair(1, 500n, 500n),
    ];
    expect(play(two, [0n, 0n], given, 2)).toMatchObject({
      settled: ['1 at 1, bilateral offset', '2 at 1, bilateral offset'],
      contradictions: [],
    });
  });

  test('an offset on entry names two payments, though three settle', () => {
    const given: readonly Given[] = [
      queued(0, 1, 0, 1, 300n),
      queued(0, 2, 0, 1, 200n),
      queued(0, 3, 1, 0, 500n),
      [0, 'pair at entry', { bank: 0, counterparty: 1, amount: 500n, second: 500n }],
    ];
    expect(play(two, [0n, 0n], given, 1)).toMatchObject({ outcomes: ['settled 3'], contradictions: [] });
  });

  test('an event that the step would not have written is a contradiction', () => {
    const given = [queued(0, 1, 0, 1, 900n), queued(0, 2, 1, 0, 900n), pair(0, 900n, 901n)];
    expect(play(two, [0n, 0n], given, 1).contradictions[0]).toEqual({
      seq: 2,
      tick: 0,
      about: 'offset event',
    });
  });
});

describe('three banks', () => {
  const three = rulesOf([bank(), bank(), bank()]);
  const round = [queued(0, 1, 0, 1, 300n), queued(0, 2, 0, 1, 200n), queued(0, 3, 1, 2, 500n)];
  const cycle = (total: bigint): Given => [0, 'cycle', { bank: 0, amount: total }];

  test('a cycle may hold more payments than banks', () => {
    const given = [...round, queued(0, 4, 2, 0, 500n), cycle(1500n)];
    expect(play(three, [0n, 0n, 0n], given, 1)).toMatchObject({
      outcomes: ['settled 4'],
      contradictions: [],
    });
  });

  test('a cycle that is refused leaves no event, and what settles after it none either', () => {
    // Bank 2 lacks one cent for the cycle; bank 0 can pay one of its payments alone.
    const given = [...round, queued(0, 4, 2, 0, 501n)];
    const played = play(three, [200n, 0n, 0n], given, 1);
    expect(played.settled).toEqual(['2 at 0, retry']);
    expect(played.outcomes).toEqual([]);
    expect(played.contradictions).toEqual([]);
  });

  test('a limit forbids a cycle', () => {
    const limited = rulesOf([bank({ limits: limits([], 299n) }), bank(), bank()]);
    const given = [...round, queued(0, 4, 2, 0, 500n)];
    expect(play(limited, [0n, 0n, 0n], given, 1)).toMatchObject({ settled: [], contradictions: [] });
  });
});

test('deferred credits cannot be paid on in the same tick', () => {
  const deferred = rulesOf([bank(), bank()], { deferredCrediting: true });
  const given: readonly Given[] = [
    [0, 'settled', { tx: 9, bank: 0, counterparty: 1, amount: 100n }],
    queued(0, 1, 0, 1, 50n),
    queued(0, 2, 1, 0, 150n),
    pair(0, 50n, 150n),
    pair(1, 50n, 150n),
  ];
  expect(play(deferred, [100n, 0n], given, 2).outcomes).toEqual(['refused 0', 'settled 2']);
});

describe('any queue', () => {
  const amount = fc.bigInt(1n, 1000n);
  const number = fc.integer({ min: 0, max: 3 });
  const payment = fc.record({ sender: number, receiver: number, amount });
  const arbitrary = fc.record({
    payments: fc.array(payment, { maxLength: 14 }),
    openings: fc.array(fc.bigInt(-500n, 500n), { minLength: 4, maxLength: 4 }),
    caps: fc.array(fc.bigInt(0n, 500n), { minLength: 4, maxLength: 4 }),
    deferredCrediting: fc.boolean(),
  });

  test('a step makes and loses no money, and takes no bank below its room', () => {
    fc.assert(
      fc.property(arbitrary, ({ payments, openings, caps, deferredCrediting }) => {
        const rules = rulesOf(
          caps.map((unsecuredCap) => bank({ unsecuredCap })),
          { deferredCrediting },
        );
        const state = openState(rules, openings);
        payments
          .filter(({ sender, receiver }) => sender !== receiver)
          .forEach((one, tx) => state.queue.set(tx, { tx, ...one }));
        const before = state.queue.size;
        const { settlements } = playStep(state);
        const sum = (values: readonly bigint[]) => values.reduce((all, one) => all + one, 0n);
        expect(sum(state.balances) + sum(state.pending)).toBe(sum(openings));
        expect(state.queue.size + settlements.length).toBe(before);
        for (const [no, opening] of openings.entries()) {
          const least = -roomOf(state, no) < opening ? -roomOf(state, no) : opening;
          expect(at(state.balances, no) + at(state.pending, no)).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 300 },
    );
  });
});
