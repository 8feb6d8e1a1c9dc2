import { at, pairKey, roomOf, type OffsettingState } from './state.ts';

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
