import { ident, join, sql, type Sql } from '../lib/sql.ts';
import type { Engine } from '../engine/engine.ts';
import type { RecordOf, Table } from '../schema/table.ts';
import { encodeCells } from './cells.ts';

/**
 * Sets some fields of the rows that `where` finds. The columns must not be indexed: DuckDB turns the update of
 * an indexed column into delete and insert, and refuses that for a row that others refer to.
 */
export async function updateRecord<T extends Table>(
  engine: Engine,
  table: T,
  changes: Partial<RecordOf<T>>,
  where: Sql,
): Promise<void> {
  const cells = encodeCells(table.row.partial(), changes);
  const indexed = [...table.primaryKey, ...table.indexes.flatMap((index) => index.columns)];
  const assignments = table.columns.flatMap((column) => {
    const cell = cells[column.field];
    if (cell === undefined) return [];
    if (indexed.includes(column.name)) throw new Error(`${table.name}.${column.name} is indexed: no update`);
    return [sql`${ident(column.name)} = ${cell}`];
  });
  await engine.query(sql`UPDATE ${ident(table.name)} SET ${join(assignments, ', ')} WHERE ${where}`);
}
