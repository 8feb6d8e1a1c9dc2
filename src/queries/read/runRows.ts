import {
  seedDigests,
  seedOfDigest,
  type RunEvidence,
  type StoredRun,
  linkRuns,
} from '../../domain/linkRuns.ts';
import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, money, nullable, queryRows, text } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import { simulationId, type SimulationId } from '../../lib/ids.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { readRunEvents } from './runEvents.ts';

/** What follows an experiment's id in the id of one of its runs (domain.md 4.1, 4.3). */
export const runSuffix =
  '-(?:sim-[0-9]+-[a-z_]+|iter[0-9]+-(?:standalone|initial|bootstrap|evaluation|best|final)(?:-sample[0-9]+)?)';

const spec = {
  simulationId: text,
  iteration: nullable(int),
  purpose: nullable(text),
  sampleIndex: nullable(int),
  rngSeed: nullable(bigInt),
  ticksPerDay: nullable(int),
  dayCount: nullable(int),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
  status: nullable(text),
};

/** The condition on `simulation_runs`: the link column, or where it is NULL an id of exactly this experiment. */
export function runsOfExperiment({ fileId, experimentId }: ExperimentScope): Sql {
  const rest = sql`substr(simulation_id, length(${experimentId}) + 1)`;
  return sql`file_id = ${fileId} AND (experiment_id = ${experimentId} OR (experiment_id IS NULL
    AND starts_with(simulation_id, ${experimentId}) AND regexp_full_match(${rest}, ${runSuffix})))`;
}

async function readRuns(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<StoredRun[]> {
  const statement = sql`SELECT simulation_id, iteration, purpose, sample_index, rng_seed, ticks_per_day,
      day_count, arrivals, settlements, total_cost_cents, status
    FROM simulation_runs WHERE ${runsOfExperiment(scope)}`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.map(({ rngSeed, ...row }) => ({
    ...row,
    simulationId: simulationId(row.simulationId),
    seed: rngSeed,
  }));
}

async function readSeeds(
  engine: Engine,
  scope: ExperimentScope,
  config: ExperimentConfig,
  lastIteration: number,
  signal: AbortSignal | undefined,
): Promise<RunEvidence['iterationSeeds']> {
  const [agent] = config.optimizedAgents;
  if (config.masterSeed === undefined || agent === undefined) return [];
  const stored = sql`SELECT iteration FROM iterations WHERE ${ofExperiment(scope)}`;
  // One beyond the last row: a run can die between the two (domain.md 11.28).
  const statement = seedDigests(config.masterSeed, agent, lastIteration + 1, stored);
  const rows = await queryRows(engine, statement, { iteration: int, digest: text }, signal);
  return rows.map(({ iteration, digest }) => ({ iteration, seed: seedOfDigest(digest) }));
}

/** The runs of one experiment, each matched to its iteration. */
export async function readLinkedRuns(
  engine: Engine,
  scope: ExperimentScope,
  known: {
    readonly config: ExperimentConfig;
    readonly lastIteration: number;
    readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
  },
  signal: AbortSignal | undefined,
): Promise<LinkedRun[]> {
  const runs = await readRuns(engine, scope, signal);
  if (runs.length === 0) return [];
  const { lastIteration, evaluationIterations } = known;
  const events = await readRunEvents(engine, scope, signal);
  const stored = new Set(runs.map((run) => run.simulationId));
  // Seeds tell the iteration of an event; there is nothing to tell where columns name it for every run.
  const linkedByColumn = (run: StoredRun) =>
    run.iteration !== undefined || evaluationIterations.has(run.simulationId);
  const settled = runs.every(linkedByColumn) && events.every((event) => stored.has(event.simulationId));
  const iterationSeeds =
    settled || events.length === 0 ? [] : await readSeeds(engine, scope, known.config, lastIteration, signal);
  const { experimentId } = scope;
  return linkRuns({ experimentId, runs, events, evaluationIterations, iterationSeeds, lastIteration });
}
