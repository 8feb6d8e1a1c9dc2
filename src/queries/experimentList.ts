import type { Engine } from '../engine/engine.ts';
import { bigInt, boolean, int, list, money, nullable, queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import { experimentId, fileId } from '../schema/ids.ts';
import type { ExperimentSummary } from '../schema/normalised.ts';
import { deriveStatus } from '../schema/status.ts';
import { readConfig } from './read/config.ts';
import { experimentKey } from './read/experimentKey.ts';
import { inFiles, type FileScope } from './scope.ts';

const experimentSpec = {
  fileId: text,
  experimentId: text,
  experimentName: nullable(text),
  config: nullable(text),
  masterSeed: nullable(bigInt),
  createdAt: nullable(text),
  completedAt: nullable(text),
  storedNumIterations: nullable(int),
  storedConverged: nullable(boolean),
  convergenceReason: nullable(text),
  storedFinalCostCents: nullable(money),
  storedBestCostCents: nullable(money),
};

const costSpec = {
  fileId: text,
  experimentId: text,
  iterationCount: int,
  firstCostCents: nullable(money),
  finalCostCents: nullable(money),
  bestCostCents: nullable(money),
  sparklineCents: list(nullable(money)),
};

/** One row per experiment of the open files: two statements, however many experiments. */
export async function experimentList(
  engine: Engine,
  params: FileScope,
  signal?: AbortSignal,
): Promise<ExperimentSummary[]> {
  const statement = sql`SELECT file_id, experiment_id, experiment_name, config, master_seed, created_at,
      completed_at, stored_num_iterations, stored_converged, convergence_reason, stored_final_cost_cents,
      stored_best_cost_cents
    FROM experiments WHERE ${inFiles(params)} ORDER BY created_at, file_id, experiment_id`;
  const experiments = await queryRows(engine, statement, experimentSpec, signal);
  const costs = await readTotals(engine, params, signal);
  return experiments.map((row) => {
    const config = readConfig(row.config, row.masterSeed);
    const { storedConverged: converged, convergenceReason, completedAt } = row;
    return {
      fileId: fileId(row.fileId),
      experimentId: experimentId(row.experimentId),
      name: row.experimentName ?? config.name ?? row.experimentId,
      status: deriveStatus({ completedAt, converged, convergenceReason }),
      storedConverged: converged,
      convergenceReason,
      evaluationMode: config.evaluationMode,
      numSamples: config.numSamples,
      masterSeed: config.masterSeed,
      storedNumIterations: row.storedNumIterations,
      storedFinalCostCents: row.storedFinalCostCents,
      storedBestCostCents: row.storedBestCostCents,
      startedAt: row.createdAt,
      completedAt,
      ...(costs.get(experimentKey(row)) ?? noIterations),
    };
  });
}

const noIterations = {
  iterationCount: 0,
  firstCostCents: undefined,
  finalCostCents: undefined,
  bestCostCents: undefined,
  sparklineCents: [],
};

type Totals = Pick<ExperimentSummary, keyof typeof noIterations>;

/**
 * A total exists where every agent of the experiment has a cost in cents (domain.md 5.1: never the pooled
 * `total_cost` of an event). The picture keeps the first and the last iteration and the lowest and highest of
 * each of 29 stretches between.
 */
async function readTotals(
  engine: Engine,
  params: FileScope,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Totals>> {
  const condition = inFiles(params);
  const statement = sql`WITH costs AS MATERIALIZED (SELECT * FROM iteration_costs WHERE ${condition}), agents AS (
      SELECT file_id, experiment_id, count(DISTINCT agent_key) AS agents FROM costs GROUP BY ALL
    ), sums AS (
      SELECT file_id, experiment_id, iteration, count(cost_cents) AS known,
        TRY_CAST(sum(cost_cents) AS BIGINT) AS total
      FROM costs GROUP BY ALL
    ), totals AS (
      SELECT file_id, experiment_id, iteration, CASE WHEN known = agents THEN total END AS total,
        row_number() OVER w - 1 AS position, count(*) OVER (PARTITION BY file_id, experiment_id) AS size
      FROM (SELECT file_id, experiment_id, iteration FROM iterations WHERE ${condition})
      LEFT JOIN sums USING (file_id, experiment_id, iteration)
      LEFT JOIN agents USING (file_id, experiment_id)
      WINDOW w AS (PARTITION BY file_id, experiment_id ORDER BY iteration)
    ), ranked AS (
      SELECT *, row_number() OVER (stretch ORDER BY total, position) AS from_low,
        row_number() OVER (stretch ORDER BY total DESC, position) AS from_high
      FROM (SELECT *, CASE WHEN position = 0 THEN -1 WHEN position = size - 1 THEN 29
        ELSE (position - 1) * 29 // greatest(size - 2, 1) END AS part FROM totals)
      WINDOW stretch AS (PARTITION BY file_id, experiment_id, part)
    )
    SELECT file_id, experiment_id, count(*) AS iteration_count,
      arg_min_null(total, position) AS first_cost_cents, arg_max_null(total, position) AS final_cost_cents,
      min(total) AS best_cost_cents,
      coalesce(list(total ORDER BY position) FILTER (size <= 60 OR from_low = 1 OR from_high = 1), [])
        AS sparkline_cents
    FROM ranked GROUP BY file_id, experiment_id`;
  const rows = await queryRows(engine, statement, costSpec, signal);
  return new Map(
    rows.map(({ fileId: file, experimentId: id, ...totals }) => [
      experimentKey({ fileId: file, experimentId: id }),
      totals,
    ]),
  );
}
