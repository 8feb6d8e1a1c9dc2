import type { Engine } from '../../engine/engine.ts';
import { bigInt, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';

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
