import { expect, test } from 'vitest';

import { agentId } from '../../../lib/ids.ts';
import { cents } from '../../../lib/units.ts';
import { offsetWords } from './eventWords.ts';

const short = {
  why: 'short',
  bank: agentId('KESTREL'),
  neededCents: cents(5_484n),
  shortCents: cents(1_000n),
} as const;

test('a refused offset says who was short of how much', () => {
  expect(offsetWords({ kind: 'refused', settledPayments: 0, refusal: short })).toBe(
    'refused: KESTREL was short of $10.00 for the $54.84 it owed',
  );
});

test('a refused offset says which limit it met', () => {
  const refusal = {
    why: 'bilateral limit',
    bank: agentId('HARBOUR'),
    counterparty: agentId('LINDEN'),
    amountCents: cents(5_000n),
    limitCents: cents(22_000n),
    paidCents: cents(20_000n),
  } as const;
  expect(offsetWords({ kind: 'refused', settledPayments: 0, refusal })).toBe(
    'refused: HARBOUR has a limit of $220.00 a day towards LINDEN, had paid $200.00 and owed $50.00',
  );
});

test('one that settled later says what it settled', () => {
  const kind = 'settled in a later pass, another set of payments';
  expect(offsetWords({ kind, settledPayments: 2, refusal: short })).toBe(
    'refused at first (KESTREL was short of $10.00 for the $54.84 it owed), settled 2 payments in a later pass of this tick, other ones than it names',
  );
  expect(offsetWords({ kind: 'settled', settledPayments: 1, refusal: undefined })).toBe('settled 1 payment');
});
