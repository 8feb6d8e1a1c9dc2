import type { Contradiction } from '../domain/contradictions/contradiction.ts';
import { findContradictions } from '../domain/contradictions/find.ts';
import type { Engine } from '../engine/engine.ts';
import { boolean, queryRows, type RowOf } from '../engine/rows.ts';
import { groupBy } from '../lib/groupBy.ts';
import { sql } from '../lib/sql.ts';
import { experimentId, fileId, type ExperimentId, type FileId, type SimulationId } from '../lib/ids.ts';
import type { Proposal } from '../domain/experiment/normalised.ts';
import type { SampleSaving } from '../domain/answers/desk.ts';
import { judgedIn } from './judged.ts';
import type { QueryEngine } from './query.ts';
import { rulesOf } from './read/acceptanceRules.ts';
import { readConfig } from './read/config.ts';
import { storedExperimentColumns, storedExperimentSpec } from './read/experimentRow.ts';
import { readCostsOf, totalOf } from './read/iterationCosts.ts';
import { evaluationIterations } from './read/iterationRows.ts';
import { readRunDays, type StoredRunDays } from './read/runDays.ts';
import type { Judged } from './read/verdictEvidence.ts';
import { readRunRecords } from './read/runRecords.ts';
import { readScenarioSeeds } from './read/scenarioSeeds.ts';
import { collectInSlices } from './read/slices.ts';
import { sampleSavings } from './sampleSavings.ts';
import { inDeskScope, type DeskScope } from './scope.ts';

/** The contradictions of one experiment; an experiment without any is there too. */
export interface ExperimentContradictions {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
  readonly found: readonly Contradiction[];
}

type ExperimentRow = RowOf<typeof storedExperimentSpec>;

/** Every contradiction of the asked experiments by the rules of `domain/contradictions/`. */
export async function readContradictions(
  engine: QueryEngine,
  params: DeskScope,
  signal?: AbortSignal,
): Promise<ExperimentContradictions[]> {
  const { fileId: file, experimentId: id } = params;
  const statement = sql`SELECT ${storedExperimentColumns}
    FROM experiments WHERE ${inDeskScope(params)} ORDER BY created_at, experiment_id`;
  const [experiments, samples] = await Promise.all([
    queryRows(engine, statement, storedExperimentSpec, signal),
    engine.ask(sampleSavings.about({ fileId: file, experimentId: id }), signal),
  ]);
  const samplesOf = groupBy(samples, (row) => row.experimentId);
  const has = await whatThereIs(engine, file, signal);
  const judgedOf = await judgedIn(engine, params, signal);
  const found: ExperimentContradictions[] = [];
  for (const row of experiments) {
    const scope = { fileId: file, experimentId: experimentId(row.experimentId) };
    const known = {
      judged: judgedOf(row.experimentId),
      samples: samplesOf.get(scope.experimentId) ?? [],
      has,
    };
    found.push(await ofOne(engine, row, known, signal));
  }
  return found;
}

interface WhatThereIs {
  /** Of the file. */
  readonly days: ReadonlyMap<SimulationId, StoredRunDays>;
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
  if (has === undefined) return { runs: false, scenarioSeeds: false, days: new Map() };
  return { ...has, days: has.runs ? await readRunDays(engine, file, true, signal) : new Map() };
}

async function ofOne(
  engine: Engine,
  row: ExperimentRow,
  known: { readonly judged: Judged; readonly samples: readonly SampleSaving[]; readonly has: WhatThereIs },
  signal: AbortSignal | undefined,
): Promise<ExperimentContradictions> {
  const scope = { fileId: fileId(row.fileId), experimentId: experimentId(row.experimentId) };
  const { judged, samples, has } = known;
  const { days } = has;
  const { stored, proposals } = judged;
  const costs = await collectInSlices(readCostsOf(stored.iterations), signal);
  const priced = new Set(costs.flatMap((ofIteration) => [...ofIteration.keys()]));
  const iterations = stored.iterations.map(({ iteration }, at) => ({
    iteration,
    totalCents: totalOf(costs[at] ?? new Map(), priced),
  }));
  const config = readConfig(row.config, row.masterSeed);
  const beside = {
    config,
    lastIteration: iterations.at(-1)?.iteration ?? -1,
    evaluationIterations: evaluationIterations(stored.iterations),
    totals: new Map(iterations.map(({ iteration, totalCents }) => [iteration, totalCents])),
    agents: priced,
    days,
  };
  const runs = has.runs ? await readRunRecords(engine, scope, beside, signal) : [];
  const seeds = has.scenarioSeeds ? await readScenarioSeeds(engine, scope, config, signal) : [];
  const samplesByProposal = new Map(samples.map((saving) => [placeOf(saving), saving]));
  const steps = findContradictions({
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
    rules: rulesOf(row, stored.evaluations),
    samplesOf: (proposal) => samplesByProposal.get(placeOf(proposal)),
    runs,
    seeds,
  });
  return { ...scope, found: (await collectInSlices(steps, signal)).flat() };
}

function placeOf({ iteration, agentId }: Pick<Proposal, 'iteration' | 'agentId'>): string {
  return `${iteration} ${agentId}`;
}
