import type { BankRules, OffsettingRules } from './rules.ts';

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
