import { describe, expect, it } from 'vitest';
import { cents } from '../../lib/units.ts';
import { acceptedCosts, isSampled } from './lines.ts';
import { bankA, bankB, proposal, row, sampledDetail } from '../../testing/figureExperiment.ts';

describe('acceptedCosts', () => {
  it('carries the accepted new cost and its interval over rejections, from the next iteration on', () => {
    const { iterations, proposals } = sampledDetail();
    const own = proposals.filter((each) => each.agentId === bankA);
    const costs = acceptedCosts(iterations, own, bankA);
    expect(costs.get(0)).toEqual({ costCents: cents(49800), intervalCents: undefined });
    const accepted = { costCents: cents(39840), intervalCents: [cents(39000), cents(40500)] };
    expect(costs.get(1)).toEqual(accepted);
    expect(costs.get(2)).toEqual(accepted);
  });

  it('keeps the baseline as first measured before any acceptance', () => {
    const rows = [row(0, { BANK_B: 500 }), row(1, { BANK_B: 520 })];
    const costs = acceptedCosts(rows, [proposal(0, bankB, 'rejected', { new: 600, samples: 50 })], bankB);
    expect(costs.get(1)?.costCents).toBe(500n);
  });

  it('takes the first measured cost of a policy whose new cost was not recorded', () => {
    const rows = [row(0, { BANK_B: 500 }), row(1, { BANK_B: 420 }), row(2, { BANK_B: 430 })];
    const costs = acceptedCosts(rows, [proposal(0, bankB, 'accepted', { samples: 50 })], bankB);
    expect([...costs.values()].map(({ costCents }) => costCents)).toEqual([500n, 420n, 420n]);
  });
});

it('isSampled asks for more than one sample', () => {
  expect(isSampled([proposal(0, bankA, 'accepted', { samples: 1 })])).toBe(false);
  expect(isSampled([proposal(0, bankA, 'accepted', { samples: 2 })])).toBe(true);
});
