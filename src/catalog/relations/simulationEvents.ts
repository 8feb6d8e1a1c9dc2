import { sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';
import { readTable } from './tableReader.ts';

/** `simulation_events`, alike in every layout; the row's place in the table breaks ties of the clock. */
export function simulationEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'simulation_events', [['simulation_id'], ['tick'], ['event_type']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'simulation_events',
    file.fileId,
    {
      simulation_id: table.text('simulation_id'),
      tick: table.integer('tick'),
      event_timestamp: table.timestamp('event_timestamp'),
      row_order: sql`rowid`,
      event_type: table.text('event_type'),
      agent_id: table.text('agent_id'),
      tx_id: table.text('tx_id'),
      details: table.text('details'),
    },
    table.from,
  );
}
