import { cents, type Cents } from '../../lib/units.ts';
import { mean, sampleDeviation } from '../acceptance/statistics.ts';

/** Middle and spread of one number over the passes of a group. */
export interface Spread {
  /** Passes that have the number. */
  readonly count: number;
  /** Passes of which it is not recorded. */
  readonly absent: number;
  readonly mean: number;
  /** Of a sample (n - 1); undefined for a single value. */
  readonly deviation: number | undefined;
  readonly low: number;
  readonly high: number;
}

/** Undefined where no pass has a number. Cents count as numbers: exact up to 2^53, the mean a fraction of a cent. */
export function spreadOf(values: readonly (Cents | number | undefined)[]): Spread | undefined {
  const found = values.flatMap((value) => (value === undefined ? [] : [Number(value)]));
  if (found.length === 0) return undefined;
  const low = found.reduce((a, b) => Math.min(a, b));
  const high = found.reduce((a, b) => Math.max(a, b));
  // The sum of equal fractions is rounded, and would leave a deviation where there is none.
  const areEqual = low === high && found.length > 1;
  return {
    count: found.length,
    absent: values.length - found.length,
    mean: areEqual ? low : mean(found),
    deviation: areEqual ? 0 : sampleDeviation(found),
    low,
    high,
  };
}

/** A mean of cents to the cent, half away from zero. */
export function nearestCents(value: number): Cents {
  return cents(value < 0 ? -Math.round(-value) : Math.round(value));
}
