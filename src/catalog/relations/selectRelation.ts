import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import type { FileId } from '../../schema/ids.ts';
import { relationColumns, type RelationName } from '../relations.ts';

/** An expression for every column of the relation but the file's id. */
export type RelationExpressions<R extends RelationName> = Readonly<
  Record<Exclude<keyof (typeof relationColumns)[R], 'file_id'>, Sql>
>;

/** `SELECT` in the relation's own columns, order and types; `from` is what follows FROM. */
export function selectRelation<R extends RelationName>(
  relation: R,
  fileId: FileId,
  expressions: RelationExpressions<R>,
  from: Sql,
): Sql {
  const given: Readonly<Record<string, Sql>> = { ...expressions, file_id: sql`${fileId}` };
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
