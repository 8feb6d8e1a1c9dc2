import { PolicyFault } from '../../domain/policy/interpret/evaluate.ts';

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new PolicyFault(`${what} is not a number: ${value}`);
  return value;
}

/** A computed amount as money: whole cents, rounded down, never below nothing. */
export function amountOf(value: number, what: string): number {
  const cents = Math.max(0, Math.floor(finite(value, what)));
  if (!Number.isSafeInteger(cents)) throw new PolicyFault(`${what} is beyond the exact range: ${value}`);
  return cents;
}

/** A computed number of things or ticks. */
export function countOf(value: number, what: string): number {
  return Math.floor(finite(value, what));
}

export function registerValue(value: number, key: string): number {
  return finite(value, key);
}
