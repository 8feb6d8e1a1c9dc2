import { join, sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';

/** What the file says its columns are: taken over as it was introspected, so nothing is read. */
export function storedTypes(file: AttachedFile): Sql | undefined {
  const rows = [...file.tables].flatMap(([table, columns]) =>
    [...columns].map(([column, type]) => sql`(${table}, ${column}, ${type})`),
  );
  if (rows.length === 0) return undefined;
  return selectRelation(
    'stored_types',
    file.fileId,
    { table_name: sql`table_name`, column_name: sql`column_name`, data_type: sql`data_type` },
    sql`(VALUES ${join(rows, ', ')}) AS t(table_name, column_name, data_type)`,
  );
}
