import type { ExperimentConfig, RunFacts } from '../../domain/answers/experiments.ts';
import type { EvidenceRun } from '../../domain/answers/runs.ts';
import { deriveRunStatus, type LinkedRun } from '../../domain/experiment/normalised.ts';
import {
  seedDigests,
  seedOfDigest,
  type RunEvidence,
  type StoredRun,
  linkRuns,
} from '../../domain/linkRuns.ts';
import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, money, nullable, queryRows, text } from '../../engine/rows.ts';
import { simulationId, experimentId, type ExperimentId } from '../../lib/ids.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { defineQuery, type QueryEngine } from '../query.ts';
import { ofExperiment, type ExperimentScope, type RunScope } from '../scope.ts';
import { readRunEvents } from './experimentEvents.ts';
import { readConfig, readExperimentRow } from './experimentRow.ts';
import { readIterationIndex } from './iterationRows.ts';

/** What follows an experiment's id in the id of one of its runs (domain.md 4.1, 4.3). */
const runSuffix =
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

/** The rows of an experiment's runs, and the events that announce them; without rows these are not read. */
export type RecordedRuns = Pick<RunEvidence, 'runs' | 'events'>;

async function readRecordedRuns(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RecordedRuns> {
  const runs = await readRuns(engine, scope, signal);
  return { runs, events: runs.length === 0 ? [] : await readRunEvents(engine, scope, signal) };
}

/** Rows and events that are kept when nobody looks at them. */
const keptRecords = 50_000;

/** What list, page and iterations match runs by: read once for all of them. */
export const recordedRuns = defineQuery(
  {
    name: 'recordedRuns',
    scope: 'experiment',
    run: (engine, scope: ExperimentScope, signal): Promise<RecordedRuns> =>
      readRecordedRuns(engine, scope, signal),
  },
  { weightOf: ({ runs, events }) => runs.length + events.length, most: keptRecords },
);

/** What is known of an experiment before its runs are read. */
export interface KnownBeforeRuns extends Pick<RunEvidence, 'lastIteration' | 'evaluationIterations'> {
  readonly config: ExperimentConfig;
}

/** The runs of one experiment, each matched to its iteration. */
export async function linkedRuns(
  engine: QueryEngine,
  { fileId, experimentId }: ExperimentScope,
  known: KnownBeforeRuns,
  signal: AbortSignal | undefined,
): Promise<LinkedRun[]> {
  const scope = { fileId, experimentId };
  return linkRecorded(engine, scope, await engine.ask(recordedRuns.about(scope), signal), known, signal);
}

/** Recorded runs, each matched to its iteration. */
export async function linkRecorded(
  engine: Engine,
  scope: ExperimentScope,
  { runs, events }: RecordedRuns,
  known: KnownBeforeRuns,
  signal: AbortSignal | undefined,
): Promise<LinkedRun[]> {
  if (runs.length === 0) return [];
  const { lastIteration, evaluationIterations } = known;
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

/** Columns of a run's own row that every question about runs reads. */
export const storedRun = {
  status: nullable(text),
  configName: nullable(text),
  rngSeed: nullable(bigInt),
  ticksPerDay: nullable(int),
  dayCount: nullable(int),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
};

/** A run whose link column is NULL may still be named after an experiment (domain.md 4.1: the id as fallback). */
export const runOwner = sql`coalesce(experiment_id, regexp_extract(simulation_id, ${`^(.+)${runSuffix}$`}, 1))`;

/**
 * The part of a run among the runs of its iteration. A second run of a purpose that has one per iteration is that of
 * a proposal (stored with a flag only); schema B names the iteration of those in a column, of the run itself not
 * (domain.md 3.6).
 */
export function roleOf(run: LinkedRun, ofIteration: readonly LinkedRun[]): EvidenceRun['role'] {
  if (run.purpose === 'bootstrap') return 'sample';
  const isInitial = ({ purpose }: LinkedRun) => purpose === 'initial' || purpose === 'init';
  if (ofIteration.some(isInitial)) return isInitial(run) ? 'context' : 'evaluated';
  const alike = ofIteration.filter(({ purpose }) => purpose === run.purpose);
  const first = alike.find(({ linkedBy }) => linkedBy !== 'column') ?? alike[0];
  return first?.simulationId === run.simulationId ? 'context' : 'evaluated';
}

const oneRunSpec = { ...storedRun, owner: nullable(text), configJson: nullable(text), rowCount: int };

/** The stored row of a run with its place in an experiment; undefined for an orphan. */
export async function readRunRow(
  engine: Engine,
  params: RunScope,
  signal: AbortSignal | undefined,
): Promise<{ readonly facts: RunFacts; readonly configJson: string | undefined } | undefined> {
  const statement = sql`SELECT
      (SELECT any_value(e.experiment_id) FROM experiments e
        WHERE e.file_id = ${params.fileId} AND e.experiment_id = r.owner) AS owner,
      status, config_name, rng_seed, ticks_per_day, day_count, arrivals, settlements, total_cost_cents,
      config_json, row_count
    FROM (SELECT *, ${runOwner} AS owner, count(*) OVER () AS row_count FROM simulation_runs
      WHERE file_id = ${params.fileId} AND simulation_id = ${params.simulationId} LIMIT 1) r`;
  const [row] = await queryRows(engine, statement, oneRunSpec, signal);
  if (row === undefined) return undefined;
  const { owner: experiment, rngSeed, status, configJson, ...stored } = row;
  const owned = experiment === undefined ? undefined : experimentId(experiment);
  const { link, role } = owned === undefined ? unlinked : await readLink(engine, params, owned, signal);
  const seed = link === undefined ? rngSeed?.toString() : link.seed;
  return {
    facts: { ...stored, experimentId: owned, link, role, status: deriveRunStatus(status), seed },
    configJson,
  };
}

const unlinked = { link: undefined, role: undefined };

async function readLink(
  engine: Engine,
  { fileId, simulationId }: RunScope,
  experiment: ExperimentId,
  signal: AbortSignal | undefined,
): Promise<Pick<RunFacts, 'link' | 'role'>> {
  const scope = { fileId, experimentId: experiment };
  const row = await readExperimentRow(engine, scope, signal);
  const index = await readIterationIndex(engine, { ...scope, iteration: 0 }, signal);
  const known = { config: readConfig(row?.config, row?.masterSeed), ...index };
  const recorded = await readRecordedRuns(engine, scope, signal);
  const runs = await linkRecorded(engine, scope, recorded, known, signal);
  const link = runs.find((run) => run.simulationId === simulationId);
  if (link?.iteration === undefined) return { link, role: undefined };
  return {
    link,
    role: roleOf(
      link,
      runs.filter(({ iteration }) => iteration === link.iteration),
    ),
  };
}
