import type { Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKey, readTable } from './tableReader.ts';

/** `experiment_events` of A and B; V1's table of that name has `event_id` and `details` instead. */
export function experimentEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_events', [experimentKey, ['id'], ['event_data']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'experiment_events',
    file.fileId,
    {
      experiment_id: table.text(...experimentKey),
      event_id: table.bigint('id'),
      iteration: table.integer('iteration'),
      event_type: table.text('event_type'),
      event_data: table.text('event_data'),
      recorded_at: table.text('timestamp'),
    },
    table.from,
  );
}
