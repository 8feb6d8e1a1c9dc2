import type { RtgsPriority } from '../../domain/policy/interpret/ast.ts';
import type { Bank } from './bank.ts';

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
  /** Delay cost so far, as numerator over the scenario's common denominator (`costRates.ts`). */
  delayNumerator: number;
}

export interface Order {
  readonly sender: Bank;
  readonly receiver: Bank;
  readonly amount: number;
  readonly deadlineTick: number;
  readonly priority: number;
  readonly isDivisible: boolean;
}

/** A payment as it arrives in Queue 1. */
export function newPayment(
  id: string,
  tick: number,
  order: Order,
  part?: { of: Payment; index: number },
): Payment {
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
