import { mean, meanInterval, sampleDeviation } from '../../domain/acceptance/statistics.ts';
import type { LabAcceptanceRules } from './experimentConfig.ts';

/** One proposal measured against the policy in force; costs in cents, pairs in the same order. */
export interface MeasuredPair {
  readonly oldCosts: readonly number[];
  readonly newCosts: readonly number[];
  /** Settled share with the proposal; unknown in bootstrap mode. */
  readonly settlementRate: number | undefined;
}

export interface Decision {
  readonly accepted: boolean;
  /** In the words of domain.md 6.4. */
  readonly reason: string;
}

export function deltasOf({ oldCosts, newCosts }: MeasuredPair): readonly number[] {
  return oldCosts.map((oldCost, i) => oldCost - (newCosts[i] ?? oldCost));
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}

/** The rule that turns the proposal down, or undefined. In the order of domain.md 6.3. */
function refusal(comparison: MeasuredPair, rules: LabAcceptanceRules): string | undefined {
  const { newCosts, settlementRate } = comparison;
  const floor = rules.min_settlement_rate;
  if (settlementRate !== undefined && settlementRate < floor) {
    const [rate, least] = [(settlementRate * 100).toFixed(1), (floor * 100).toFixed(0)];
    return `Settlement rate ${rate}% below minimum ${least}%. Policy rejected.`;
  }
  const deltas = deltasOf(comparison);
  if (deltas.reduce((sum, delta) => sum + delta, 0) <= 0) return 'delta_sum ≤ 0';
  // Of the paired savings; the original tests the interval of the new cost (docs/decisions).
  const interval = rules.require_statistical_significance ? meanInterval(deltas) : undefined;
  if (interval !== undefined && interval[0] <= 0) {
    const [low, high] = interval.map(Math.trunc);
    return `Improvement not statistically significant: 95% CI [${low}, ${high}] includes zero`;
  }
  const limit = rules.max_coefficient_of_variation;
  const [deviation, average] = [sampleDeviation(newCosts), mean(newCosts)];
  if (limit !== undefined && deviation !== undefined && average > 0 && deviation / average > limit) {
    return (
      `Variance too high: CV=${(deviation / average).toFixed(2)} exceeds threshold ${limit}. ` +
      `Policy is unstable (std_dev=${dollars(deviation)}, mean=${dollars(average)})`
    );
  }
  return undefined;
}

export function decide(comparison: MeasuredPair, rules: LabAcceptanceRules): Decision {
  const reason = refusal(comparison, rules);
  if (reason !== undefined) return { accepted: false, reason };
  const tested = rules.require_statistical_significance && comparison.newCosts.length > 1;
  const limit = rules.max_coefficient_of_variation;
  const passed = [
    'delta_sum > 0',
    ...(tested ? ['CI > 0'] : []),
    ...(limit === undefined ? [] : [`CV ≤ ${limit}`]),
  ];
  return { accepted: true, reason: `passed: ${passed.join(', ')}` };
}
