import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import type { FileId } from '../../lib/ids.ts';
import { relationColumns, type RelationName } from '../relations.ts';
import { lostCells } from './reading.ts';

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
