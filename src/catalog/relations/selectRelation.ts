import { cellSeparator, partSeparator } from '../../domain/unreadable.ts';
import type { FileId } from '../../lib/ids.ts';
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { relationColumns, type RelationName, relationKeys } from '../relations.ts';
import { lostCells } from './tableReader.ts';

/** An expression for every column of the relation but the file's id and the list of what it lost. */
export type RelationExpressions<R extends RelationName> = Readonly<
  Record<Exclude<keyof (typeof relationColumns)[R], 'file_id' | 'unreadable'>, Sql>
>;

/** `SELECT` in the relation's own columns, order and types; `from` is what follows FROM. */
export function selectRelation<R extends RelationName>(
  relation: R,
  fileId: FileId,
  expressions: RelationExpressions<R>,
  from: Sql,
): Sql {
  const read: Readonly<Record<string, Sql>> = expressions;
  const given: Readonly<Record<string, Sql>> = {
    ...read,
    file_id: sql`${fileId}`,
    unreadable: lostCells(read),
  };
  const items = Object.entries<string>(relationColumns[relation]).map(
    ([column, type]) => sql`CAST(${given[column] ?? sql`NULL`} AS ${trusted(type)}) AS ${ident(column)}`,
  );
  return sql`SELECT ${join(items, ', ')} FROM ${from}`;
}

/** The relation without a row, for when no open file records it. */
export function selectNothing(relation: RelationName): Sql {
  const items = Object.entries<string>(relationColumns[relation]).map(
    ([column, type]) => sql`CAST(NULL AS ${trusted(type)}) AS ${ident(column)}`,
  );
  return sql`SELECT ${join(items, ', ')} WHERE false`;
}

/** What tells the row of a cell, in every relation that has such a column. */
export const placeColumns = [
  'experiment_id',
  'simulation_id',
  'iteration',
  'agent_id',
  'tick',
  'event_id',
  'tx_id',
] as const;

/** `unreadable_cells` of one relation over one file: what its rows lost, and keys that are NULL. */
export function selectUnreadable(relation: RelationName, select: Sql): Sql | undefined {
  const columns: Readonly<Record<string, string>> = relationColumns[relation];
  if (columns.unreadable === undefined) return undefined;
  const keys = relationKeys[relation] ?? [];
  const leftOut = join(
    keys.map((key) => sql`${ident(key)} IS NULL`),
    ' OR ',
  );
  const place = placeColumns.map((column) => {
    const value = columns[column] === undefined ? sql`NULL` : ident(column);
    return sql`CAST(${value} AS ${trusted(relationColumns.unreadable_cells[column])}) AS ${ident(column)}`;
  });
  // A key that is NULL and lost nothing has no third part: nothing is stored.
  const ofKey = keys.map((key) => {
    const isNamed = sql`contains(coalesce(unreadable, ''), ${key + partSeparator})`;
    return sql`CASE WHEN ${ident(key)} IS NULL AND NOT ${isNamed} THEN [${key + partSeparator + key}] END`;
  });
  const cells = ofKey.reduce(
    (list, key) => sql`list_concat(${list}, ${key})`,
    sql`string_split(unreadable, ${cellSeparator})`,
  );
  const part = (number: number) => sql`string_split(cell, ${partSeparator})[${number}]`;
  return sql`SELECT file_id, ${relation} AS relation, ${part(2)} AS column_name, ${part(3)} AS stored_text,
      ${leftOut} AS row_left_out, ${join(place, ', ')}
    FROM (SELECT *, unnest(${cells}) AS cell FROM (${select}) WHERE unreadable IS NOT NULL OR ${leftOut})`;
}
