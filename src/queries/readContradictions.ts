import type { Contradiction } from '../domain/contradictions/contradiction.ts';
import { findContradictions, type ExperimentRecords } from '../domain/contradictions/find.ts';
import type { Engine } from '../engine/engine.ts';
import { bigInt, boolean, int, nullable, queryRows, text, type RowOf } from '../engine/rows.ts';
import { firstBy, groupBy } from '../lib/groupBy.ts';
import { sql } from '../lib/sql.ts';
import {
  agentId,
  experimentId,
  fileId,
  simulationId,
  type AgentId,
  type ExperimentId,
  type FileId,
  type SimulationId,
} from '../lib/ids.ts';
import type { LinkedRun, Proposal } from '../domain/experiment/normalised.ts';
import type { SampleSaving } from '../domain/answers/desk.ts';
import { judgedIn, type JudgedExperiment } from './judged.ts';
import type { QueryEngine } from './query.ts';
import {
  acceptanceRulesOf,
  readConfig,
  storedExperimentColumns,
  storedExperimentSpec,
} from './read/experimentRow.ts';
import { agentsTotal, evaluationIterations } from './read/iterationRows.ts';
import { readLongRuns, type StoredLongRun } from './readDayCosts.ts';
import { collectInSlices } from './read/slices.ts';
import { sampleSavings } from './sampleSavings.ts';
import { inDeskScope, ofExperiment, type DeskScope, type ExperimentScope } from './scope.ts';
import { seedOfDigest } from '../domain/linkRuns.ts';
import type { RunRecord, SeedRecord } from '../domain/contradictions/runRules.ts';
import type { ExperimentConfig } from '../domain/answers/experiments.ts';
import type { LongRun } from '../domain/days.ts';
import type { Cents } from '../lib/units.ts';
import {
  linkRecorded,
  recordedRuns,
  roleOf,
  runsOfExperiment,
  type KnownBeforeRuns,
  type RecordedRuns,
} from './read/runRows.ts';

/** The contradictions of one experiment; an experiment without any is there too. */
export interface ExperimentContradictions {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
  readonly found: readonly Contradiction[];
}

type ExperimentRow = RowOf<typeof storedExperimentSpec>;

/** Every contradiction of the asked experiments by the rules of `domain/contradictions/`. */
export function readContradictions(
  engine: QueryEngine,
  params: DeskScope,
  signal?: AbortSignal,
): Promise<ExperimentContradictions[]> {
  return overExperiments(engine, params, signal, async ({ scope, records }) => ({
    ...scope,
    found: (await collectInSlices(findContradictions(records), signal)).flat(),
  }));
}

/** One experiment with everything that rules are held against. */
interface RecordsOfExperiment {
  readonly scope: ExperimentScope;
  readonly row: ExperimentRow;
  readonly records: ExperimentRecords;
}

/** Reads the asked experiments one after the other, by start time, and keeps of each what `make` gives. */
export async function overExperiments<T>(
  engine: QueryEngine,
  params: DeskScope,
  signal: AbortSignal | undefined,
  make: (one: RecordsOfExperiment) => Promise<T>,
): Promise<T[]> {
  const { fileId: file, experimentId: id } = params;
  const statement = sql`SELECT ${storedExperimentColumns}
    FROM experiments WHERE ${inDeskScope(params)} ORDER BY created_at, experiment_id`;
  const [experiments, samples, has] = await Promise.all([
    queryRows(engine, statement, storedExperimentSpec, signal),
    engine.ask(sampleSavings.about({ fileId: file, experimentId: id }), signal),
    whatThereIs(engine, file, signal),
  ]);
  const samplesOf = groupBy(samples, (row) => row.experimentId);
  const scopeOf = (row: ExperimentRow) => ({ fileId: file, experimentId: experimentId(row.experimentId) });
  /** The runs of the next one are read while the one before is judged and held against the rules. */
  const readAhead = (row: ExperimentRow | undefined): Promise<RunRows> | undefined => {
    const reading = row && has.runs ? readRunRows(engine, scopeOf(row), signal) : undefined;
    // Whoever waits for them hears of it.
    reading?.catch(() => undefined);
    return reading;
  };
  let next = readAhead(experiments[0]);
  const [judgedOf, days] = await Promise.all([
    judgedIn(engine, params, signal),
    has.runs ? readLongRuns(engine, file, true, signal) : new Map<SimulationId, StoredLongRun>(),
  ]);
  const made: T[] = [];
  for (const [at, row] of experiments.entries()) {
    const scope = scopeOf(row);
    const runRows = await next;
    next = readAhead(experiments[at + 1]);
    const known = {
      judged: judgedOf(row.experimentId),
      samples: samplesOf.get(scope.experimentId) ?? [],
      days,
      scenarioSeeds: has.scenarioSeeds,
      runRows,
    };
    made.push(await make({ scope, row, records: await recordsOf(engine, row, known, signal) }));
  }
  return made;
}

