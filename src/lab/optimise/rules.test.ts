import { describe, expect, it } from 'vitest';

import { meanInterval, sampleDeviation } from '../../domain/acceptance/statistics.ts';
import { classifyRejection } from '../../domain/experiment/verdict.ts';
import { decide, flooredMeanOf } from './compare.ts';
import { coefficientOfVariation, hasTrend, stopOf } from './convergence.ts';

const rules = { require_statistical_significance: false, min_settlement_rate: 0.95 };

describe('acceptance', () => {
  const pair = (oldCost: number, newCost: number, settlementRate = 1) => ({
    oldCosts: [oldCost],
    newCosts: [newCost],
    settlementRate,
  });

  it('asks for the settlement floor first, then for a saving', () => {
    expect(decide(pair(2100, 2000), rules)).toEqual({ accepted: true, reason: 'passed: delta_sum > 0' });
    expect(decide(pair(2000, 2000), rules)).toEqual({ accepted: false, reason: 'delta_sum ≤ 0' });
    const below = decide(pair(2100, 7100, 2 / 3), rules);
    expect(below.reason).toBe('Settlement rate 66.7% below minimum 95%. Policy rejected.');
    expect(classifyRejection(below.reason)).toBe('below_floor');
  });

  it('tests the paired saving, not the new cost', () => {
    const significant = { ...rules, require_statistical_significance: true };
    // Costs vary wildly from sample to sample, the saving does not: significant.
    const steady = {
      oldCosts: [1_000, 50_000, 9_000, 120_000],
      newCosts: [990, 49_991, 8_989, 119_990],
      settlementRate: undefined,
    };
    expect(decide(steady, significant)).toEqual({ accepted: true, reason: 'passed: delta_sum > 0, CI > 0' });
    // Costs are all alike and far from 0, the saving is noise: the original accepts this one.
    const noise = {
      oldCosts: [5_000, 5_000, 5_000],
      newCosts: [4_000, 5_500, 5_400],
      settlementRate: undefined,
    };
    const rejected = decide(noise, significant);
    expect(rejected.accepted).toBe(false);
    expect(rejected.reason).toMatch(
      /^Improvement not statistically significant: 95% CI \[-\d+, \d+\] includes zero$/,
    );
    expect(meanInterval(noise.newCosts)?.[0]).toBeGreaterThan(0);
    expect(classifyRejection(rejected.reason)).toBe('not_significant');
  });

  it('turns down what varies too much', () => {
    const varied = { oldCosts: [9_000, 9_000], newCosts: [1_000, 8_000], settlementRate: undefined };
    const { reason } = decide(varied, { ...rules, max_coefficient_of_variation: 0.5 });
    expect(reason).toBe(
      'Variance too high: CV=1.10 exceeds threshold 0.5. Policy is unstable (std_dev=$49.50, mean=$45.00)',
    );
    expect(decide(varied, { ...rules, max_coefficient_of_variation: 1.2 }).reason).toBe(
      'passed: delta_sum > 0, CV ≤ 1.2',
    );
  });
});

describe('statistics', () => {
  it('gives the interval that the reference prints', () => {
    const values = Array.from({ length: 50 }, (_, i) => 22_615 + (i % 2 === 0 ? 45_410 : -45_410));
    const deviation = sampleDeviation(values) ?? 0;
    expect(Math.round(deviation)).toBe(45_871);
    const [low, high] = (meanInterval(values) ?? [0, 0]).map(Math.trunc);
    expect([low, high]).toEqual([9_504, 35_725]);
  });

  it('floors means exactly and sees trends', () => {
    expect(flooredMeanOf([1, 2])).toBe(1);
    expect(flooredMeanOf([9_007_199_254_740_991, 9_007_199_254_740_989, 9_007_199_254_740_991])).toBe(
      9_007_199_254_740_990,
    );
    expect(hasTrend([1, 2, 3, 4, 5])).toBe(true);
    expect(hasTrend([3, 1, 4, 2, 3])).toBe(false);
    expect(hasTrend([2, 2, 2, 2, 2])).toBe(false);
    expect(coefficientOfVariation([0, 0, 0])).toBe(0);
  });
});

describe('convergence', () => {
  const budget = {
    max_iterations: 8,
    stability_threshold: 0.05,
    stability_window: 3,
    cv_threshold: 0.03,
    regret_threshold: 0.1,
  };
  const stop = (mode: Parameters<typeof stopOf>[0], costs: number[], proposedFractions: number[][] = []) =>
    stopOf(mode, { costs, proposedFractions }, budget);

  it('is stability over the last changes in deterministic modes', () => {
    expect(stop('deterministic-pairwise', [100, 80, 79, 78])).toBeUndefined();
    expect(stop('deterministic-pairwise', [100, 80, 79, 78, 77])).toEqual({
      converged: true,
      reason: 'Stability achieved (3 consecutive stable iterations)',
    });
    expect(stop('deterministic-pairwise', [100, 0, 0, 0, 0])?.converged).toBe(true);
    expect(stop('deterministic-pairwise', [0, 7, 7, 7])).toBeUndefined();
  });

  it('asks for variation, trend and regret in bootstrap mode', () => {
    expect(stop('bootstrap', [100, 101, 100])?.reason).toBe(
      'All convergence criteria satisfied (CV, trend, regret)',
    );
    expect(stop('bootstrap', [100, 130, 100])).toBeUndefined();
    expect(stop('bootstrap', [50, 100, 101, 100])).toBeUndefined();
  });

  it('looks at the proposed fractions in temporal mode', () => {
    const stable = [
      [0.5, 0.3, 0.3005, 0.301],
      [0.2, 0.2, 0.2, 0.2],
    ];
    expect(stop('deterministic-temporal', [9, 5, 2, 1], stable)).toEqual({
      converged: true,
      reason: 'policy_stability',
    });
    expect(
      stop(
        'deterministic-temporal',
        [9, 5, 2, 1],
        [
          [0.5, 0.3, 0.3, 0.31],
          [0.2, 0.2, 0.2, 0.2],
        ],
      ),
    ).toBeUndefined();
  });

  it('does not call a spent budget convergence', () => {
    expect(stop('deterministic-pairwise', [80, 70, 60, 50, 40, 30, 20, 10])).toEqual({
      converged: false,
      reason: 'Max iterations reached (8)',
    });
  });
});
