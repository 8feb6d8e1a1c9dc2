import { sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKey, readTable } from './tableReader.ts';

/** `experiments` of A and B; B has neither seed nor cost columns (domain.md 3.2). */
export function experiments(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiments', [experimentKey]);
  if (table === undefined) return undefined;
  const id = table.text(...experimentKey);
  return selectRelation(
    'experiments',
    file.fileId,
    {
      experiment_id: id,
      experiment_name: sql`coalesce(${table.text('experiment_name')}, ${id})`,
      experiment_type: table.text('experiment_type'),
      config: table.text('config'),
      master_seed: table.bigint('master_seed'),
      created_at: table.text('created_at'),
      completed_at: table.text('completed_at'),
      stored_num_iterations: table.bigint('num_iterations'),
      stored_converged: table.boolean('converged'),
      convergence_reason: table.text('convergence_reason'),
      stored_final_cost_cents: table.bigint('final_cost'),
      stored_best_cost_cents: table.bigint('best_cost'),
    },
    table.from,
  );
}
