import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { RunFacts } from '../../domain/answers/experiments.ts';
import { experimentId, type ExperimentId } from '../../lib/ids.ts';
import { deriveRunStatus } from '../../domain/experiment/normalised.ts';
import type { RunScope } from '../scope.ts';
import { readConfig } from './config.ts';
import { readExperimentRow } from './experimentRow.ts';
import { readIterationIndex } from './iterationIndex.ts';
import { roleOf } from './runRole.ts';
import { readLinkedRuns } from './runRows.ts';
import { runOwner, storedRun } from './storedRun.ts';

const spec = { ...storedRun, owner: nullable(text), configJson: nullable(text), rowCount: int };

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
      started_at, ended_at, config_json, row_count
    FROM (SELECT *, ${runOwner} AS owner, count(*) OVER () AS row_count FROM simulation_runs
      WHERE file_id = ${params.fileId} AND simulation_id = ${params.simulationId} LIMIT 1) r`;
  const [row] = await queryRows(engine, statement, spec, signal);
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
  const runs = await readLinkedRuns(engine, scope, known, signal);
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
