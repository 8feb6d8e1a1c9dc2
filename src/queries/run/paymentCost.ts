import { cents, type Cents } from '../../lib/units.ts';
import type { LifeStep, PaymentCost, PaymentRow } from '../../domain/answers/runs.ts';
import { centsField, numberField, objectOf } from '../read/jsonFields.ts';
import { delayCost, delayRatesOf, type WaitedTick } from './delayRates.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

const none = cents(0n);

/** What waiting cost, at the rates of the run's configuration; and the penalty that its own event records. */
export function paymentCost(run: PreparedRun, payment: PaymentRow, steps: readonly LifeStep[]): PaymentCost {
  const waited = waitedTicks(run.tickCount, payment, steps);
  const rates = delayRatesOf(run.configJson);
  const counts = {
    waitedTicks: waited.length,
    overdueTicks: waited.filter(({ overdue }) => overdue).length,
    deadlinePenaltyCents: penaltyOf(steps),
  };
  if (payment.status === 'unknown') {
    return {
      ...counts,
      delayCents: undefined,
      why: 'Whether it settled, and when, is not known: it waited no longer than that.',
    };
  }
  if (waited.length === 0) {
    return {
      ...counts,
      delayCents: none,
      why: 'It waited at the end of no tick, so it caused no delay cost.',
    };
  }
  if (rates === undefined) {
    return {
      ...counts,
      delayCents: undefined,
      why: 'The delay cost of one payment is not recorded, and the file stores no rates for this run.',
    };
  }
  return {
    ...counts,
    delayCents: delayCost(payment.amountCents, waited, rates),
    why: 'Amount times the rate of the stored configuration, over the ends of ticks at which it waited; the bank’s own sum is rounded once a tick.',
  };
}

/** The deadline penalty; `undefined` when it went overdue and its event names none. */
function penaltyOf(steps: readonly LifeStep[]): Cents | undefined {
  const overdue = steps.find(({ event }) => event.eventType === 'TransactionWentOverdue');
  return overdue === undefined ? none : centsField(objectOf(overdue.event.details)?.deadline_penalty_cost);
}

/** The ends of ticks at which a payment waited in either queue, with its priority and state then. */
function waitedTicks(
  tickCount: number,
  payment: PaymentRow,
  steps: readonly LifeStep[],
): readonly WaitedTick[] {
  const waited: WaitedTick[] = [];
  let priority = payment.priority ?? 5;
  let overdue = false;
  for (const [place, step] of steps.entries()) {
    const { event } = step;
    if (event.txId === payment.txId) {
      const fields = objectOf(event.details);
      if (event.eventType === 'TransactionReprioritized')
        priority = numberField(fields?.new_priority) ?? priority;
      if (event.eventType === 'PriorityEscalated') {
        priority = numberField(fields?.escalated_priority) ?? priority;
      }
      if (event.eventType === 'TransactionWentOverdue') overdue = true;
    }
    if (step.waitsIn === undefined) continue;
    // What settled without an event waits no longer than that.
    const until = Math.min(steps[place + 1]?.event.tick ?? tickCount, payment.settlementTick ?? tickCount);
    for (let tick = event.tick; tick < until; tick += 1) waited.push({ priority, overdue });
  }
  return waited;
}
