import {
  lastDayOnly,
  type LastDayOnly,
  type DayCosts,
  type ExperimentDays,
  type IterationDays,
  type DaySums,
  type LongRun,
} from '../domain/days.ts';
import { rulesOfMark } from '../domain/labMark.ts';
import type { Engine } from '../engine/engine.ts';
import { queryRows, type RowOf, boolean, int, money, nullable, text } from '../engine/rows.ts';
import { groupBy } from '../lib/groupBy.ts';
import {
  experimentId,
  type AgentId,
  type ExperimentId,
  type FileId,
  type SimulationId,
  agentId,
  simulationId,
} from '../lib/ids.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { Cents } from '../lib/units.ts';
import type { QueryEngine } from './query.ts';
import { integerIn, isNoObject, sumOf, textIn } from './read/eventFields.ts';
import { readConfig, storedExperimentColumns, storedExperimentSpec } from './read/experimentRow.ts';
import {
  knownCosts,
  readCosts,
  agentsTotal,
  type StoredCosts,
  evaluationIterations,
  readIterationCosts,
  agentOfKey,
} from './read/iterationRows.ts';
import { roleOf, linkedRuns } from './read/runRows.ts';
import { inFile, type ExperimentScope } from './scope.ts';

export interface DayScope {
  readonly fileId: FileId;
  /** Costs of each day are counted from the events; without, all that is told is that days are left out. */
  readonly withEvents: boolean;
}

type LongRuns = ReadonlyMap<SimulationId, StoredLongRun>;

/** Stored costs of a file that are those of the last day of their run alone (`domain/days.ts`). */
export async function readDayCosts(
  engine: QueryEngine,
  params: DayScope,
  signal?: AbortSignal,
): Promise<DayCosts> {
  const { fileId: file } = params;
  const long = await readLongRuns(engine, file, params.withEvents, signal);
  const runs = new Map<SimulationId, LastDayOnly>();
  for (const [id, run] of long) {
    // Whoever writes runs outside experiments may sum all days: only accruals tell.
    if (run.sums === undefined && run.experimentId === undefined) continue;
    const only = lastDayOnly(run.storedCents, run);
    if (only !== undefined) runs.set(id, only);
  }
  const experiments = new Map<ExperimentId, ExperimentDays>();
  if (long.size === 0) return { runs, experiments };
  const statement = sql`SELECT ${storedExperimentColumns} FROM experiments WHERE ${inFile({ fileId: file })}`;
  for (const row of await queryRows(engine, statement, storedExperimentSpec, signal)) {
    const id = experimentId(row.experimentId);
    if (![...long.values()].some((run) => mayBelongTo(run, id))) continue;
    const found = await ofExperiment(engine, { fileId: file, experimentId: id }, row, long, signal);
    if (found !== undefined) experiments.set(id, found);
  }
  return { runs, experiments };
}

function mayBelongTo(run: StoredLongRun, id: ExperimentId): boolean {
  return run.experimentId === undefined ? run.simulationId.startsWith(id) : run.experimentId === id;
}

async function ofExperiment(
  engine: QueryEngine,
  scope: ExperimentScope,
  row: RowOf<typeof storedExperimentSpec>,
  long: LongRuns,
  signal: AbortSignal | undefined,
): Promise<ExperimentDays | undefined> {
  const config = readConfig(row.config, row.masterSeed);
  // A bootstrap iteration costs the mean of its samples, not what its run does.
  if (config.evaluationMode === 'bootstrap') return undefined;
  const stored = await readIterationCosts(engine, scope, signal);
  const known = {
    config,
    lastIteration: stored.at(-1)?.iteration ?? -1,
    evaluationIterations: evaluationIterations(stored),
  };
  const linked = await linkedRuns(engine, scope, known, signal);
  const runsOf = groupBy(linked, ({ iteration }) => iteration);
  const costs = stored.map(({ iteration, costsPerAgent }) => [iteration, readCosts(costsPerAgent)] as const);
  const priced = new Set(costs.flatMap(([, ofIteration]) => [...ofIteration.keys()]));
  const iterations = new Map<number, IterationDays>();
  for (const [iteration, ofIteration] of costs) {
    const own = runsOf.get(iteration) ?? [];
    const context = own.find((run) => roleOf(run, own) === 'context');
    const run = context === undefined ? undefined : long.get(context.simulationId);
    if (run === undefined) continue;
    const agents = new Map(
      [...knownCosts(ofIteration)].flatMap(([agent, cost]) => {
        const only = lastDayOnly(cost, run, [agent]);
        return only === undefined ? [] : [[agent, only] as const];
      }),
    );
    const total = lastDayOnly(agentsTotal(ofIteration, priced), run, priced);
    if (agents.size > 0 || total !== undefined) iterations.set(iteration, { total, agents });
  }
  if (iterations.size === 0) return undefined;
  const of = (at: (typeof costs)[number] | undefined) => at && iterations.get(at[0])?.total;
  return {
    iterations,
    first: of(costs[0]),
    final: of(costs.at(-1)),
    best: of(cheapest(costs, priced)),
  };
}

