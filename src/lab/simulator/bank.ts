import { type CostBook, emptyBook } from './costs.ts';
import { floorWithout } from './exact.ts';
import type { Payment } from './world.ts';
import type { BoundPolicy } from './boundPolicy.ts';
import type { AgentConfig } from './scenarioConfig.ts';

/** Collateral that withdraws itself at `dueTick`. */
interface CollateralTimer {
  readonly dueTick: number;
  readonly amount: number;
  readonly reason: string;
  readonly postedAtTick: number;
}

/** What the bank tree allows to be released in this tick. */
interface ReleaseBudget {
  rest: number;
  readonly focus: ReadonlySet<string> | undefined;
  readonly maxPerCounterparty: number | undefined;
  readonly spent: Map<Bank, number>;
}

/** Counters of one day, for the daily metrics. */
export interface DayFigures {
  openingBalance: number;
  /** Extremes over the opening and the ends of ticks, before the pool is returned in the evening. */
  minBalance: number;
  maxBalance: number;
  openingCollateral: number;
  peakCollateral: number;
  collateralPosts: number;
  collateralWithdrawals: number;
  arrivals: number;
  sent: number;
  received: number;
  settled: number;
  dropped: number;
  queue1Peak: number;
  /** Values, for the throughput fields. */
  arrivedValue: number;
  settledValue: number;
  readonly costs: CostBook;
}

/** A participant and everything the engine knows about it; amounts in cents. */
export interface Bank {
  readonly index: number;
  readonly id: string;
  readonly config: AgentConfig;
  readonly policy: BoundPolicy;
  /** Share of the pool that the policy commits each morning; undefined without a pool. */
  readonly fraction: number | undefined;
  readonly collateralCapacity: number;
  balance: number;
  /** Credits collected during a tick when crediting is deferred. */
  pendingCredit: number;
  pendingSources: string[];
  allocated: number;
  postedCollateral: number;
  /** Unsecured cap plus what the collateral is worth; the balance may go this far below 0. */
  overdraftLimit: number;
  timers: CollateralTimer[];
  readonly queue1: Payment[];
  queue2Count: number;
  readonly registers: Map<string, number>;
  budget: ReleaseBudget | undefined;
  /** Value paid out today, in all and by receiver, against the bank's limits. */
  outflow: number;
  readonly outflowTo: Map<Bank, number>;
  /** Delay of this tick, as numerator over the common denominator. */
  delayNumerator: number;
  /** Of this tick, of today (`day.costs`), of the whole run. */
  readonly tickCosts: CostBook;
  readonly costs: CostBook;
  day: DayFigures;
  balanceAtLastTick: number;
  /** Whole payments (parts not counted), over the run. */
  arrivals: number;
  settlements: number;
}

export function newDay(balance: number, collateral: number): DayFigures {
  return {
    openingBalance: balance,
    minBalance: balance,
    maxBalance: balance,
    openingCollateral: collateral,
    peakCollateral: collateral,
    collateralPosts: 0,
    collateralWithdrawals: 0,
    arrivals: 0,
    sent: 0,
    received: 0,
    settled: 0,
    dropped: 0,
    queue1Peak: 0,
    arrivedValue: 0,
    settledValue: 0,
    costs: emptyBook(),
  };
}

/** What posted collateral adds to the overdraft limit after the haircut. */
export function collateralValue(config: AgentConfig, posted: number): number {
  return floorWithout(posted, config.collateral_haircut);
}

/** The bank before its first morning. */
export function newBank(
  index: number,
  config: AgentConfig,
  policy: BoundPolicy,
  fraction: number | undefined,
): Bank {
  return {
    index,
    id: config.id,
    config,
    policy,
    fraction,
    collateralCapacity: config.max_collateral_capacity ?? 10 * config.unsecured_cap,
    balance: config.opening_balance,
    pendingCredit: 0,
    pendingSources: [],
    allocated: 0,
    postedCollateral: config.posted_collateral,
    overdraftLimit: config.unsecured_cap + collateralValue(config, config.posted_collateral),
    timers: [],
    queue1: [],
    queue2Count: 0,
    registers: new Map(),
    budget: undefined,
    outflow: 0,
    outflowTo: new Map(),
    delayNumerator: 0,
    tickCosts: emptyBook(),
    costs: emptyBook(),
    day: newDay(config.opening_balance, config.posted_collateral),
    balanceAtLastTick: 0,
    arrivals: 0,
    settlements: 0,
  };
}
