/** A payment in Queue 2; banks and payments by number, the amount in cents. */
export interface QueuedPayment {
  readonly tx: number;
  readonly sender: number;
  readonly receiver: number;
  readonly amount: bigint;
}

/** Where every bank stands between two events. */
export interface OffsettingState {
  readonly rules: OffsettingRules;
  readonly balances: bigint[];
  readonly caps: bigint[];
  readonly posted: bigint[];
  /** Credits that become usable at the end of the tick. */
  readonly pending: bigint[];
  /** By payment, in the order in which they entered. */
  readonly queue: Map<number, QueuedPayment>;
  /** Paid since the day began: by bank, and by `pairKey`. */
  readonly outflow: bigint[];
  readonly pairOutflow: Map<number, bigint>;
}

export function openState(rules: OffsettingRules, openings: readonly bigint[]): OffsettingState {
  const ofBanks = (read: (bank: BankRules) => bigint) => rules.banks.map(read);
  return {
    rules,
    balances: [...openings],
    caps: ofBanks(({ unsecuredCap }) => unsecuredCap),
    posted: ofBanks(({ posted }) => posted),
    pending: ofBanks(() => 0n),
    queue: new Map(),
    outflow: ofBanks(() => 0n),
    pairOutflow: new Map(),
  };
}

export const pairKey = ({ rules }: OffsettingState, from: number, to: number): number =>
  from * rules.banks.length + to;

export const at = (values: readonly bigint[], bank: number): bigint => values[bank] ?? 0n;

export function change(values: bigint[], bank: number, by: bigint): void {
  values[bank] = at(values, bank) + by;
}

/**
 * How far below zero a bank may go. Floating point on purpose: the original multiplies doubles and rounds down.
 */
export function roomOf(state: OffsettingState, bank: number): bigint {
  const haircut = state.rules.banks[bank]?.haircut ?? 0;
  const secured = Math.floor(Number(at(state.posted, bank)) * (1 - haircut));
  return at(state.caps, bank) + BigInt(secured);
}

/** Debits the sender at once; credits the receiver at once or at the end of the tick. */
export function pay(state: OffsettingState, payment: QueuedPayment): void {
  const { sender, receiver, amount } = payment;
  change(state.balances, sender, -amount);
  change(state.rules.deferredCrediting ? state.pending : state.balances, receiver, amount);
  recordOutflow(state, sender, receiver, amount);
}

export function recordOutflow(state: OffsettingState, from: number, to: number, amount: bigint): void {
  change(state.outflow, from, amount);
  const key = pairKey(state, from, to);
  state.pairOutflow.set(key, (state.pairOutflow.get(key) ?? 0n) + amount);
}

/** Limits count from the morning. */
export function startDay(state: OffsettingState): void {
  state.outflow.fill(0n);
  state.pairOutflow.clear();
}

/** Credits of one bank, or of all, become usable. */
export function applyPending(state: OffsettingState, bank: number): void {
  change(state.balances, bank, at(state.pending, bank));
  state.pending[bank] = 0n;
}

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

/** What the offsetting step of the original needs to know of a scenario (domain.md 7.7). Money in cents. */
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

/** Why a set of payments did not settle; money in cents. */
export type OffsetRefusal =
  | {
      readonly why: 'short';
      readonly bank: number;
      /** What the bank had to pay net, and what it lacked for it. */
      readonly needed: bigint;
      readonly short: bigint;
    }
  | {
      readonly why: 'bilateral limit' | 'multilateral limit';
      readonly bank: number;
      /** `undefined` for the limit towards all banks together. */
      readonly counterparty: number | undefined;
      readonly limit: bigint;
      /** Paid since the day began, and what would have come on top. */
      readonly paid: bigint;
      readonly amount: bigint;
    };

/** A bank that pays `net` more than it gets must not go below its room. */
export function shortOf(state: OffsettingState, bank: number, net: bigint): OffsetRefusal | undefined {
  const left = at(state.balances, bank) - net + roomOf(state, bank);
  return left >= 0n ? undefined : { why: 'short', bank, needed: net, short: -left };
}

/** The limit of the sender that an amount exceeds on top of what it paid today. */
export function limitOf(
  state: OffsettingState,
  from: number,
  to: number,
  amount: bigint,
): OffsetRefusal | undefined {
  const limits = state.rules.banks[from]?.limits;
  if (limits === undefined) return undefined;
  const bilateral = limits.bilateral.get(to);
  const paidTo = state.pairOutflow.get(pairKey(state, from, to)) ?? 0n;
  if (bilateral !== undefined && paidTo + amount > bilateral) {
    const about = { bank: from, counterparty: to, limit: bilateral, paid: paidTo, amount };
    return { why: 'bilateral limit', ...about };
  }
  const paid = at(state.outflow, from);
  if (limits.multilateral !== undefined && paid + amount > limits.multilateral) {
    const about = { bank: from, counterparty: undefined, limit: limits.multilateral, paid, amount };
    return { why: 'multilateral limit', ...about };
  }
  return undefined;
}
