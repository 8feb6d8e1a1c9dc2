import { expect, test } from 'vitest';

import { agentId, simulationId } from '../../../lib/ids.ts';
import type { PaymentRow } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import { twinChoices, twinLabel } from './TwinsCard.tsx';
import { fateWords, gapWords, divergenceTick, setupWords } from './TwinsFound.tsx';

const run = (id: string, seed: string | undefined) => ({ simulationId: simulationId(id), seed });

test('runs of the same seed come first, then the nearest; the run itself is no choice', () => {
  const runs = [run('a', '1'), run('b', '2'), run('c', '1'), run('d', undefined), run('e', '1')];
  const ids = (of: string, seed: string | undefined) =>
    twinChoices(runs, simulationId(of), seed).map(({ simulationId: id }) => String(id));
  expect(ids('c', '1')).toEqual(['a', 'e', 'b', 'd']);
  // An unknown seed is no common one.
  expect(ids('d', undefined)).toEqual(['c', 'e', 'b', 'a']);
  expect(twinLabel(run('x', '2'), '1', true)).toBe('x, seed 2');
  expect(twinLabel(run('x', undefined), '1', true)).toBe('x, seed not known');
  expect(twinLabel(run('x', '1'), '1', true)).toBe('x, same seed');
  expect(twinLabel(run('x', '1'), '1', false)).toBe('x, seed 1');
});

test('only the policies can differ where scenario and seed are the same, and nowhere else', () => {
  const words = (sameScenario: boolean | undefined, sameSeed: boolean | undefined) =>
    setupWords({ sameScenario, sameSeed });
  expect(words(true, true)).toContain('only the policies can differ');
  for (const other of [words(false, true), words(false, undefined), words(undefined, true)]) {
    expect(other).not.toContain('seed');
    expect(other).not.toContain('only the policies can');
  }
  expect(words(true, false)).toContain('other seeds');
  expect(words(true, undefined)).toContain('not known');
});

test('the gap in words, with its sign', () => {
  const gap = (value: bigint) => [{ tick: 99, costGapCents: cents(value) }];
  expect(gapWords(gap(-1500n))).toBe(
    'By the end of tick 99 the second run has cost $15.00 less than this one.',
  );
  expect(gapWords(gap(1n))).toContain('$0.01 more');
  expect(gapWords(gap(0n))).toContain('the same');
  expect(gapWords([])).toContain('no tick in common');
});

test('a payment parts where it first settles, or where it arrives when it never does', () => {
  const payment = (settlementTick: number | undefined): PaymentRow => ({
    txId: 't',
    sender: agentId('A'),
    receiver: agentId('B'),
    amountCents: cents(5n),
    priority: undefined,
    arrivalTick: 3,
    deadlineTick: undefined,
    settlementTick,
    overdueTick: undefined,
    partOverdueTick: undefined,
    settledBy: settlementTick === undefined ? undefined : 'immediate',
    status: settlementTick === undefined ? 'waiting' : 'settled',
    delayTicks: undefined,
    parentTxId: undefined,
    partCount: 0,
  });
  expect(divergenceTick(payment(9), payment(7))).toBe(7);
  expect(divergenceTick(payment(9), undefined)).toBe(9);
  expect(divergenceTick(payment(undefined), undefined)).toBe(3);
  expect(divergenceTick(undefined, undefined)).toBeUndefined();
  expect(fateWords(payment(9))).toBe('settled at once at tick 9');
  expect(fateWords({ ...payment(9), settledBy: undefined, partCount: 2 })).toBe(
    'settled in 2 parts at tick 9',
  );
  expect(fateWords(payment(undefined))).toBe('still waiting');
});
