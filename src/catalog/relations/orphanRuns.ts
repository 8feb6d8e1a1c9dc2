import { join, sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { readRunsTable, readSimulationsTable, templatesId } from './runTables.ts';
import { selectRelation } from './selectRelation.ts';
import { readTable, type TableReader } from './tableReader.ts';

/** Rows of `children` whose run no table of runs knows. */
function orphansOf(file: AttachedFile, children: TableReader): Sql {
  const id = children.text('simulation_id');
  const parents = [readRunsTable(file), readSimulationsTable(file)]
    .filter((table) => table !== undefined)
    .map(
      (table) =>
        sql`AND ${id} NOT IN (SELECT i FROM (SELECT ${table.text('simulation_id')} AS i FROM ${table.from})
          WHERE i IS NOT NULL)`,
    );
  return sql`${children.from} WHERE ${id} <> ${templatesId} ${join(parents, ' ')}`;
}

function fromTransactions(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'transactions', [['simulation_id'], ['status']]);
  if (table === undefined) return undefined;
  const day = table.integer('arrival_day');
  return sql`SELECT ${table.text('simulation_id')} AS id, count(*) AS transactions,
    count(*) FILTER (${table.text('status')} = 'settled') AS settled, NULL::BIGINT AS events,
    min(${day}) AS first_day, max(${day}) AS last_day
    FROM ${orphansOf(file, table)} GROUP BY ALL`;
}

function fromEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'simulation_events', [['simulation_id'], ['tick']]);
  if (table === undefined) return undefined;
  const day = table.integer('day');
  return sql`SELECT ${table.text('simulation_id')} AS id, NULL::BIGINT AS transactions, NULL::BIGINT AS settled,
    count(*) AS events, min(${day}) AS first_day, max(${day}) AS last_day
    FROM ${orphansOf(file, table)} GROUP BY ALL`;
}

/**
 * Runs known by their children alone: the process was killed before it wrote their row (domain.md 0.14). Scans
 * both tables of children when asked, and only then. A count is NULL where the file has no such table.
 */
export function orphanRuns(file: AttachedFile): Sql | undefined {
  const transactions = fromTransactions(file);
  const events = fromEvents(file);
  const children = [transactions, events].filter((part) => part !== undefined);
  if (children.length === 0) return undefined;
  const total = (column: Sql, part: Sql | undefined) =>
    part === undefined ? sql`NULL` : sql`coalesce(sum(${column}), 0)`;
  return selectRelation(
    'orphan_runs',
    file.fileId,
    {
      simulation_id: sql`id`,
      transaction_count: total(sql`transactions`, transactions),
      settled_count: total(sql`settled`, transactions),
      event_count: total(sql`events`, events),
      first_day: sql`min(first_day)`,
      last_day: sql`max(last_day)`,
    },
    sql`(${join(children, ' UNION ALL ')}) GROUP BY id`,
  );
}
