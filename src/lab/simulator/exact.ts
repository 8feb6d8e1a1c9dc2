/**
 * Cents times a decimal rate, exactly. Rates are written in decimal (0.2 cents per tick, 83 basis points);
 * a product of doubles would be off by a cent now and then (100,000 x 0.29 = 28,999.999...), so a rate is a
 * fraction of whole numbers here and everything stays inside the integers that a double holds exactly.
 */

/** `numerator / denominator`, both safe integers, reduced. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

interface BigRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** The decimal that `value` prints as, as a fraction: 0.29 is 29/100, 1e-7 is 1/10,000,000. */
function decimalRatio(value: number): BigRatio {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(value.toString());
  if (match === null) throw new RangeError(`not a decimal number: ${value}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0
    ? { numerator: digits * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-shift) };
}

function toRate(ratio: BigRatio): Rate {
  const common = gcd(ratio.numerator, ratio.denominator);
  const rate = {
    numerator: Number(ratio.numerator / common),
    denominator: Number(ratio.denominator / common),
  };
  if (!Number.isSafeInteger(rate.numerator) || !Number.isSafeInteger(rate.denominator)) {
    throw new RangeError(`a rate with too many digits to stay exact: ${rate.numerator / rate.denominator}`);
  }
  return rate;
}

/** The product of decimal factors as one rate; `basisPoints` divides by 10,000 on top. */
export function rateOf(factors: readonly number[], basisPoints = false): Rate {
  const product = factors.map(decimalRatio).reduce((a, b) => ({
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
  }));
  return toRate(
    basisPoints ? { numerator: product.numerator, denominator: product.denominator * 10_000n } : product,
  );
}

/** Rates brought to one denominator, so that weighted sums need a single division at the end. */
export function withCommonDenominator(rates: readonly Rate[]): {
  readonly numerators: readonly number[];
  readonly denominator: number;
} {
  const common = rates.reduce((lcm, { denominator }) => {
    const next = BigInt(denominator);
    return (lcm / gcd(lcm, next)) * next;
  }, 1n);
  const denominator = Number(common);
  const numerators = rates.map((rate) => rate.numerator * (denominator / rate.denominator));
  if (![denominator, ...numerators].every(Number.isSafeInteger)) {
    throw new RangeError('rates with too many digits to stay exact together');
  }
  return { numerators, denominator };
}

/** Guards sums and products of money: beyond 2^53 a double would round. */
export function safe(cents: number): number {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`an amount beyond the exact range: ${cents}`);
  return cents;
}

/** `numerator / denominator` rounded half up; both whole, not negative. */
export function divideHalfUp(numerator: number, denominator: number): number {
  const rest = safe(numerator) % denominator;
  const quotient = (numerator - rest) / denominator;
  return rest >= denominator - rest ? quotient + 1 : quotient;
}

/** `cents x rate`, rounded half up to a whole cent. */
export function applyRate(cents: number, rate: Rate): number {
  return rate.numerator === 0 ? 0 : divideHalfUp(cents * rate.numerator, rate.denominator);
}

/** `floor(cents x share)` for a share with any number of digits; once a day, so bigint may be slow. */
export function floorShare(cents: number, share: number): number {
  const { numerator, denominator } = decimalRatio(share);
  return Number((BigInt(cents) * numerator) / denominator);
}

/** `floor(cents x (1 - share))`: what remains after a haircut. */
export function floorWithout(cents: number, share: number): number {
  const { numerator, denominator } = decimalRatio(share);
  return Number((BigInt(cents) * (denominator - numerator)) / denominator);
}