interface WhatThereIs {
  readonly runs: boolean;
  readonly scenarioSeeds: boolean;
}

/** Asked once a file: most files of many experiments hold neither. */
async function whatThereIs(
  engine: Engine,
  file: FileId,
  signal: AbortSignal | undefined,
): Promise<WhatThereIs> {
  const statement = sql`SELECT EXISTS (FROM simulation_runs WHERE file_id = ${file}) AS runs,
    EXISTS (FROM evaluations WHERE file_id = ${file} AND scenario_seed IS NOT NULL) AS scenario_seeds`;
  const [has] = await queryRows(engine, statement, { runs: boolean, scenarioSeeds: boolean }, signal);
  return has ?? { runs: false, scenarioSeeds: false };
}

async function recordsOf(
  engine: QueryEngine,
  row: ExperimentRow,
  known: {
    readonly judged: JudgedExperiment;
    readonly samples: readonly SampleSaving[];
    /** Of the file. */
    readonly days: ReadonlyMap<SimulationId, StoredLongRun>;
    readonly scenarioSeeds: boolean;
    readonly runRows: RunRows | undefined;
  },
  signal: AbortSignal | undefined,
): Promise<ExperimentRecords> {
  const scope = { fileId: fileId(row.fileId), experimentId: experimentId(row.experimentId) };
  const { judged, samples, days, runRows } = known;
  const { stored, costs, proposals } = judged;
  const priced = new Set(costs.flatMap((ofIteration) => [...ofIteration.keys()]));
  const iterations = stored.iterations.map(({ iteration }, at) => ({
    iteration,
    totalCents: agentsTotal(costs[at] ?? new Map(), priced),
  }));
  const config = readConfig(row.config, row.masterSeed);
  const beside = {
    config,
    lastIteration: iterations.at(-1)?.iteration ?? -1,
    evaluationIterations: evaluationIterations(stored.iterations),
    totals: new Map([...firstBy(iterations, (row) => row.iteration)].map(([k, row]) => [k, row.totalCents])),
    agents: priced,
    days,
  };
  const runs = runRows === undefined ? [] : await runRecordsOf(engine, scope, runRows, beside, signal);
  const seeds = known.scenarioSeeds ? await readScenarioSeeds(engine, scope, config, signal) : [];
  const samplesByProposal = new Map(samples.map((saving) => [placeOf(saving), saving]));
  return {
    experiment: {
      completed: row.completedAt !== undefined,
      evaluationMode: config.evaluationMode,
      storedNumIterations: row.storedNumIterations,
      storedConverged: row.storedConverged,
      convergenceReason: row.convergenceReason,
      storedFinalCostCents: row.storedFinalCostCents,
      storedBestCostCents: row.storedBestCostCents,
      storedMasterSeed: row.masterSeed?.toString(),
      configuredMasterSeed: readConfig(row.config, undefined).masterSeed,
      iterations,
      agentCount: priced.size,
    },
    proposals,
    rules: acceptanceRulesOf(row, stored.evaluations),
    samplesOf: (proposal) => samplesByProposal.get(placeOf(proposal)),
    runs,
    seeds,
  };
}

function placeOf({ iteration, agentId }: Pick<Proposal, 'iteration' | 'agentId'>): string {
  return `${iteration} ${agentId}`;
}

const spec = { iteration: int, agentId: text, scenarioSeed: bigInt, digest: text };

/**
 * The seed of each single comparison beside the one that master seed, iteration and agent give (domain.md 4.4: each
 * pair comparison uses the seed of the agent under test).
 */
