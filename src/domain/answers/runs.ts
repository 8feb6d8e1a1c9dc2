/** What the questions about the inside of a run answer with: its ticks, its events, its payments, its consistency. */
import { allCosts, type AgentCosts, type CostId } from '../costs.ts';
import type { Bounds } from './experiments.ts';
import type { AgentId, SimulationId } from '../../lib/ids.ts';
import type { LinkedRun } from '../experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';

/** What the state of a tick rests on. `tick states`: rows stored per tick; `events`: rebuilt from the events alone. */
type StateSource = 'tick states' | 'events';

/** Ticks `fromTick` to `toTick`, both included, and how many events they have. */
export interface ActivityBucket {
  readonly fromTick: number;
  readonly toTick: number;
  readonly events: number;
}

/** What a replay needs to know before its first tick. */
export interface RunOutline {
  /** Ticks are 0 to `tickCount - 1`: of the stored row, or of the last event where that is later. */
  readonly tickCount: number;
  readonly ticksPerDay: number | undefined;
  readonly agents: readonly AgentId[];
  readonly eventCount: number;
  readonly eventTypes: ReadonlyMap<string, number>;
  /** It carries the mark of our lab, which alone stores what a run can be simulated again from. */
  readonly isLab: boolean;
  /** At most 600 buckets. */
  readonly activity: readonly ActivityBucket[];
  readonly stateSource: StateSource;
  /** One sentence each: what the state cannot know, for instance a start balance that nothing tells. */
  readonly gaps: readonly string[];
  /** One sentence each: what the configuration states and was never in force. */
  readonly notes: readonly string[];
}

/** One agent at the end of one tick. `undefined`: the file does not tell. */
export interface AgentTick {
  readonly agentId: AgentId;
  readonly balanceCents: Cents | undefined;
  /** Where it is not known which payments settled: between what these lie. */
  readonly bounds: TickBounds | undefined;
  /** Lowest balance at the end of any tick so far. */
  readonly lowestSoFarCents: Cents | undefined;
  /** Overdraft in use: what the balance lacks to zero. */
  readonly creditUsedCents: Cents | undefined;
  readonly postedCollateralCents: Cents | undefined;
  readonly unsecuredCapCents: Cents | undefined;
  readonly queue1: QueueState | undefined;
  readonly queue2: QueueState | undefined;
  /** `undefined`: the accruals do not say whose they are, or cannot be read. */
  readonly tickCosts: AgentCosts | undefined;
  /** Since the first tick of the run, days included. */
  readonly costsSoFar: AgentCosts | undefined;
}

export interface TickBounds {
  readonly balance: Bounds<Cents> | undefined;
  readonly lowestSoFar: Bounds<Cents> | undefined;
  readonly creditUsed: Bounds<Cents> | undefined;
  readonly queue2Payments: Bounds<number>;
  readonly queue2Value: Bounds<Cents>;
}

export interface QueueState {
  readonly payments: number;
  readonly valueCents: Cents;
}

/** `inferred`: out of Queue 2 after an offset, for which the original writes no event (domain.md 7.7). */
type SettlementWay = 'immediate' | 'queue 2' | 'bilateral offset' | 'cycle' | 'inferred';

/** What became of an offset or cycle event; a bank that was short or whose limit it was is named. */
export interface EventOutcome {
  readonly kind:
    | 'settled'
    | 'settled in a later pass'
    | 'settled in a later pass, another set of payments'
    | 'refused';
  readonly settledPayments: number;
  /** Why it was refused, at first or for good. */
  readonly refusal:
    | {
        readonly why: 'short';
        readonly bank: AgentId;
        readonly neededCents: Cents;
        readonly shortCents: Cents;
      }
    | {
        readonly why: 'bilateral limit' | 'multilateral limit';
        readonly bank: AgentId;
        readonly counterparty: AgentId | undefined;
        readonly amountCents: Cents;
        readonly limitCents: Cents;
        readonly paidCents: Cents;
      }
    | undefined;
}

/** Money that moved between two banks in one tick. */
export interface TickMove {
  readonly kind: SettlementWay | 'transfer';
  readonly from: AgentId;
  readonly to: AgentId;
  readonly amountCents: Cents;
  readonly txId: string | undefined;
}

export interface TickState {
  readonly tick: number;
  readonly agents: readonly AgentTick[];
  /** At most 200, in the order of the events; `moveCount` counts all. */
  readonly moves: readonly TickMove[];
  readonly moveCount: number;
  /** Movements of money of this tick that cannot be read; they are not counted. */
  readonly unreadableMoves: number;
}

export const runMetrics = ['balance', 'queue1', 'queue2', 'cost', 'cumulative'] as const;
/** Cost so far by component, in the order of the charts. */
export const costMetrics: readonly CostId[] = allCosts.map(({ id }) => id);
/** Balance, value of Queue 1 or 2 at the end of each tick, cost of the tick, cost so far, a part of it. All cents. */
export type RunMetric = (typeof runMetrics)[number] | CostId;

