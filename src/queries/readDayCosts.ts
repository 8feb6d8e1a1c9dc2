import {
  lastDayOnly,
  type LastDayOnly,
  type DayCosts,
  type ExperimentDays,
  type IterationDays,
} from '../domain/days.ts';
import type { Engine } from '../engine/engine.ts';
import { queryRows, type RowOf } from '../engine/rows.ts';
import { groupBy } from '../lib/groupBy.ts';
import { sql } from '../lib/sql.ts';
import { experimentId, type AgentId, type ExperimentId, type FileId, type SimulationId } from '../lib/ids.ts';
import type { Cents } from '../lib/units.ts';
import { readConfig, storedExperimentColumns, storedExperimentSpec } from './read/experimentRow.ts';
import {
  knownCosts,
  readCosts,
  agentsTotal,
  type StoredCosts,
  evaluationIterations,
  readIterationCosts,
} from './read/iterationRows.ts';
import { readLongRuns, type StoredLongRun } from './read/runDays.ts';
import { roleOf, readLinkedRuns } from './read/runRows.ts';
import { inFile, type ExperimentScope } from './scope.ts';

export interface DayScope {
  readonly fileId: FileId;
  /** Costs of each day are counted from the events; without, all that is told is that days are left out. */
  readonly withEvents: boolean;
}

type LongRuns = ReadonlyMap<SimulationId, StoredLongRun>;

/** Stored costs of a file that are those of the last day of their run alone (`domain/days/`). */
export async function readDayCosts(
  engine: Engine,
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
  engine: Engine,
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
  const linked = await readLinkedRuns(engine, scope, known, signal);
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
