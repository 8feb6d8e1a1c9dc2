import { sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { templatesId } from './runTables.ts';
import { selectRelation } from './selectRelation.ts';
import { readTable } from './tableReader.ts';

/** `transactions` of schema A and of the command line; B has none (domain.md 2.9). */
export function transactions(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'transactions', [['simulation_id'], ['tx_id'], ['sender_id']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'transactions',
    file.fileId,
    {
      simulation_id: table.text('simulation_id'),
      tx_id: table.text('tx_id'),
      sender_id: table.text('sender_id'),
      receiver_id: table.text('receiver_id'),
      amount_cents: table.bigint('amount'),
      priority: table.integer('priority'),
      arrival_tick: table.integer('arrival_tick'),
      deadline_tick: table.integer('deadline_tick'),
      settlement_tick: table.integer('settlement_tick'),
      status: table.text('status'),
      parent_tx_id: table.text('parent_tx_id'),
      row_order: sql`rowid`,
    },
    sql`${table.from} WHERE ${table.text('simulation_id')} IS DISTINCT FROM ${templatesId}`,
  );
}