/** Least, most and last value of an agent over ticks `fromTick` to `toTick`; one tick where there is room. */
export interface SeriesBucket {
  readonly fromTick: number;
  readonly toTick: number;
  readonly leastCents: Cents;
  readonly mostCents: Cents;
  readonly lastCents: Cents;
}

/** Ticks at whose end a value lies between two others, as it is not known which payments settled. */
export interface BoundedTicks {
  readonly fromTick: number;
  readonly toTick: number;
  /** Least and most that is possible at any of these ticks. */
  readonly bounds: Bounds<Cents>;
}

/** At most 600 marks over all agents, thinned by least and most of a bucket. */
export interface RunSeries {
  readonly metric: RunMetric;
  readonly lines: ReadonlyMap<AgentId, readonly SeriesBucket[]>;
  /** What the lines leave out because it is known within bounds only; put together as the lines are. */
  readonly bounded: ReadonlyMap<AgentId, readonly BoundedTicks[]>;
  readonly thinned: boolean;
}

/** What a list of events is narrowed to; fields left out do not narrow. */
export interface EventFilter {
  readonly types?: readonly string[] | undefined;
  /** The wide rule of domain.md 7.6. */
  readonly agentId?: AgentId | undefined;
  readonly txId?: string | undefined;
  readonly fromTick?: number | undefined;
  readonly toTick?: number | undefined;
  /** Somewhere in type, ids or details, whatever the case. */
  readonly text?: string | undefined;
}

export interface EventRow {
  /** Place in the true order of the run, from 0, filters aside. */
  readonly seq: number;
  readonly tick: number;
  readonly eventType: string;
  readonly agentId: AgentId | undefined;
  readonly txId: string | undefined;
  /** JSON text as stored; empty where none is. */
  readonly details: string;
  readonly from: AgentId | undefined;
  readonly to: AgentId | undefined;
  readonly amountCents: Cents | undefined;
  /** Of an offset or a cycle, where the offsetting of the run was played again. */
  readonly outcome?: EventOutcome | undefined;
}

export const paymentStatuses = ['settled', 'waiting', 'overdue', 'dropped', 'split', 'unknown'] as const;
/** At the end of the run. `split`: stands in its parts. `unknown`: what is stored does not tell whether it settled. */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What payments can be narrowed to. `late`: overdue at some time, settled or not; `overdue`: so at the end of the run. */
export const paymentFates = [...paymentStatuses, 'late'] as const;

/** Parts of split payments are rows, but no payments: counts and amounts are those of whole ones. */
export interface PaymentCount {
  readonly rows: number;
  readonly payments: number;
  readonly amountCents: Cents;
  /** Arrivals that cannot be read: no rows, whatever the filter. */
  readonly unreadable: number;
}

export interface PaymentRow {
  readonly txId: string;
  readonly sender: AgentId;
  readonly receiver: AgentId;
  readonly amountCents: Cents;
  readonly priority: number | undefined;
  readonly arrivalTick: number | undefined;
  readonly deadlineTick: number | undefined;
  readonly settlementTick: number | undefined;
  readonly settledBy: SettlementWay | undefined;
  readonly status: PaymentStatus;
  /** The tick in which it went overdue, as recorded or as a stored settlement implies; undefined where neither tells. */
  readonly overdueTick: number | undefined;
  /** Of a split payment: the tick in which the first of its parts went overdue, parts of parts included. */
  readonly partOverdueTick: number | undefined;
  /** Settlement minus arrival; undefined while it waits. */
  readonly delayTicks: number | undefined;
  readonly parentTxId: string | undefined;
  /** Parts that it was split into in the end, those of its parts included; 0 where it was not. */
  readonly partCount: number;
}

export const paymentColumns = ['arrival', 'amount', 'delay', 'deadline', 'settlement', 'priority'] as const;
export interface PaymentSort {
  readonly by: (typeof paymentColumns)[number];
  readonly descending: boolean;
}

/** What a list of payments is narrowed to and sorted by; fields left out do not narrow. */
export interface PaymentFilter {
  readonly status?: (typeof paymentFates)[number] | undefined;
  /** Sender or receiver. */
  readonly agentId?: AgentId | undefined;
  /** Somewhere in the id, whatever the case. */
  readonly text?: string | undefined;
  /** By arrival unless given; what a payment has not got comes last in both directions. */
  readonly sort?: PaymentSort | undefined;
}

