import type { Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKey, readTable } from './tableReader.ts';

/** `experiment_iterations` of A and B; only A can name its evaluation run. */
export function iterations(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_iterations', [experimentKey, ['iteration']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'iterations',
    file.fileId,
    {
      experiment_id: table.text(...experimentKey),
      iteration: table.integer('iteration'),
      costs_per_agent: table.text('costs_per_agent'),
      accepted_changes: table.text('accepted_changes'),
      policies: table.text('policies'),
      recorded_at: table.text('timestamp'),
      evaluation_simulation_id: table.text('evaluation_simulation_id'),
    },
    table.from,
  );
}
