import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { listedCosts } from '../../../domain/costs.ts';
import { ident, join, sql } from '../../../lib/sql.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { readConfig, readExperimentRow } from '../../read/experimentRow.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { readRunCosts, readTotalCost } from '../runCosts.ts';
import { mostSeqs, moneyCheck } from './check.ts';

const title = 'Costs of all ticks add up to the stored total cost';

/** What the costs of a run are found to be; undefined is not recorded. */
export interface FoundCosts {
  readonly storedTotal: Cents | undefined;
  /** Of the agents that the stored total counts; undefined without events. */
  readonly total: Cents | undefined;
  /** The stored total counts the optimised agents alone. */
  readonly someOnly: boolean;
  /** Of these agents on the last of several days. */
  readonly lastDayTotal: Cents | undefined;
  /** The total without the cost of splitting, where it may be left out of the stored one. */
  readonly totalWithoutSplits: Cents | undefined;
  readonly hasAccruals: boolean;
  /** Accruals whose parts exceed their total. */
  readonly exceeding: number;
}

/** Costs against the stored total, and the parts of every accrual against its own total. */
export async function costChecks(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly ConsistencyCheck[]> {
  const costs = await readRunCosts(engine, run, signal);
  const counted = await optimisedAgents(engine, run, signal);
  const sumOver = (agents: Iterable<AgentId>) =>
    [...agents].reduce((sum, agent) => addCents(sum, costs.get(agent)?.totalCents ?? zero), zero);
  const all = await readTotalCost(engine, run, signal);
  const someOnly = countsSomeOnly(counted, costs.keys());
  const total = run.eventCount === 0 ? undefined : someOnly ? sumOver(counted) : all.totalCents;
  const canLeaveSplitsOut = run.facts?.experimentId === undefined && !run.isLab;
  const parts = await exceedingParts(engine, run, signal);
  const hasAccruals = run.eventTypes.has('CostAccrual');
  const [ofTotal, ofParts] = judgeCosts({
    storedTotal: run.facts?.totalCostCents,
    total,
    someOnly,
    lastDayTotal: await lastDayCost(engine, run, someOnly ? counted : undefined, signal),
    totalWithoutSplits:
      total !== undefined && canLeaveSplitsOut ? subtractCents(total, all.splitFrictionCents) : undefined,
    hasAccruals,
    exceeding: parts.length,
  });
  return [
    ofTotal,
    { ...ofParts, differenceCents: hasAccruals ? all.opportunityCents : undefined, seqs: parts },
  ];
}

/** Whether a stored total that counts the agents `counted` leaves out some that are charged. */
export const countsSomeOnly = (counted: readonly AgentId[], charged: Iterable<AgentId>): boolean =>
  counted.length > 0 && [...charged].some((agent) => !counted.includes(agent));

/** The two checks of costs, without the events behind a difference. */
export function judgeCosts(costs: FoundCosts): readonly [ConsistencyCheck, ConsistencyCheck] {
  const { storedTotal, total, someOnly, lastDayTotal, totalWithoutSplits, hasAccruals, exceeding } = costs;
  const isLastDay = storedTotal !== undefined && lastDayTotal === storedTotal && lastDayTotal !== total;
  const leavesSplitsOut = totalWithoutSplits !== undefined && storedTotal === totalWithoutSplits;
  return [
    moneyCheck({ id: 'total-cost', title }, storedTotal, total, {
      balances: someOnly
        ? 'The stored total counts the optimised agents only, and so does this sum.'
        : 'The sum of every cost accrual is the total that the run’s row stores.',
      missing:
        storedTotal === undefined
          ? 'The file stores no total cost of this run.'
          : 'The file records no events of this run.',
      otherwise: isLastDay
        ? {
            outcome: 'known gap',
            why: 'The original engine sets its accumulators to zero at the start of each day: the stored total is that of the last day.',
          }
        : leavesSplitsOut
          ? {
              outcome: 'known gap',
              why: 'The original’s command line leaves the cost of splitting out of the stored total.',
            }
          : {
              outcome: 'differs',
              why: 'Neither all days nor the last day alone add up to the stored total.',
            },
    }),
    {
      id: 'opportunity-cost',
      title: 'Opportunity cost = total minus listed parts, never negative',
      outcome: hasAccruals ? (exceeding === 0 ? 'balances' : 'differs') : 'not recorded',
      expected: undefined,
      found: undefined,
      differenceCents: undefined,
      why: whyParts(hasAccruals, exceeding),
      seqs: [],
    },
  ];
}

const zero = cents(0n);

function whyParts(hasAccruals: boolean, wrong: number): string {
  if (!hasAccruals) return 'The file records no cost accruals of this run.';
  return wrong === 0
    ? 'The difference is the liquidity opportunity cost of the run, which no event lists.'
    : 'The parts of some accruals exceed their total.';
}

/** B stores the cost of the optimised agents alone (domain.md 3.6); empty outside such an experiment. */
async function optimisedAgents(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly AgentId[]> {
  const experimentId = run.facts?.experimentId;
  if (experimentId === undefined) return [];
  const row = await readExperimentRow(engine, { fileId: run.scope.fileId, experimentId }, signal);
  return readConfig(row?.config, row?.masterSeed).optimizedAgents;
}

/** The first tick of the last of several days; undefined where there is one, or it is not told. */
export function lastDayStart({
  ticksPerDay,
  tickCount,
}: Pick<PreparedRun, 'ticksPerDay' | 'tickCount'>): number | undefined {
  return ticksPerDay === undefined || ticksPerDay < 1 || tickCount <= ticksPerDay
    ? undefined
    : (Math.ceil(tickCount / ticksPerDay) - 1) * ticksPerDay;
}

async function lastDayCost(
  engine: Engine,
  run: PreparedRun,
  counted: readonly AgentId[] | undefined,
  signal: AbortSignal | undefined,
): Promise<Cents | undefined> {
  const firstTick = lastDayStart(run);
  if (firstTick === undefined) return undefined;
  if (counted === undefined) return (await readTotalCost(engine, run, signal, firstTick)).totalCents;
  const costs = await readRunCosts(engine, run, signal, firstTick);
  return [...costs]
    .filter(([agent]) => counted.includes(agent))
    .reduce((sum, [, cost]) => addCents(sum, cost.totalCents), zero);
}

async function exceedingParts(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT seq FROM ${run.table('costs')}
      WHERE ${join(
        listedCosts.map(({ column }) => ident(column)),
        ' + ',
      )} > total ORDER BY seq LIMIT ${mostSeqs}`,
    { seq: int },
    signal,
  );
  return rows.map(({ seq }) => seq);
}
