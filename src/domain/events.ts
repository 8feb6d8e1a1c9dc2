/**
 * The types of simulation events (domain.md 7.2): the one place that says of each what it is called, whose it is, where
 * its payment waits afterwards and whether it settles. Statements, sums, legends and words of the reading side are
 * derived from it. Its sentence stands in `views/run/events/eventWords.ts`. A type that is not listed is shown as stored,
 * and its details are asked for parties. (The independent replay of `replay/` names them a second time on purpose.)
 */

import type { EventRow } from './answers/runs.ts';

/**
 * Ticks of a run that are played and of which the state of every agent is kept: a grid of ticks and agents. A file may
 * claim 2^31 - 1 of them, which no browser can hold; the longest runs known have some 100,000.
 */
export const nearTicks = 1_000_000;

export const queues = ['queue 1', 'queue 2', 'neither'] as const;
export type Queue = (typeof queues)[number];

export interface EventType {
  /** What happens, in two or three words; of an attempt, what is tried. */
  readonly title: string;
  /** An attempt of which it is known that it settled, or that it was refused. */
  readonly settledTitle?: string;
  readonly refusedTitle?: string;
  /**
   * Parties that the wide rule counts (domain.md 7.6): `sender` and `both` are those of its payment, `details` are named
   * there (two or more banks), `none` has at most the bank of its column.
   */
  readonly parties: 'sender' | 'both' | 'details' | 'none';
  /** Where its payment waits from then on, in files of the original and, where it differs, of our lab. */
  readonly waits?: Queue;
  readonly waitsInLab?: Queue;
  /** Settles its payment: all of its money goes from sender to receiver. */
  readonly settles?: 'immediate' | 'queue 2';
  /** A pair or cycle that offsets: an attempt in files of the original (domain.md 7.7). */
  readonly offsets?: true;
  /** Money goes from the pool of its bank to its balance, or back. */
  readonly pool?: 'allocates' | 'returns';
  /** Changes what its bank has posted. */
  readonly collateral?: 'posts' | 'withdraws';
  /** Its details list payments. */
  readonly lists?: true;
  /** A policy decides about its payment. */
  readonly decides?: true;
  /** The original writes it after the offsetting step of a tick (domain.md 7.1). */
  readonly afterOffsetting?: true;
}

const types = {
  Arrival: { title: 'arrives', parties: 'sender', waits: 'queue 1' },
  PolicySubmit: { title: 'policy submits', parties: 'none', waits: 'neither', decides: true },
  PolicyHold: { title: 'policy holds', parties: 'none', decides: true },
  PolicyDrop: { title: 'policy drops', parties: 'none', waits: 'neither', decides: true },
  PolicySplit: { title: 'policy splits', parties: 'none', waits: 'neither', decides: true, lists: true },
  TransactionReprioritized: { title: 'gets another priority', parties: 'none' },
  PriorityEscalated: { title: 'priority escalates', parties: 'sender' },
  CollateralPost: { title: 'posts collateral', parties: 'none', collateral: 'posts', afterOffsetting: true },
  CollateralWithdraw: {
    title: 'withdraws collateral',
    parties: 'none',
    collateral: 'withdraws',
    afterOffsetting: true,
  },
  CollateralTimerWithdrawn: { title: 'collateral timer ends', parties: 'none', collateral: 'withdraws' },
  CollateralTimerBlocked: { title: 'collateral timer blocked', parties: 'none' },
  StateRegisterSet: { title: 'sets a register', parties: 'none', afterOffsetting: true },
  BankBudgetSet: { title: 'sets its budget', parties: 'none' },
  RtgsSubmission: { title: 'enters RTGS', parties: 'sender' },
  // A payment that a bank of the original withdraws is in no queue until it is resubmitted, to Queue 1; in our lab it
  // goes back to Queue 1, and a payment is resubmitted inside Queue 2.
  RtgsWithdrawal: { title: 'leaves RTGS', parties: 'sender', waits: 'neither', waitsInLab: 'queue 1' },
  RtgsResubmission: { title: 're-enters RTGS', parties: 'sender', waits: 'queue 1', waitsInLab: 'queue 2' },
  RtgsImmediateSettlement: {
    title: 'settles at once',
    parties: 'both',
    waits: 'neither',
    settles: 'immediate',
  },
  QueuedRtgs: { title: 'waits in Queue 2', parties: 'sender', waits: 'queue 2' },
  Queue2LiquidityRelease: {
    title: 'settles from Queue 2',
    parties: 'both',
    waits: 'neither',
    settles: 'queue 2',
  },
  RtgsQueue2Settle: { title: 'settles from Queue 2', parties: 'both' },
  Settlement: { title: 'settles', parties: 'both' },
  LsmBilateralOffset: {
    title: 'offset of two banks',
    settledTitle: 'two banks offset',
    refusedTitle: 'offset refused',
    parties: 'details',
    offsets: true,
    lists: true,
  },
  // Written in place of LsmBilateralOffset where a payment offsets as it enters.
  EntryDispositionOffset: {
    title: 'offset on entry',
    settledTitle: 'offsets on entry',
    refusedTitle: 'entry offset refused',
    parties: 'details',
    offsets: true,
    lists: true,
  },
  LsmCycleSettlement: {
    title: 'cycle of banks',
    settledTitle: 'a cycle settles',
    refusedTitle: 'cycle refused',
    parties: 'details',
    offsets: true,
    lists: true,
  },
  DeferredCreditApplied: { title: 'credit applied', parties: 'none', lists: true, afterOffsetting: true },
  CostAccrual: { title: 'cost accrues', parties: 'none', afterOffsetting: true },
  TransactionWentOverdue: { title: 'goes overdue', parties: 'sender', afterOffsetting: true },
  OverdueTransactionSettled: { title: 'overdue one settles', parties: 'both' },
  BilateralLimitExceeded: { title: 'over bilateral limit', parties: 'sender' },
  MultilateralLimitExceeded: { title: 'over total limit', parties: 'sender' },
  AlgorithmExecution: { title: 'algorithm runs', parties: 'none' },
  ScenarioEventExecuted: { title: 'scenario event', parties: 'none', lists: true },
  EndOfDay: { title: 'day ends', parties: 'none', afterOffsetting: true },
  LiquidityAllocation: { title: 'liquidity allocated', parties: 'none', pool: 'allocates' },
  LiquidityReturn: { title: 'liquidity returned', parties: 'none', pool: 'returns', afterOffsetting: true },
} as const satisfies Readonly<Record<string, EventType>>;

