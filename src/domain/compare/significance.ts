import jStat from 'jstat';

import type { Cents } from '../../lib/units.ts';
import { mean, sampleDeviation } from '../acceptance/statistics.ts';
import type { Spread } from './outcome.ts';

/** Passes that a test or an interval of the mean needs on each side. */
export const fewestPasses = 3;

/** Two-sided 95 % quantile of Student's t. */
const quantile = (degrees: number): number => jStat.studentt.inv(0.975, degrees);

/** 95 % interval of the mean, Student's t with n - 1 degrees; undefined for fewer than three passes. */
export function interval95({
  count,
  mean: centre,
  deviation,
}: Spread): readonly [number, number] | undefined {
  if (count < fewestPasses || deviation === undefined) return undefined;
  const margin = (quantile(count - 1) * deviation) / Math.sqrt(count);
  return [centre - margin, centre + margin];
}

/** What is known of each pass that a test compares. */
export interface TestedPass {
  readonly finalCents: Cents | undefined;
  /** Exact digits. */
  readonly seed: string | undefined;
  readonly evaluationMode: string | undefined;
  /** File name or text of the scenario: passes of other scenarios have other arrivals. */
  readonly scenario: string | undefined;
}

/** A comparison of two groups of final costs. */
interface TestResult {
  readonly kind: 'paired' | 'unpaired';
  /** As textbooks name it. */
  readonly name: string;
  readonly assumes: string;
  /** Mean of the group minus mean of the baseline, cents. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly t: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
}

/** A test of the final costs, or why none may be used. */
export type Tested = TestResult | { readonly refused: string };

/**
 * Paired by seed where both groups have the same seeds, once each; Welch's test for unequal variances otherwise
 * (B. L. Welch, Biometrika 34, 1947).
 */
export function testFinals(group: readonly TestedPass[], baseline: readonly TestedPass[]): Tested {
  const all = [...group, ...baseline];
  const fewest = Math.min(group.length, baseline.length);
  if (fewest < fewestPasses)
    return { refused: `a test needs ${fewestPasses} passes on each side, one has ${fewest}` };
  const finals = (passes: readonly TestedPass[]) =>
    passes.flatMap(({ finalCents }) => (finalCents === undefined ? [] : [Number(finalCents)]));
  const [a, b] = [finals(group), finals(baseline)];
  if (a.length < group.length || b.length < baseline.length)
    return { refused: 'the final cost of a pass is not recorded' };
  if (all.some(({ evaluationMode }) => evaluationMode === 'bootstrap'))
    return { refused: 'in bootstrap mode each final cost is of the arrivals of its own iteration' };
  const scenarios = new Set(all.map(({ scenario }) => scenario));
  if (scenarios.has(undefined))
    return { refused: 'the scenario of a pass is not stored, so its arrivals may be others' };
  if (scenarios.size > 1) return { refused: 'their scenarios differ, and with them the arrivals' };
  const pairs = pairsBySeed(group, baseline);
  return pairs === undefined ? welch(a, b) : pairedTest(pairs);
}

/** Final costs side by side where both have the same seeds, once each. */
function pairsBySeed(
  group: readonly TestedPass[],
  baseline: readonly TestedPass[],
): readonly (readonly [number, number])[] | undefined {
  const bySeed = new Map(baseline.map(({ seed, finalCents }) => [seed, finalCents]));
  const seeds = new Set(group.map(({ seed }) => seed));
  if (bySeed.size !== baseline.length || seeds.size !== group.length || bySeed.size !== seeds.size)
    return undefined;
  const pairs = group.flatMap(({ seed, finalCents }) => {
    const other = seed === undefined ? undefined : bySeed.get(seed);
    return other === undefined || finalCents === undefined
      ? []
      : [[Number(finalCents), Number(other)] as const];
  });
  return pairs.length === group.length ? pairs : undefined;
}

const noVariation = { refused: 'the final costs do not vary, so that chance has no measure' } as const;

function pairedTest(pairs: readonly (readonly [number, number])[]): Tested {
  const differences = pairs.map(([one, other]) => one - other);
  const deviation = sampleDeviation(differences) ?? 0;
  if (deviation === 0) return noVariation;
  return concluded({
    kind: 'paired',
    name: 'paired t-test, by seed',
    assumes: 'the differences between passes of one seed are independent and roughly normal',
    difference: mean(differences),
    error: deviation / Math.sqrt(differences.length),
    degrees: differences.length - 1,
  });
}

function welch(a: readonly number[], b: readonly number[]): Tested {
  const [partA, partB] = [a, b].map((values) => (sampleDeviation(values) ?? 0) ** 2 / values.length);
  if (partA === undefined || partB === undefined || partA + partB === 0) return noVariation;
  return concluded({
    kind: 'unpaired',
    name: 'Welch’s t-test, unpaired',
    assumes: 'the passes are independent and their final costs roughly normal; variances may differ',
    difference: mean(a) - mean(b),
    error: Math.sqrt(partA + partB),
    degrees: (partA + partB) ** 2 / (partA ** 2 / (a.length - 1) + partB ** 2 / (b.length - 1)),
  });
}

type Estimate = Pick<TestResult, 'kind' | 'name' | 'assumes' | 'difference' | 'degrees'> & {
  /** Standard error of the difference. */
  readonly error: number;
};

function concluded({ error, ...estimate }: Estimate): TestResult {
  const { difference, degrees } = estimate;
  const t = difference / error;
  const margin = quantile(degrees) * error;
  return {
    ...estimate,
    t,
    interval: [difference - margin, difference + margin],
    p: 2 * (1 - jStat.studentt.cdf(Math.abs(t), degrees)),
  };
}
