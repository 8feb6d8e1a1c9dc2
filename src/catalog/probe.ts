import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { tablePath, type AttachedFile, type Tables } from './tables.ts';

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
  const needed = Object.keys(probedColumns).filter(
    (table) => !file.views.has(table) && (!far || listTables.has(table)),
  );
  await engine.run(needed.flatMap((table) => readOne(file, table) ?? []));
}

/** One row of the narrow columns of a table; undefined where the file has none of them. */
function readOne(file: AttachedFile, table: string): Sql | undefined {
  const columns = (probedColumns[table] ?? []).filter((column) => file.tables.get(table)?.has(column));
  if (columns.length === 0) return undefined;
  return sql`SELECT ${join(columns.map(ident), ', ')} FROM ${tablePath(file, table)} LIMIT 1`;
}

/**
 * Reads one row of each view that the relations need. A view may call for any file or host, so the engine must
 * be locked before. Returns the file without the views that failed, and what the engine said of each.
 */
export async function probeViews(
  engine: Engine,
  file: AttachedFile,
): Promise<{ readonly tables: Tables; readonly failed: ReadonlyMap<string, string> }> {
  const failed = new Map<string, string>();
  for (const view of file.views) {
    const statement = readOne(file, view);
    if (statement === undefined) continue;
    try {
      await engine.query(statement);
    } catch (cause) {
      if (!(cause instanceof EngineError) || cause.kind !== 'query') throw cause;
      failed.set(view, cause.message);
    }
  }
  return { tables: new Map([...file.tables].filter(([table]) => !failed.has(table))), failed };
}
