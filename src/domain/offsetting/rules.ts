/** What the offsetting step of the original needs to know of a scenario (domain.md 7.7). Money in cents. */

/** Most that a bank may pay in a day. */
export interface Limits {
  /** By number of the counterparty. */
  readonly bilateral: ReadonlyMap<number, bigint>;
  readonly multilateral: bigint | undefined;
}

export interface BankRules {
  readonly unsecuredCap: bigint;
  /** Collateral posted before the first event. */
  readonly posted: bigint;
  /** Share of posted collateral that gives no credit, 0 to 1. */
  readonly haircut: number;
  readonly limits: Limits | undefined;
}

export interface OffsettingRules {
  readonly pairs: boolean;
  readonly cycles: boolean;
  /** Banks in the longest cycle that is looked for. */
  readonly longestCycle: number;
  /** Cycles that one pass tries, refused ones included. */
  readonly cyclesPerPass: number;
  /** Incoming money becomes usable at the end of the tick. */
  readonly deferredCrediting: boolean;
  /** By number; numbers follow the alphabet of the banks, which breaks every tie. */
  readonly banks: readonly BankRules[];
}