/** One stored total of a run held against its events. */
export interface ConsistencyCheck {
  readonly id: string;
  /** What is compared, in words. */
  readonly title: string;
  /** `known gap`: a difference that the original engine is known to leave (domain.md 7.4); `unreadable`: stored, and no value. */
  readonly outcome: 'balances' | 'differs' | 'known gap' | 'not recorded' | 'unreadable';
  readonly expected: string | undefined;
  readonly found: string | undefined;
  /** The side that the file stores, where the other is computed from the events; absent where neither is. */
  readonly stored?: 'expected' | 'found';
  /** Found minus expected, for money. */
  readonly differenceCents: Cents | undefined;
  /** One sentence: why it is so, or what is missing. */
  readonly why: string;
  /** Events (by `seq`) that show the difference, the first ones. */
  readonly seqs: readonly number[];
}

/** Where two runs part. */
export interface TwinGap {
  readonly tick: number;
  /** Cost so far of all agents, second minus first. */
  readonly costGapCents: Cents;
}

/** What two runs have in common; undefined where the file does not tell. */
export interface TwinSetups {
  /** Their configurations, policies and seed aside. */
  readonly sameScenario: boolean | undefined;
  readonly sameSeed: boolean | undefined;
}

export interface RunTwins {
  readonly setups: TwinSetups;
  readonly second: SimulationId;
  /** Why nothing is compared, or why single payments are not; one sentence each. */
  readonly unknown: readonly string[];
  /** At whose end a balance, a queue, collateral or a cost so far differs; a tick that one run lacks differs. */
  readonly firstDifferentTick: number | undefined;
  /** Whether `firstDifferentPayment` can be told: the events of both runs name their payments. */
  readonly paymentsCompared: boolean;
  /** The first payment settled otherwise; matched by sender, receiver, amount and arrival, as ids are random. */
  readonly firstDifferentPayment:
    | { readonly first: PaymentRow | undefined; readonly second: PaymentRow | undefined }
    | undefined;
  /** At most 600 points; none where a run stores no events. */
  readonly gaps: readonly TwinGap[];
}

/** One event in the life of a payment. */
export interface LifeStep {
  readonly event: EventRow;
  /** Ticks since the step before; 0 at the first. */
  readonly ticksSince: number;
  /** Where the payment waits after it. */
  readonly waitsIn: 'queue 1' | 'queue 2' | undefined;
  /** Of a hold, a drop, a withdrawal: as the engine words it. */
  readonly reason: string | undefined;
  /** How the policy came to it (`decision_path`), where an event of the same agent and tick says so. */
  readonly decisionPath: string | undefined;
}

/** What one payment cost its sender. */
export interface PaymentCost {
  /** Rounded to the cent; the engine rounds once a tick over all payments of a bank. `undefined`: not recorded. */
  readonly delayCents: Cents | undefined;
  /** Ends of ticks at which it waited, and of these the ones when it was overdue. */
  readonly waitedTicks: number;
  readonly overdueTicks: number;
  /** Charged when it went overdue; 0 when it never did. `undefined`: not recorded. */
  readonly deadlinePenaltyCents: Cents | undefined;
  /** One sentence: what the figures rest on, or why there are none. */
  readonly why: string;
}

export interface PaymentLife {
  readonly payment: PaymentRow;
  readonly steps: readonly LifeStep[];
  readonly parts: readonly PaymentRow[];
  readonly partOf: PaymentRow | undefined;
  readonly cost: PaymentCost;
  /** Undefined where it did not wait, or no event tells. */
  readonly waits: PaymentWaits | undefined;
}

/** Why a payment waited: what its sender held, and what it paid instead. */
export interface PaymentWaits {
  /** From its arrival to its settlement, else to the end of the run. */
  readonly fromTick: number;
  readonly toTick: number;
  /** The ticks of its own events, and those in which another payment of the sender settled; the first and last ones. */
  readonly ticks: readonly WaitTick[];
  readonly leftOut: number;
}

/** One tick in which a payment waited; `undefined` is what is not known. */
export interface WaitTick {
  readonly tick: number;
  /** Of the sender, at the end of the tick. */
  readonly balanceCents: Cents | undefined;
  /** Unsecured credit; undefined too where collateral is posted, whose worth is not told. */
  readonly creditCents: Cents | undefined;
  /** Payments of the sender that arrived before it and had not settled at the end of the tick. */
  readonly ahead: { readonly payments: number; readonly valueCents: Cents } | undefined;
  /** What the policy decided on this payment in this tick. */
  readonly decision: LifeStep | undefined;
  /** Its own events in this tick. */
  readonly events: readonly EventRow[];
  /** Other payments of the sender that settled in this tick. */
  readonly paidInstead: { readonly payments: number; readonly valueCents: Cents } | undefined;
}

/** The runs behind one evaluation, and what of it was never stored. */
export interface EvidenceRuns {
  readonly runs: readonly EvidenceRun[];
  /** One sentence each: which runs there were and why the file has none of them. */
  readonly missing: readonly string[];
}

export interface EvidenceRun {
  /** `context`: of the iteration itself, with the policies in force. `evaluated`: with the proposed policy. */
  readonly role: 'context' | 'evaluated' | 'sample';
  readonly run: LinkedRun;
}