export type KnownEventType = keyof typeof types;

const known = new Map<string, EventType>(Object.entries(types));

/** `undefined` for a type that the original does not write. */
export const eventTypeOf = (stored: string): EventType | undefined => known.get(stored);

/** A type in two or three words, whatever became of it; an unknown type stands as it is stored. */
export const eventTitle = (stored: string): string => known.get(stored)?.title ?? stored;

/** What one event says happened. Of an offset it says so only where it is known what became of it. */
export function titleOf({ eventType, outcome }: Pick<EventRow, 'eventType' | 'outcome'>): string {
  const type = known.get(eventType);
  switch (outcome?.kind) {
    case 'refused':
      return type?.refusedTitle ?? eventTitle(eventType);
    case 'settled':
    case 'settled in a later pass':
      return type?.settledTitle ?? eventTitle(eventType);
    // It settled other payments than it names.
    case 'settled in a later pass, another set of payments':
    case undefined:
      return eventTitle(eventType);
  }
}

/** Types of which something holds, as stored. */
export const eventTypesWhere = (holds: (type: EventType) => boolean): readonly string[] =>
  [...known].filter(([, type]) => holds(type)).map(([stored]) => stored);

export const isOffset = (stored: string): boolean => known.get(stored)?.offsets === true;

/** The events after which a payment waits in a queue, or in neither. */
export const eventsInto = (queue: Queue, isLab: boolean): readonly string[] =>
  eventTypesWhere(
    ({ waits, waitsInLab }) => (isLab && waitsInLab !== undefined ? waitsInLab : waits) === queue,
  );

/** Events that settle a payment of their own. */
export const settlingEvents = eventTypesWhere(({ settles }) => settles !== undefined);
export const offsetEvents = eventTypesWhere(({ offsets }) => offsets === true);
/** Events that move money out of a pool, or back into it. */
export const allocatingEvents = eventTypesWhere(({ pool }) => pool === 'allocates');
export const returningEvents = eventTypesWhere(({ pool }) => pool === 'returns');
export const poolEvents = eventTypesWhere(({ pool }) => pool !== undefined);
/** Events that change what is posted; both say the new total. */
export const postingEvents = eventTypesWhere(({ collateral }) => collateral === 'posts');
export const withdrawingEvents = eventTypesWhere(({ collateral }) => collateral === 'withdraws');
export const collateralEvents = eventTypesWhere(({ collateral }) => collateral !== undefined);