/** The first of the iterations with the lowest total. */
function cheapest<Row extends readonly [number, StoredCosts]>(
  costs: readonly Row[],
  priced: ReadonlySet<AgentId>,
): Row | undefined {
  let found: { readonly row: Row; readonly total: Cents } | undefined;
  for (const row of costs) {
    const total = agentsTotal(row[1], priced);
    if (total !== undefined && (found === undefined || total < found.total)) found = { row, total };
  }
  return found?.row;
}

const runSpec = {
  simulationId: text,
  experimentId: nullable(text),
  dayCount: int,
  description: nullable(text),
  storedCents: nullable(money),
};
const sumSpec = {
  simulationId: text,
  agentId: nullable(text),
  agentKey: text,
  lastDay: nullable(money),
  allDays: nullable(money),
  isBroken: boolean,
};

const numDays = String.raw`"num_days"\s*:\s*(\d{1,9})`;

/** More cannot be meant: a file may claim 2^31 - 1 days. */
const mostDays = 1_000_000;

/** With the experiment that its row names. */
export interface StoredLongRun extends LongRun {
  readonly experimentId: string | undefined;
}

/**
 * The stored runs of a file that are longer than a day, by id. `withEvents`: days and costs are counted from the
 * events, as the row of an experiment's run says one day whatever its scenario (domain.md 3.6); without, days are
 * those that row and configuration claim.
 */
export async function readLongRuns(
  engine: Engine,
  file: FileId,
  withEvents: boolean,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<SimulationId, StoredLongRun>> {
  const rows = await queryRows(engine, longRuns(file, withEvents), runSpec, signal);
  const sums =
    withEvents && rows.length > 0 ? await readSums(engine, file, signal) : new Map<string, undefined>();
  return new Map(
    rows.map((row) => {
      const id = simulationId(row.simulationId);
      const isOfLab = rulesOfMark(row.description) !== undefined;
      const { experimentId, dayCount, storedCents } = row;
      return [
        id,
        { simulationId: id, experimentId, dayCount, isOfLab, storedCents, sums: sums.get(row.simulationId) },
      ];
    }),
  );
}

function longRuns(file: FileId, withEvents: boolean): Sql {
  const events = withEvents
    ? sql`LEFT JOIN (SELECT simulation_id, max(tick) AS last_tick FROM simulation_events
        WHERE file_id = ${file} GROUP BY simulation_id) e USING (simulation_id)`
    : sql`CROSS JOIN (SELECT NULL::INTEGER AS last_tick) e`;
  return sql`SELECT simulation_id, experiment_id, day_count,
      CASE WHEN last_tick IS NOT NULL THEN (day_count - 1) * ticks_per_day END AS first_tick_of_last_day,
      description, stored_cents
    FROM (SELECT simulation_id, experiment_id, ticks_per_day, last_tick, description, stored_cents,
        CASE WHEN last_tick IS NOT NULL AND ticks_per_day > 0 THEN last_tick::BIGINT // ticks_per_day + 1
          ELSE claimed END AS day_count
      FROM (SELECT simulation_id, any_value(experiment_id) AS experiment_id,
          any_value(ticks_per_day) AS ticks_per_day,
          max(greatest(coalesce(day_count, 1),
            coalesce(TRY_CAST(regexp_extract(config_json, ${numDays}, 1) AS INTEGER), 1))) AS claimed,
          any_value(description) AS description, any_value(total_cost_cents) AS stored_cents
        FROM simulation_runs WHERE file_id = ${file} GROUP BY simulation_id) ${events})
    WHERE day_count > 1 AND day_count <= ${mostDays} ORDER BY simulation_id`;
}

/** Sums of accruals by agent; none for a run that has no accrual, or one that cannot be read or names no agent. */
async function readSums(
  engine: Engine,
  file: FileId,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<AgentId, DaySums> | undefined>> {
  const statement = sql`SELECT simulation_id, agent_id, agent_key,
      ${sumOf(sql`CASE WHEN tick >= first_tick_of_last_day THEN total ELSE 0 END`)} AS last_day,
      ${sumOf(sql`total`)} AS all_days, bool_or(is_broken) AS is_broken
    FROM (SELECT simulation_id, tick, first_tick_of_last_day, agent_id, ${integerIn('total')} AS total,
        CASE WHEN agent_id IS NULL THEN ${textIn('agent_id')} ELSE '' END AS agent_key,
        ${isNoObject()} OR ${integerIn('total')} IS NULL AS is_broken
      FROM simulation_events JOIN (${longRuns(file, true)}) USING (simulation_id)
      WHERE file_id = ${file} AND event_type = 'CostAccrual')
    GROUP BY simulation_id, agent_id, agent_key`;
  const rows = await queryRows(engine, statement, sumSpec, signal);
  const found = new Map<string, Map<AgentId, DaySums> | undefined>();
  for (const { simulationId: id, agentId: named, agentKey, lastDay, allDays, isBroken } of rows) {
    const agent = named === undefined ? agentOfKey(agentKey) : agentId(named);
    const known = found.has(id) ? found.get(id) : new Map<AgentId, DaySums>();
    const isUnknown = isBroken || agent === '' || lastDay === undefined || allDays === undefined;
    found.set(
      id,
      isUnknown ? undefined : known?.set(agent, { lastDayCents: lastDay, allDaysCents: allDays }),
    );
  }
  return found;
}
