import { countTested, findContradictions } from '../domain/contradictions/find.ts';
import {
  tallyVerdicts,
  type HealthFacts,
  type RecordedCounts,
  type SchemaFacts,
  judgeSchema,
} from '../domain/health/facts.ts';
import { deriveStatus } from '../domain/experiment/normalised.ts';
import { rulesOfMark } from '../domain/labMark.ts';
import { readActualSchema } from '../engine/actualSchema.ts';
import type { Engine } from '../engine/engine.ts';
import { int, queryRows, text } from '../engine/rows.ts';
import { simulationId, type SimulationId } from '../lib/ids.ts';
import { sql } from '../lib/sql.ts';
import type { HealthScope } from './fileHealth.ts';
import type { QueryEngine } from './query.ts';
import { collectInSlices } from './read/slices.ts';
import { overExperiments } from './readContradictions.ts';
import { inFile, type FileScope } from './scope.ts';
import { unreadable } from './fileFindings.ts';

/** What a file is found to hold, as the report needs it. */
export async function readFileHealth(
  engine: QueryEngine,
  params: HealthScope,
  signal: AbortSignal | undefined,
): Promise<HealthFacts> {
  const { fileId } = params;
  const experiments = await overExperiments(engine, { fileId }, signal, async ({ scope, row, records }) => ({
    experimentId: scope.experimentId,
    status: deriveStatus({
      completedAt: row.completedAt,
      converged: row.storedConverged,
      convergenceReason: row.convergenceReason,
    }),
    iterations: records.experiment.iterations.length,
    verdicts: tallyVerdicts(records),
    tested: countTested(records),
    found: (await collectInSlices(findContradictions(records), signal)).flat(),
  }));
  const cells = await engine.ask(unreadable.about({ fileId }), signal);
  return {
    recorded: await readCounts(engine, { fileId }, signal),
    experiments,
    unreadable: cells,
    schema: await readSchema(engine, params, cells.missingColumns, signal),
    runs: await readRuns(engine, { fileId }, signal),
    labRuns: await readLabRuns(engine, { fileId }, signal),
  };
}

const countSpec = {
  iterations: int,
  evaluations: int,
  exchanges: int,
  samples: int,
  runs: int,
  events: int,
};

async function readCounts(
  engine: Engine,
  scope: FileScope,
  signal: AbortSignal | undefined,
): Promise<RecordedCounts> {
  const here = inFile(scope);
  const statement = sql`SELECT
    (SELECT count(*) FROM iterations WHERE ${here}) AS iterations,
    (SELECT count(*) FROM evaluations WHERE ${here}) AS evaluations,
    (SELECT count(*) FROM experiment_events WHERE ${here} AND event_type = 'llm_interaction') AS exchanges,
    (SELECT coalesce(sum(sample_count), 0)::BIGINT FROM evaluations
      WHERE ${here} AND sample_count > 1 AND sample_details IS NOT NULL) AS samples,
    (SELECT count(DISTINCT simulation_id) FROM simulation_runs WHERE ${here}) AS runs,
    (SELECT count(*) FROM simulation_events WHERE ${here}) AS events`;
  const [counts] = await queryRows(engine, statement, countSpec, signal);
  if (counts === undefined) throw new TypeError('a statement of scalars gave no row');
  return counts;
}

/** Runs with a row of their own, and those that a killed process left without one. */
async function readRuns(
  engine: Engine,
  scope: FileScope,
  signal: AbortSignal | undefined,
): Promise<readonly SimulationId[]> {
  const here = inFile(scope);
  const statement = sql`SELECT simulation_id FROM (
      SELECT simulation_id, min(started_at) AS started_at FROM simulation_runs WHERE ${here} GROUP BY simulation_id
      UNION ALL SELECT simulation_id, NULL FROM orphan_runs WHERE ${here})
    ORDER BY started_at, simulation_id`;
  const rows = await queryRows(engine, statement, { simulationId: text }, signal);
  return [...new Set(rows.map((row) => simulationId(row.simulationId)))];
}

/** Runs that bear the mark of our lab, by whatever rules. */
async function readLabRuns(
  engine: Engine,
  scope: FileScope,
  signal: AbortSignal | undefined,
): Promise<readonly SimulationId[]> {
  const statement = sql`SELECT simulation_id, description FROM simulation_runs
    WHERE ${inFile(scope)} AND description IS NOT NULL ORDER BY started_at, iteration, simulation_id`;
  const rows = await queryRows(engine, statement, { simulationId: text, description: text }, signal);
  const ours = rows.filter(({ description }) => rulesOfMark(description) !== undefined);
  return [...new Set(ours.map((row) => simulationId(row.simulationId)))];
}

async function readSchema(
  engine: Engine,
  { fileId, isUnified }: HealthScope,
  missingColumns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<SchemaFacts> {
  const statement = sql`SELECT DISTINCT database_name, schema_name FROM stored_types WHERE ${inFile({ fileId })}`;
  const [place] = await queryRows(engine, statement, { databaseName: text, schemaName: text }, signal);
  const { databaseName: database, schemaName: schema } = place ?? { databaseName: '', schemaName: '' };
  return judgeSchema(await readActualSchema(engine, { database, schema }), missingColumns, isUnified);
}
