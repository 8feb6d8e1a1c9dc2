import type { ByListedCost } from './costs.ts';
import { formatCount, formatMoney } from '../lib/format.ts';
import type { AgentId, SimulationId, ExperimentId } from '../lib/ids.ts';
import { addCents, cents, type Cents } from '../lib/units.ts';

/** Cost of one agent or of several over a run of several days, from its accruals. */
export interface DaySums {
  readonly lastDayCents: Cents;
  readonly allDaysCents: Cents;
}

/** A stored run of more than one day. */
export interface LongRun {
  readonly simulationId: SimulationId;
  /** By its events; by its row and configuration where it has none. */
  readonly dayCount: number;
  /** Made by our lab, which counts costs over all days; the original starts them anew each day (domain.md 1.2). */
  readonly isOfLab: boolean;
  /** Total as its row has it. */
  readonly storedCents: Cents | undefined;
  /** Of every agent that was charged; undefined where no accruals are stored or one of them cannot be read. */
  readonly sums: ReadonlyMap<AgentId, DaySums> | undefined;
}

/** A stored cost that is that of the last day of its run alone. */
export interface LastDayOnly {
  readonly dayCount: number;
  /** What all days cost together; undefined where the file does not tell. */
  readonly allDaysCents: Cents | undefined;
}

/** Of the named agents together; an agent without accruals was charged nothing. */
function sumsOf(sums: ReadonlyMap<AgentId, DaySums>, agents: Iterable<AgentId> = sums.keys()): DaySums {
  let [lastDayCents, allDaysCents] = [zero, zero];
  for (const agent of agents) {
    lastDayCents = addCents(lastDayCents, sums.get(agent)?.lastDayCents ?? zero);
    allDaysCents = addCents(allDaysCents, sums.get(agent)?.allDaysCents ?? zero);
  }
  return { lastDayCents, allDaysCents };
}

/**
 * Whether a stored cost covers the last day alone: it is that sum and not the one over all days. Without accruals the
 * rule of whoever made the run decides. A cost that is neither sum is said nothing of here.
 */
export function lastDayOnly(
  stored: Cents | undefined,
  run: LongRun,
  agents?: Iterable<AgentId>,
): LastDayOnly | undefined {
  if (stored === undefined) return undefined;
  if (run.sums === undefined)
    return run.isOfLab ? undefined : { dayCount: run.dayCount, allDaysCents: undefined };
  const { lastDayCents, allDaysCents } = sumsOf(run.sums, agents);
  if (stored === allDaysCents || stored !== lastDayCents) return undefined;
  return { dayCount: run.dayCount, allDaysCents };
}

/** Whether two stored costs of one run can both be right: equal, or each the sum of the last or of all days. */
export function agreeOverDays(a: Cents, b: Cents, run: LongRun, agents: Iterable<AgentId>): boolean {
  if (a === b || run.sums === undefined) return true;
  const sums = [sumsOf(run.sums, agents), sumsOf(run.sums)];
  const isOne = (stored: Cents) =>
    sums.some(({ lastDayCents, allDaysCents }) => stored === lastDayCents || stored === allDaysCents);
  return isOne(a) && isOne(b);
}

const zero = cents(0n);

/** `last day only; $6.00 over both days`, beside the cost that it is about. */
export function lastDayWords({ dayCount, allDaysCents }: LastDayOnly): string {
  return allDaysCents === undefined
    ? `last day only, of ${formatCount(dayCount)}`
    : `last day only; ${formatMoney(allDaysCents)} ${overDays(dayCount)}`;
}

/** `over both days`, `over all 5 days`. */
function overDays(dayCount: number): string {
  return dayCount === 2 ? 'over both days' : `over all ${formatCount(dayCount)} days`;
}

/** Stored costs of a file that are those of the last day of their run alone; what is not named covers its whole run. */
export interface DayCosts {
  /** By the stored total of the run. */
  readonly runs: ReadonlyMap<SimulationId, LastDayOnly>;
  /** Experiments with such an iteration. */
  readonly experiments: ReadonlyMap<ExperimentId, ExperimentDays>;
}

export interface ExperimentDays {
  readonly iterations: ReadonlyMap<number, IterationDays>;
  /** Of the total of the first, the last and the cheapest iteration. */
  readonly first: LastDayOnly | undefined;
  readonly final: LastDayOnly | undefined;
  readonly best: LastDayOnly | undefined;
}

/** Of the costs of one iteration. */
export interface IterationDays {
  readonly total: LastDayOnly | undefined;
  readonly agents: ReadonlyMap<AgentId, LastDayOnly>;
}

/**
 * One bank on one day, as the file stores it; money in cents, undefined where nothing is stored. Costs are those of the
 * day alone.
 */
export interface RunDay extends ByListedCost<Cents | undefined> {
  readonly day: number;
  readonly agentId: AgentId;
  readonly opening: Cents | undefined;
  readonly closing: Cents | undefined;
  readonly lowest: Cents | undefined;
  readonly posted: Cents | undefined;
  /** Payments in Queue 1 at the end of the day. */
  readonly queue1: number | undefined;
  readonly total: Cents | undefined;
}

/** What a file stores per day of a run, beside its events. */
export interface RunDays {
  /**
   * Some stored payment settled on a later day than it arrived: the writer kept its rows up to date. The original does
   * not; its rows are as of the evening of the day of arrival (domain.md 2.9).
   */
  readonly settledLater: boolean;
  readonly days: readonly RunDay[];
  /** Queue 1 at the end of a day, ids in order with a space between them. */
  readonly queues: readonly {
    readonly day: number;
    readonly agentId: AgentId;
    readonly payments: string;
    readonly size: number;
  }[];
  readonly policies: readonly {
    readonly agentId: AgentId;
    readonly snapshotTick: number | undefined;
    readonly policyJson: string | undefined;
  }[];
}
