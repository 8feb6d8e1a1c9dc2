import type { Engine } from '../engine/engine.ts';
import { ident, join, sql } from '../lib/sql.ts';
import type { AttachedFile } from './tables.ts';

/**
 * Columns of each table that the relations read. A column costs a block of 256 KiB and the file may be 1 GB
 * behind a slow line: what the list of experiments reads anyway, else one narrow number; never the wide ones
 * (event_data, details, policies, sample_details).
 */
const probedColumns: Readonly<Record<string, readonly string[]>> = {
  experiments: ['experiment_id', 'run_id', 'completed_at', 'num_iterations'],
  experiment_iterations: ['experiment_id', 'run_id', 'iteration', 'costs_per_agent'],
  experiment_events: ['iteration'],
  policy_evaluations: ['iteration'],
  simulation_runs: ['simulation_id'],
  simulations: ['simulation_id'],
  simulation_events: ['tick'],
  transactions: ['arrival_day'],
};

/** Tables that the list of experiments reads anyway: probing them costs a far file no further bytes. */
const listTables: ReadonlySet<string> = new Set(['experiments', 'experiment_iterations']);

/**
 * Reads one row of each table that the relations need, so that a damaged file fails while it is being opened
 * and not in the middle of a view. Of a file that is `far` and large only the tables of the list: each further
 * region costs some 300 KB. Rejects with the engine's own error.
 */
export async function probe(engine: Engine, file: AttachedFile, far = false): Promise<void> {
  const statements = Object.entries(probedColumns).flatMap(([table, wanted]) => {
    const columns = wanted.filter((column) => file.tables.get(table)?.has(column));
    if (columns.length === 0 || (far && !listTables.has(table))) return [];
    const path = join([file.alias, 'main', table].map(ident), '.');
    return [sql`SELECT ${join(columns.map(ident), ', ')} FROM ${path} LIMIT 1`];
  });
  await engine.run(statements);
}
