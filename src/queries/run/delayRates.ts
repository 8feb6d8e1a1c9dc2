import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { numberField, objectOf } from '../read/jsonFields.ts';

/** The price list of waiting that a run's configuration stores (domain.md 1.2). */
export interface DelayRates {
  readonly perTickPerCent: number;
  readonly overdueFactor: number;
  /** Of priorities 0 to 3, 4 to 7, 8 to 10. */
  readonly bandFactors: readonly [number, number, number];
}

export function delayRatesOf(configJson: string | undefined): DelayRates | undefined {
  const rates = objectOf(configJson)?.cost_rates;
  if (!isJsonObject(rates)) return undefined;
  const perTickPerCent = numberField(rates.delay_cost_per_tick_per_cent);
  if (perTickPerCent === undefined) return undefined;
  const bands: JsonObject = isJsonObject(rates.priority_delay_multipliers)
    ? rates.priority_delay_multipliers
    : {};
  const factor = (value: Json | undefined, otherwise: number) => numberField(value) ?? otherwise;
  return {
    perTickPerCent,
    overdueFactor: factor(rates.overdue_delay_multiplier, 5),
    bandFactors: [
      factor(bands.low_multiplier, 1),
      factor(bands.normal_multiplier, 1),
      factor(bands.urgent_multiplier, 1),
    ],
  };
}

const bandOf = (priority: number): 0 | 1 | 2 => (priority >= 8 ? 2 : priority >= 4 ? 1 : 0);

/** A decimal as written: 0.29 is 29 over 100, 1e-7 is 1 over 10,000,000. */
function ratio(value: number): readonly [numerator: bigint, denominator: bigint] {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? [digits * 10n ** BigInt(shift), 1n] : [digits, 10n ** BigInt(-shift)];
}

/** One end of a tick at which a payment waits. */
export interface WaitedTick {
  readonly priority: number;
  readonly overdue: boolean;
}

/** Amount times rate over all ticks waited, rounded half up once. Exact until then. */
export function delayCost(amount: Cents, waited: readonly WaitedTick[], rates: DelayRates): Cents {
  let sum = 0n;
  let common = 1n;
  for (const { priority, overdue } of waited) {
    const factors = [
      rates.perTickPerCent,
      rates.bandFactors[bandOf(priority)],
      overdue ? rates.overdueFactor : 1,
    ];
    let [numerator, denominator]: readonly [bigint, bigint] = [amount, 1n];
    for (const factor of factors) {
      const [top, bottom] = ratio(factor);
      numerator *= top;
      denominator *= bottom;
    }
    if (denominator === common) sum += numerator;
    else {
      sum = sum * denominator + numerator * common;
      common *= denominator;
    }
  }
  return cents((2n * sum + common) / (2n * common));
}
