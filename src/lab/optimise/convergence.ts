import { mean, squaredDeviations } from '../../domain/acceptance/statistics.ts';
import type { ConvergenceRules, EvaluationMode } from './laboratory.ts';

/** Why the loop ends. A spent budget ends it without convergence, unlike in the original (docs/decisions). */
export interface LoopEnd {
  readonly converged: boolean;
  /** In the words of domain.md 9.2. */
  readonly reason: string;
}

function isStableChange(before: number, after: number, threshold: number): boolean {
  return before === 0 ? after < threshold : Math.abs(after - before) / before <= threshold;
}

/** The last `window` changes are all within the threshold. */
function isStable(costs: readonly number[], rules: ConvergenceRules): boolean {
  const recent = costs.slice(-rules.stability_window - 1);
  return (
    recent.length > rules.stability_window &&
    recent.slice(1).every((cost, i) => isStableChange(recent[i] ?? cost, cost, rules.stability_threshold))
  );
}

/** Little variation, no trend, and the present cost near the best: under sampling noise all three are asked. */
function isSettled(costs: readonly number[], rules: ConvergenceRules): boolean {
  const recent = costs.slice(-rules.stability_window);
  const current = costs.at(-1) ?? 0;
  const best = Math.min(...costs);
  const regret = current === best ? 0 : (current - best) / best;
  return (
    recent.length === rules.stability_window &&
    coefficientOfVariation(recent) < rules.cv_threshold &&
    !hasTrend(recent) &&
    regret <= rules.regret_threshold
  );
}

/** 0.301 is 0.001 from 0.3, though its double is a hair more. */
const fractionTolerance = 0.001 + 1e-9;

/** Every agent's last proposed fractions stay within 0.001 of the first of them. */
function arePoliciesStable(fractions: readonly (readonly (number | undefined)[])[], window: number): boolean {
  return (
    fractions.length > 0 &&
    fractions.every((proposed) => {
      const recent = proposed.slice(-window);
      const [first] = recent;
      return (
        recent.length === window &&
        first !== undefined &&
        recent.every((fraction) => fraction !== undefined && Math.abs(fraction - first) <= fractionTolerance)
      );
    })
  );
}

/** What has been seen so far; the rules below need nothing else, so a reopened file decides alike. */
export interface LoopHistory {
  /** Total cost of each iteration, in cents. */
  readonly costs: readonly number[];
  /** Temporal mode: for each agent the fraction proposed in each iteration. */
  readonly proposedFractions: readonly (readonly (number | undefined)[])[];
}

/** Whether the loop stops here (domain.md 9.1), and why; a detector goes before the budget. */
export function stopOf(
  mode: EvaluationMode,
  progress: LoopHistory,
  rules: ConvergenceRules,
): LoopEnd | undefined {
  const { costs, proposedFractions } = progress;
  const window = rules.stability_window;
  if (mode === 'deterministic-temporal' && arePoliciesStable(proposedFractions, window)) {
    return { converged: true, reason: 'policy_stability' };
  }
  if (mode === 'bootstrap') {
    if (isSettled(costs, rules)) {
      return { converged: true, reason: 'All convergence criteria satisfied (CV, trend, regret)' };
    }
  } else if (isStable(costs, rules)) {
    return { converged: true, reason: `Stability achieved (${window} consecutive stable iterations)` };
  }
  return costs.length >= rules.max_iterations
    ? { converged: false, reason: `Max iterations reached (${rules.max_iterations})` }
    : undefined;
}

/** Population deviation over mean; 0 for a constant 0. */
export function coefficientOfVariation(values: readonly number[]): number {
  const deviation = Math.sqrt(squaredDeviations(values) / values.length);
  return deviation === 0 ? 0 : deviation / mean(values);
}

/** Mann and Kendall's test: whether the values rise or fall, at a level of 5 % (normal approximation, ties counted). */
export function hasTrend(values: readonly number[]): boolean {
  const n = values.length;
  let score = 0;
  for (const [i, earlier] of values.entries()) {
    for (const later of values.slice(i + 1)) score += Math.sign(later - earlier);
  }
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  if (score === 0 || variance <= 0) return false;
  return (Math.abs(score) - 1) / Math.sqrt(variance) > 1.96;
}
