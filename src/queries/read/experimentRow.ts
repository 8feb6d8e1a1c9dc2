import type { Engine } from '../../engine/engine.ts';
import { bigInt, boolean, int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';

/** What the file itself says of an experiment, beside its iterations: the columns and how they are read. */
export const storedExperimentSpec = {
  fileId: text,
  experimentId: text,
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
export const storedExperimentColumns = sql`file_id, experiment_id, config, master_seed, created_at, completed_at,
  stored_num_iterations, stored_converged, convergence_reason, stored_final_cost_cents, stored_best_cost_cents`;

const spec = { config: nullable(text), masterSeed: nullable(bigInt), createdAt: nullable(text) };

/** The experiment's own row, or undefined when the file has no such experiment. */
export async function readExperimentRow(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof spec> | undefined> {
  const statement = sql`SELECT config, master_seed, created_at FROM experiments WHERE ${ofExperiment(scope)} LIMIT 1`;
  return (await queryRows(engine, statement, spec, signal))[0];
}
