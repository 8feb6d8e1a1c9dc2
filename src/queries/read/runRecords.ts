import type { RunDays } from '../../domain/days/days.ts';
import type { RunRecord } from '../../domain/contradictions/runRules.ts';
import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, nullable, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import { simulationId, type AgentId, type SimulationId } from '../../lib/ids.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { readLinkedRuns, runsOfExperiment } from './runRows.ts';
import { roleOf } from './runRole.ts';
import { readRunEvents } from './runEvents.ts';

const storedSpec = { simulationId: text, rngSeed: nullable(bigInt), events: int };
const announcedSpec = { simulationId: text, announced: int };

/** `num_events` is the last number of its event; older files carry whole event arrays, which name no such key. */
const announcedPattern = String.raw`"num_events"\s*:\s*(\d{1,15})\s*[,}]`;
const idPattern = String.raw`"simulation_id"\s*:\s*"([^"\\]+)"`;

/** The runs of one experiment with what is stored beside them. */
export async function readRunRecords(
  engine: Engine,
  scope: ExperimentScope,
  known: {
    readonly config: ExperimentConfig;
    readonly lastIteration: number;
    readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
    readonly totals: ReadonlyMap<number, Cents | undefined>;
    /** Whose costs a total sums. */
    readonly agents: ReadonlySet<AgentId>;
    readonly days: ReadonlyMap<SimulationId, RunDays>;
  },
  signal: AbortSignal | undefined,
): Promise<RunRecord[]> {
  const linked = await readLinkedRuns(engine, scope, known, signal);
  if (linked.length === 0) return [];
  const stored = sql`SELECT r.simulation_id, any_value(r.rng_seed) AS rng_seed, count(e.tick) AS events
    FROM (FROM simulation_runs WHERE ${runsOfExperiment(scope)}) r
    LEFT JOIN (SELECT simulation_id, tick FROM simulation_events WHERE file_id = ${scope.fileId}) e
      ON e.simulation_id = r.simulation_id
    GROUP BY r.simulation_id`;
  const announced = sql`SELECT regexp_extract(event_data, ${idPattern}, 1) AS simulation_id,
      regexp_extract(event_data, ${announcedPattern}, 1)::BIGINT AS announced
    FROM experiment_events WHERE ${ofExperiment(scope)} AND event_type = 'simulation_run'
      AND regexp_matches(event_data, ${announcedPattern})`;
  const [rows, announcements, events] = await Promise.all([
    queryRows(engine, stored, storedSpec, signal),
    queryRows(engine, announced, announcedSpec, signal),
    readRunEvents(engine, scope, signal),
  ]);
  const rowOf = new Map(rows.map((row) => [row.simulationId, row]));
  const announcedOf = new Map(announcements.map((row) => [row.simulationId, row.announced]));
  const seedOf = new Map(events.map((event) => [event.simulationId, event.seed?.toString()]));
  return linked.map((run) => {
    const row = rowOf.get(run.simulationId);
    return {
      simulationId: simulationId(run.simulationId),
      iteration: run.iteration,
      isContext: isContext(run, linked),
      totalCostCents: run.totalCostCents,
      iterationTotalCents: run.iteration === undefined ? undefined : known.totals.get(run.iteration),
      days: known.days.get(simulationId(run.simulationId)),
      agents: known.agents,
      storedSeed: row?.rngSeed?.toString(),
      eventSeed: seedOf.get(run.simulationId),
      announcedEvents: announcedOf.get(run.simulationId),
      storedEvents: row?.events ?? 0,
    };
  });
}

/** A run that stands where it does by its order alone may stand in the wrong place: nothing is held against it. */
function isContext(run: LinkedRun, all: readonly LinkedRun[]): boolean {
  if (run.iteration === undefined || run.linkedBy === 'order') return false;
  return (
    roleOf(
      run,
      all.filter(({ iteration }) => iteration === run.iteration),
    ) === 'context'
  );
}
