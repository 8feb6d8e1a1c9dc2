import { describe, expect, it } from 'vitest';

import type { Proposal } from '../../domain/experiment/normalised.ts';
import { agentId, simulationId } from '../../lib/ids.ts';
import { cents } from '../../lib/units.ts';
import { deltaSentence, sampleFacts } from '../iteration/VerdictPanel.tsx';
import { verdictDetail, savingNote } from './proposals/proposalWords.ts';
import { formatTenths, savingTenths } from './experimentWords.ts';
import { prettyJson } from '../../lib/json.ts';
import { shortRunName, plainReason } from './words.ts';

describe('a stored convergence reason in plain words (domain.md 9.2)', () => {
  it.each([
    ['Stability achieved (5 consecutive stable iterations)', '5 iterations in a row'],
    ['Max iterations reached (14)', 'limit of 14 iterations was reached; no convergence rule was met'],
    ['policy_stability', 'policies stopped moving'],
    ['something new', 'something new'],
  ])('%s', (reason, words) => {
    expect(plainReason(reason, true)).toContain(words);
  });

  it('says that none is stored', () => {
    expect(plainReason(undefined, false)).toContain('still running, or it died');
    expect(plainReason(undefined, true)).toBe('completed; no reason is stored');
  });
});

describe('saving', () => {
  it.each([
    [99600n, 32868n, '67.0 %'],
    [10000n, 10000n, '0.0 %'],
    [10000n, 12345n, '−23.5 %'],
    [3n, 1n, '66.7 %'],
    [9223372036854775807n, 1n, '100.0 %'],
  ])('from %s to %s cents is %s', (first, final, text) => {
    expect(formatTenths(savingTenths(cents(first), cents(final)) ?? 0n)).toBe(text);
  });

  it('is not told where there is no first cost, or nothing to save from', () => {
    expect(savingTenths(undefined, cents(1))).toBeUndefined();
    expect(savingTenths(cents(0), cents(1))).toBeUndefined();
  });
});

it('sets JSON out over lines with every digit, and leaves other text alone', () => {
  expect(prettyJson('{"a":{"b":[1,9007199254740993]},"c":[]}')).toBe(
    '{\n  "a": {\n    "b": [\n      1,\n      9007199254740993\n    ]\n  },\n  "c": []\n}',
  );
  expect(prettyJson('no json')).toBe('no json');
});

it('shortens run ids of both schemas, and no other', () => {
  const short = (id: string) => shortRunName({ simulationId: simulationId(id) });
  expect(short('exp2-20261123-045350-e40e67-sim-011-init')).toBe('init 011');
  expect(short('my-iter3-exp-iter5-bootstrap-sample2')).toBe('bootstrap 2');
  expect(short('sim-3a023269')).toBe('sim-3a023269');
});

describe('the sign of a delta in words', () => {
  const base: Proposal = {
    iteration: 11,
    agentId: agentId('BANK_B'),
    verdict: 'rejected',
    verdictSource: 'evaluation row',
    rejectionKind: 'below_floor',
    reason: undefined,
    parameters: new Map(),
    oldCostCents: cents(2100),
    newCostCents: cents(7100),
    deltaSumCents: cents(-5000),
    sampleCount: 1,
    settlementRate: undefined,
    newCostStdDevCents: undefined,
    newCostIntervalCents: undefined,
  };

  it('dearer is negative, cheaper is positive', () => {
    expect(deltaSentence(base)).toContain('$50.00 dearer than the policy in force.');
    expect(deltaSentence({ ...base, newCostCents: cents(1100), deltaSumCents: cents(1000) })).toContain(
      '$10.00 cheaper than the policy in force.',
    );
  });

  it('a saving on samples is their mean, and says why old minus new is a cent more', () => {
    const sampled = {
      ...base,
      oldCostCents: cents(16932),
      newCostCents: cents(15119),
      deltaSumCents: cents(90609),
      sampleCount: 50,
    };
    expect(deltaSentence(sampled)).toContain(
      '$18.12 cheaper than the policy in force on the mean of 50 samples.',
    );
    expect(savingNote(sampled)).toBe(
      'Mean of 50 paired savings, sum $906.09. Old and new cost are rounded down to cents; their difference is $18.13.',
    );
    const hardly = { ...sampled, newCostCents: sampled.oldCostCents, deltaSumCents: cents(3) };
    expect(deltaSentence(hardly)).toContain('less than a cent cheaper');
  });

  it('a delta that the costs contradict does not decide, and is named', () => {
    const turned = { ...base, deltaSumCents: cents(5000) };
    expect(deltaSentence(turned)).toBe(
      'The proposal is $50.00 dearer than the policy in force. The stored delta, $50.00, contradicts the costs.',
    );
    expect(savingNote(turned)).toBe('Old minus new. The stored delta, $50.00, contradicts it.');
    expect(sampleFacts(turned)).toContainEqual({
      label: 'sum of the savings',
      value: 'stored as $50.00',
      note: 'Old minus new. The stored delta, $50.00, contradicts it.',
    });
  });

  it('says that a proposal costs more only where it does', () => {
    const worse = { ...base, rejectionKind: 'worse' as const };
    expect(verdictDetail(worse)).toBe('dearer');
    expect(verdictDetail({ ...worse, newCostCents: cents(2100), deltaSumCents: cents(0) })).toBe('same cost');
    expect(verdictDetail({ ...worse, newCostCents: undefined, deltaSumCents: undefined })).toBe(
      'not cheaper',
    );
  });

  it('a cost that is not recorded is not made up', () => {
    expect(deltaSentence({ ...base, newCostCents: undefined, deltaSumCents: undefined })).toContain(
      'not recorded',
    );
    expect(deltaSentence({ ...base, verdict: 'invalid' })).toContain('nothing was evaluated');
  });
});
