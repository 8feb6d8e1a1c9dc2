import type { Bank } from './bank.ts';
import type { CostRates } from './costRates.ts';
import type { EventLog } from './events.ts';
import { newPayment, type Order, type Payment } from './payment.ts';
import type { RandomGenerator } from './random.ts';
import type { ScenarioConfig } from './scenarioConfig.ts';
import type { ScenarioEventConfig } from './scenarioEventConfig.ts';

/** One bank's source of payments. */
export interface ArrivalProcess {
  readonly bank: Bank;
  readonly random: RandomGenerator;
  readonly counterparties: readonly Bank[];
  readonly weights: number[];
  ratePerTick: number;
}

/** The whole state of a simulation between two steps. Only the step functions of this folder change it. */
export interface World {
  readonly scenario: ScenarioConfig;
  readonly seed: number;
  readonly rates: CostRates;
  readonly banks: readonly Bank[];
  readonly bankById: ReadonlyMap<string, Bank>;
  readonly arrivals: readonly ArrivalProcess[];
  readonly scheduled: ReadonlyMap<number, readonly ScenarioEventConfig[]>;
  /** Absent when nobody listens (bootstrap samples): then no event is even built. */
  readonly log: EventLog | undefined;
  /** Every payment so far, in order of arrival. */
  readonly payments: Payment[];
  /** Released but not settled, in the order in which the system tries them. */
  queue2: Payment[];
  /** Released in this tick, waiting for their first attempt. */
  released: Payment[];
  arrivalRateFactor: number;
  deadlineFactors: readonly [number, number];
  tick: number;
  day: number;
  tickInDay: number;
  /** Settled without a payment order of a bank (`ScheduledSettlement`); numbers its id. */
  scheduledSettlements: number;
}

export function bankCalled(world: World, id: string): Bank {
  const bank = world.bankById.get(id);
  if (bank === undefined) throw new RangeError(`no agent is called "${id}"`);
  return bank;
}

/** First tick of the next day: the latest deadline when deadlines are capped at the end of the day. */
export function endOfDayTick(world: World): number {
  return (world.day + 1) * world.scenario.simulation.ticks_per_day;
}

/**
 * Puts a new payment into its sender's Queue 1 and reports it. The id tells seed and order of arrival, so a
 * second run with the same seed names its payments alike.
 */
export function admitPayment(world: World, order: Order, part?: { of: Payment; index: number }): Payment {
  const payment = newPayment(`t${world.seed}-${world.payments.length + 1}`, world.tick, order, part);
  world.payments.push(payment);
  payment.sender.queue1.push(payment);
  if (part === undefined) {
    payment.sender.arrivals += 1;
    payment.sender.day.arrivals += 1;
    payment.sender.day.arrivedValue += payment.amount;
  }
  world.log?.({
    tick: world.tick,
    eventType: 'Arrival',
    txId: payment.id,
    details: {
      sender_id: payment.sender.id,
      receiver_id: payment.receiver.id,
      amount: payment.amount,
      deadline: payment.deadlineTick,
      priority: payment.priority,
      is_divisible: payment.isDivisible,
    },
  });
  return payment;
}
