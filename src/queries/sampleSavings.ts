import type { Engine } from '../engine/engine.ts';
import { double, int, nullable, queryRows, text } from '../engine/rows.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { SampleSaving } from '../schema/deskAnswers.ts';
import { agentId, experimentId } from '../schema/ids.ts';
import { inFiles, ofExperiment, type DeskScope } from './scope.ts';

const spec = {
  experimentId: text,
  iteration: int,
  agentId: text,
  count: int,
  better: int,
  worse: int,
  equal: int,
  meanSavingCents: double,
  savingDeviationCents: nullable(double),
};

/**
 * One row per proposal whose samples are stored: statistics of old minus new cost. The engine looks into the JSON by
 * core functions, so that no text leaves it; where a sample lacks one of its costs, the pairs cannot be told and the
 * proposal is left out.
 */
export async function sampleSavings(
  engine: Engine,
  params: DeskScope,
  signal?: AbortSignal,
): Promise<SampleSaving[]> {
  const { fileId: file, experimentId: id } = params;
  const condition =
    id === undefined ? inFiles({ fileIds: [file] }) : ofExperiment({ fileId: file, experimentId: id });
  const statement = sql`WITH pairs AS (
      SELECT experiment_id, iteration, agent_id, unnest(${costs('old_cost')}) AS old_cost, unnest(${costs('new_cost')}) AS new_cost,
        len(regexp_extract_all(sample_details, '"index"\\s*:')) AS entries
      FROM evaluations WHERE ${condition} AND sample_details IS NOT NULL
    )
    SELECT experiment_id, iteration, agent_id, count(*) AS count,
      count(*) FILTER (old_cost > new_cost) AS better, count(*) FILTER (old_cost < new_cost) AS worse,
      count(*) FILTER (old_cost = new_cost) AS equal,
      avg(old_cost - new_cost) AS mean_saving_cents, stddev_samp(old_cost - new_cost) AS saving_deviation_cents
    FROM pairs GROUP BY ALL HAVING any_value(entries) = count(*)
        AND count(old_cost) = count(*) AND count(new_cost) = count(*)
    ORDER BY experiment_id, iteration, agent_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.map((row) => ({
    ...row,
    experimentId: experimentId(row.experimentId),
    agentId: agentId(row.agentId),
  }));
}

function costs(key: string): Sql {
  return sql`regexp_extract_all(sample_details, ${`"${key}"\\s*:\\s*(-?\\d+)`}, 1)::BIGINT[]`;
}