async function readScenarioSeeds(
  engine: Engine,
  scope: ExperimentScope,
  { masterSeed, evaluationMode }: ExperimentConfig,
  signal: AbortSignal | undefined,
): Promise<SeedRecord[]> {
  if (masterSeed === undefined || evaluationMode?.startsWith('deterministic') !== true) return [];
  const statement = sql`SELECT iteration, agent_id, scenario_seed,
      left(sha256(concat(${masterSeed}, ':iter:', iteration, ':agent:', agent_id)), 8) AS digest
    FROM evaluations WHERE ${ofExperiment(scope)} AND scenario_seed IS NOT NULL ORDER BY iteration, agent_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.map((row) => ({
    iteration: row.iteration,
    agentId: agentId(row.agentId),
    storedSeed: row.scenarioSeed.toString(),
    derivedSeed: seedOfDigest(row.digest).toString(),
  }));
}

const storedSpec = { simulationId: text, rngSeed: nullable(bigInt), events: int };
const announcedSpec = { simulationId: text, announced: int };

/** `num_events` is the last number of its event; older files carry whole event arrays, which name no such key. */
const announcedPattern = String.raw`"num_events"\s*:\s*(\d{1,15})\s*[,}]`;
const idPattern = String.raw`"simulation_id"\s*:\s*"([^"\\]+)"`;

/** What is stored of the runs of one experiment. */
interface RunRows {
  readonly stored: readonly RowOf<typeof storedSpec>[];
  readonly announced: readonly RowOf<typeof announcedSpec>[];
  readonly recorded: RecordedRuns;
}

async function readRunRows(
  engine: QueryEngine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RunRows> {
  const stored = sql`SELECT r.simulation_id, any_value(r.rng_seed) AS rng_seed, count(e.tick) AS events
    FROM (FROM simulation_runs WHERE ${runsOfExperiment(scope)}) r
    LEFT JOIN (SELECT simulation_id, tick FROM simulation_events WHERE file_id = ${scope.fileId}) e
      ON e.simulation_id = r.simulation_id
    GROUP BY r.simulation_id`;
  const announced = sql`SELECT simulation_id, announced FROM (
      SELECT regexp_extract(event_data, ${idPattern}, 1) AS simulation_id,
        nullif(regexp_extract(event_data, ${announcedPattern}, 1), '')::BIGINT AS announced
      FROM experiment_events WHERE ${ofExperiment(scope)} AND event_type = 'simulation_run'
        AND contains(event_data, '"num_events"')
    ) WHERE announced IS NOT NULL`;
  const [recorded, storedRows, announcedRows] = await Promise.all([
    engine.ask(recordedRuns.about(scope), signal),
    queryRows(engine, stored, storedSpec, signal),
    queryRows(engine, announced, announcedSpec, signal),
  ]);
  return { recorded, stored: storedRows, announced: announcedRows };
}

/** The runs of one experiment with what is stored beside them. */
async function runRecordsOf(
  engine: QueryEngine,
  scope: ExperimentScope,
  { stored, announced, recorded }: RunRows,
  known: KnownBeforeRuns & {
    readonly totals: ReadonlyMap<number, Cents | undefined>;
    /** Whose costs a total sums. */
    readonly agents: ReadonlySet<AgentId>;
    readonly days: ReadonlyMap<SimulationId, LongRun>;
  },
  signal: AbortSignal | undefined,
): Promise<RunRecord[]> {
  const linked = await linkRecorded(engine, scope, recorded, known, signal);
  const rowOf = new Map(stored.map((row) => [row.simulationId, row]));
  const announcedOf = new Map(announced.map((row) => [row.simulationId, row.announced]));
  const seedOf = new Map(recorded.events.map((event) => [event.simulationId, event.seed?.toString()]));
  const byIteration = groupBy(linked, ({ iteration }) => iteration);
  return linked.map((run) => {
    const row = rowOf.get(run.simulationId);
    return {
      simulationId: simulationId(run.simulationId),
      iteration: run.iteration,
      isContext: isContext(run, byIteration.get(run.iteration) ?? []),
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
function isContext(run: LinkedRun, ofIteration: readonly LinkedRun[]): boolean {
  if (run.iteration === undefined || run.linkedBy === 'order') return false;
  return roleOf(run, ofIteration) === 'context';
}
