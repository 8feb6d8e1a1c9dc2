import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { listedCosts } from '../../../domain/costs.ts';
import { ident, join, sql } from '../../../lib/sql.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { readConfig } from '../../read/config.ts';
import { readExperimentRow } from '../../read/experimentRow.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { readRunCosts, readTotalCost } from '../runCosts.ts';
import { mostSeqs, moneyCheck } from './check.ts';

const title = 'Costs of all ticks add up to the stored total cost';

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
  const total = await readTotalCost(engine, run, signal);
  const all = run.eventCount === 0 ? undefined : total.totalCents;
  const someOnly = counted.length > 0 && [...costs.keys()].some((agent) => !counted.includes(agent));
  const found = all === undefined ? undefined : someOnly ? sumOver(counted) : all;
  const stored = run.facts?.totalCostCents;
  const lastDay = await lastDayCost(engine, run, someOnly ? counted : undefined, signal);
  const isLastDay = stored !== undefined && lastDay === stored && lastDay !== found;
  const leavesSplitsOut =
    found !== undefined && run.facts?.experimentId === undefined && !run.isLab
      ? stored === subtractCents(found, total.splitFrictionCents)
      : false;
  const parts = await exceedingParts(engine, run, signal);
  const opportunity = total.opportunityCents;
  return [
    moneyCheck({ id: 'total-cost', title }, stored, found, {
      balances: someOnly
        ? 'The stored total counts the optimised agents only, and so does this sum.'
        : 'The sum of every cost accrual is the total that the run’s row stores.',
      missing:
        stored === undefined
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
      outcome: run.eventTypes.has('CostAccrual')
        ? parts.length === 0
          ? 'balances'
          : 'differs'
        : 'not recorded',
      expected: undefined,
      found: undefined,
      differenceCents: run.eventTypes.has('CostAccrual') ? opportunity : undefined,
      why: whyParts(run, parts.length),
      seqs: parts,
    },
  ];
}

const zero = cents(0n);

function whyParts(run: PreparedRun, wrong: number): string {
  if (!run.eventTypes.has('CostAccrual')) return 'The file records no cost accruals of this run.';
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

async function lastDayCost(
  engine: Engine,
  run: PreparedRun,
  counted: readonly AgentId[] | undefined,
  signal: AbortSignal | undefined,
): Promise<Cents | undefined> {
  const { ticksPerDay, tickCount } = run;
  if (ticksPerDay === undefined || tickCount <= ticksPerDay) return undefined;
  const firstTick = (Math.ceil(tickCount / ticksPerDay) - 1) * ticksPerDay;
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
