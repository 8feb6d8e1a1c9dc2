/** A rate that is no number stands as it is stored. */
export function rateWords(rate: number | undefined): string {
  if (rate === undefined) return 'rate not recorded';
  return Number.isFinite(rate) ? percent(rate) : `${rate}: not a number that can be compared`;
}

/** A share as `66.7 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
