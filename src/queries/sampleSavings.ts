import { double, int, nullable, queryRows, text } from '../engine/rows.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { SampleSaving } from '../domain/answers/desk.ts';
import { agentId, experimentId } from '../lib/ids.ts';
import { cents } from '../lib/units.ts';
import { defineQuery } from './query.ts';
import { inDeskScope, type DeskScope } from './scope.ts';

const spec = {
  experimentId: text,
  iteration: int,
  agentId: text,
  count: int,
  better: int,
  worse: int,
  equal: int,
  wrongDeltas: int,
  // Sums may leave the 64-bit range, which text does not mind.
  savingSum: text,
  oldSum: text,
  newSum: text,
  meanSavingCents: double,
  savingDeviationCents: nullable(double),
  meanNewCostCents: double,
  newCostDeviationCents: nullable(double),
};

/**
 * One row per proposal whose samples are stored: statistics of old minus new cost. The engine looks into the JSON by
 * core functions, so that no text leaves it; where a sample lacks one of its costs, the pairs cannot be told and the
 * proposal is left out, as is one with several rows: their samples are not one set.
 */
export const sampleSavings = defineQuery({
  name: 'sampleSavings',
  scope: 'one file',
  async run(engine, params: DeskScope, signal): Promise<SampleSaving[]> {
    const condition = inDeskScope(params);
    const statement = sql`WITH pairs AS (
        SELECT experiment_id, iteration, agent_id, unnest(${numbers('old_cost')}) AS old_cost,
          unnest(${numbers('new_cost')}) AS new_cost, unnest(${numbers('delta')}) AS delta,
          len(regexp_extract_all(sample_details, '"index"\\s*:')) AS entries
        FROM evaluations WHERE ${condition} AND sample_details IS NOT NULL
          AND (experiment_id, iteration, agent_id) NOT IN (SELECT (experiment_id, iteration, agent_id)
            FROM evaluations WHERE ${condition} GROUP BY ALL HAVING count(*) > 1)
      )
      SELECT experiment_id, iteration, agent_id, count(*) AS count,
        count(*) FILTER (old_cost > new_cost) AS better, count(*) FILTER (old_cost < new_cost) AS worse,
        count(*) FILTER (old_cost = new_cost) AS equal,
        count(*) FILTER (delta IS DISTINCT FROM old_cost - new_cost) AS wrong_deltas,
        sum(old_cost - new_cost)::VARCHAR AS saving_sum, sum(old_cost)::VARCHAR AS old_sum,
        sum(new_cost)::VARCHAR AS new_sum,
        avg(new_cost) AS mean_new_cost_cents, stddev_samp(new_cost) AS new_cost_deviation_cents,
        avg(old_cost - new_cost) AS mean_saving_cents, stddev_samp(old_cost - new_cost) AS saving_deviation_cents
      FROM pairs GROUP BY ALL HAVING any_value(entries) = count(*)
          AND count(old_cost) = count(*) AND count(new_cost) = count(*)
      ORDER BY experiment_id, iteration, agent_id`;
    const rows = await queryRows(engine, statement, spec, signal);
    return rows.map(({ savingSum, oldSum, newSum, ...row }) => ({
      ...row,
      savingSumCents: cents(BigInt(savingSum)),
      oldSumCents: cents(BigInt(oldSum)),
      newSumCents: cents(BigInt(newSum)),
      experimentId: experimentId(row.experimentId),
      agentId: agentId(row.agentId),
    }));
  },
});

/** Whole numbers alone: of `12.5` the rest does not fit, and the proposal is left out. */
function numbers(key: string): Sql {
  return sql`TRY_CAST(regexp_extract_all(sample_details, ${`"${key}"\\s*:\\s*(-?\\d+)\\s*[,}]`}, 1) AS HUGEINT[])`;
}
