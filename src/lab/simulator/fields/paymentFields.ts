import type { PaymentField } from '../../../domain/policy/interpret/fields.ts';
import type { Reader } from '../../../domain/policy/interpret/evaluate.ts';
import { delayClass } from '../costRates.ts';
import type { Payment } from '../payment.ts';
import type { BankContext } from './bankFields.ts';

export interface PaymentContext extends BankContext {
  readonly payment: Payment;
}

function delayOfOneTick({ world: { rates }, payment }: PaymentContext): number {
  const weight =
    rates.delayWeights[delayClass(payment.priority, payment.overdueSinceTick !== undefined)] ?? 0;
  return (payment.amount * weight) / rates.delayDenominator;
}

export const paymentReaders: Readonly<Record<PaymentField, Reader<PaymentContext>>> = {
  amount: ({ payment }) => payment.amount,
  remaining_amount: ({ payment }) => payment.amount,
  // A payment settles in full or not at all.
  settled_amount: () => 0,
  arrival_tick: ({ payment }) => payment.arrivalTick,
  deadline_tick: ({ payment }) => payment.deadlineTick,
  priority: ({ payment }) => payment.priority,
  is_split: ({ payment }) => (payment.parent === undefined ? 0 : 1),
  is_past_deadline: ({ world, payment }) => (world.tick > payment.deadlineTick ? 1 : 0),
  is_overdue: ({ payment }) => (payment.overdueSinceTick === undefined ? 0 : 1),
  is_in_queue2: ({ payment }) => (payment.state === 'queue2' ? 1 : 0),
  overdue_duration: ({ world, payment }) =>
    payment.overdueSinceTick === undefined ? 0 : world.tick - payment.overdueSinceTick,
  ticks_to_deadline: ({ world, payment }) => payment.deadlineTick - world.tick,
  queue_age: ({ world, payment }) => world.tick - payment.arrivalTick,
  cost_delay_this_tx_one_tick: delayOfOneTick,
  cost_overdraft_this_amount_one_tick: ({ world, payment }) =>
    (payment.amount * world.rates.configured.overdraft_bps_per_tick) / 10_000,
};
