/** A settlement rate, or that there is none. */
export function rateWords(rate: number | undefined): string {
  return rate === undefined ? 'rate not recorded' : percent(rate);
}

/** A share as `66.7 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
