import type { RtgsPriority } from '../../domain/policy/interpret/ast.ts';
import type { Bank } from './bank.ts';
import type { CostRates } from './costs.ts';
import type { EventLog } from './events.ts';
import type { RandomGenerator } from './random.ts';
import type { ScenarioConfig, ScenarioEventConfig } from './scenarioConfig.ts';

/** Where a payment is. `released`: on its way from Queue 1 to its settlement attempt within this tick. */
type PaymentState = 'queue1' | 'released' | 'queue2' | 'settled' | 'dropped' | 'split';

/** A payment order, whole or a part of one. It settles in full or not at all. */
export interface Payment {
  readonly id: string;
  readonly sender: Bank;
  readonly receiver: Bank;
  readonly amount: number;
  readonly arrivalTick: number;
  /** On time while `tick <= deadlineTick`. */
  readonly deadlineTick: number;
  readonly isDivisible: boolean;
  readonly parent: Payment | undefined;
  /** Position among the parts of `parent`, from 0. */
  readonly splitIndex: number | undefined;
  /** As arrived or as set by the policy; escalation works on top of it. */
  basePriority: number;
  priority: number;
  state: PaymentState;
  rtgsPriority: RtgsPriority;
  declaredRtgsPriority: RtgsPriority | undefined;
  submissionTick: number | undefined;
  settlementTick: number | undefined;
  overdueSinceTick: number | undefined;
  deadlinePenaltyCents: number;
  /** Parts not yet settled, for a payment that was split. */
  openParts: number;
  /** A part that waits for its turn: released without asking the policy again. */
  releaseAtTick: number | undefined;
  queue1Ticks: number;
  queue2Ticks: number;
  /** Delay cost so far, as numerator over the scenario's common denominator (`costs.ts`). */
  delayNumerator: number;
}

interface Order {
  readonly sender: Bank;
  readonly receiver: Bank;
  readonly amount: number;
  readonly deadlineTick: number;
  readonly priority: number;
  readonly isDivisible: boolean;
}

/** A payment as it arrives in Queue 1. */
function newPayment(id: string, tick: number, order: Order, part?: { of: Payment; index: number }): Payment {
  return {
    id,
    sender: order.sender,
    receiver: order.receiver,
    amount: order.amount,
    arrivalTick: tick,
    deadlineTick: order.deadlineTick,
    isDivisible: order.isDivisible,
    parent: part?.of,
    splitIndex: part?.index,
    basePriority: order.priority,
    priority: order.priority,
    state: 'queue1',
    rtgsPriority: 'Normal',
    declaredRtgsPriority: undefined,
    submissionTick: undefined,
    settlementTick: undefined,
    overdueSinceTick: undefined,
    deadlinePenaltyCents: 0,
    openParts: 0,
    releaseAtTick: undefined,
    queue1Ticks: 0,
    queue2Ticks: 0,
    delayNumerator: 0,
  };
}

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
