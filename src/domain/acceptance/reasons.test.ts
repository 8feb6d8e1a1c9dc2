import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { classifyRejection } from '../experiment/verdict.ts';
import { parseReason } from './reasons.ts';
import { inferRules } from './rules.ts';

const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
const hundredth = fc.nat(9999).map((value) => value / 100);

describe('stored reasons', () => {
  it('give back the numbers that were written into them, and the kind that the verdict has', () => {
    fc.assert(
      fc.property(cents, cents, hundredth, hundredth, fc.nat(1000), (low, high, cv, limit, rate) => {
        const interval = `Improvement not statistically significant: 95% CI [${low}, ${high}] includes zero`;
        expect(parseReason(interval)).toEqual({ kind: 'not_significant', low, high });
        const varied =
          `Variance too high: CV=${cv.toFixed(2)} exceeds threshold ${limit}. ` +
          'Policy is unstable (std_dev=$49.50, mean=$45.00)';
        expect(parseReason(varied)).toEqual({ kind: 'unstable', cv, limit });
        const floor = `Settlement rate ${(rate / 10).toFixed(1)}% below minimum 95%. Policy rejected.`;
        expect(parseReason(floor)).toEqual({ kind: 'below_floor', rate: rate / 10 / 100, floor: 0.95 });
        for (const reason of [interval, varied, floor]) {
          expect(parseReason(reason)?.kind).toBe(classifyRejection(reason));
        }
      }),
    );
  });

  it('tell which rules a policy passed', () => {
    const passed = { kind: 'passed', significance: false, largestCv: undefined };
    expect(parseReason('passed: delta_sum > 0')).toEqual(passed);
    expect(parseReason('passed: delta_sum > 0, CI > 0')).toEqual({ ...passed, significance: true });
    expect(parseReason('passed: delta_sum > 0, CV ≤ 0.5')).toEqual({ ...passed, largestCv: 0.5 });
    expect(parseReason('passed: delta_sum > 0, CI > 0, CV ≤ 0.5')).toEqual({
      kind: 'passed',
      significance: true,
      largestCv: 0.5,
    });
    expect(parseReason('passed with distinction')).toBeUndefined();
  });
});

describe('rules in force', () => {
  const evidence = { startedAt: undefined, mode: 'bootstrap', stored: undefined, reasons: [] };
  const of = (more: Partial<Parameters<typeof inferRules>[0]>) => inferRules({ ...evidence, ...more });

  it('follow the era where no reason tells them', () => {
    const pairwise = { mode: 'deterministic-pairwise' };
    const before = of({ ...pairwise, startedAt: '2025-12-21T23:59:59' });
    expect([before.significance, before.largestCv, before.settlementFloor]).toEqual([
      { known: true, value: 'none', from: 'date' },
      { known: true, value: undefined, from: 'date' },
      { known: true, value: undefined, from: 'date' },
    ]);
    const between = of({ ...pairwise, startedAt: '2026-01-02 03:04:05' });
    expect(between.significance).toEqual({ known: false });
    expect(between.settlementFloor).toEqual({ known: true, value: undefined, from: 'date' });
    const since = of({ ...pairwise, startedAt: '2026-02-25T00:00:00' });
    expect(since.settlementFloor).toEqual({ known: true, value: 0.95, from: 'date' });
    expect(of(pairwise).settlementFloor).toEqual({ known: false });
  });

  it('are read from one reason for the whole experiment', () => {
    const rules = of({ reasons: ['delta_sum ≤ 0', 'passed: delta_sum > 0, CI > 0, CV ≤ 0.5'] });
    expect(rules.significance).toEqual({ known: true, value: 'new cost', from: 'reasons' });
    expect(rules.largestCv).toEqual({ known: true, value: 0.5, from: 'reasons' });
    // A worse proposal is turned down first, whatever comes after.
    expect(of({ reasons: ['delta_sum ≤ 0'] }).significance).toEqual({ known: false });
    expect(of({ reasons: ['cost_not_improved'] }).largestCv).toEqual({
      known: true,
      value: undefined,
      from: 'reasons',
    });
  });

  it('stand in the configuration of our own lab, and are none in temporal mode', () => {
    const stored = { requireSignificance: true, largestCv: 0.4, settlementFloor: 0.9 };
    const rules = of({ stored, mode: 'deterministic-pairwise', reasons: ['passed: delta_sum > 0'] });
    expect(rules.significance).toEqual({ known: true, value: 'saving', from: 'configuration' });
    expect(rules.settlementFloor).toEqual({ known: true, value: 0.9, from: 'configuration' });
    expect(of({ mode: 'deterministic-temporal' }).compares).toBe(false);
  });
});
