import { ident, join, type Sql } from '../lib/sql.ts';
import type { AttachedFile } from './tables.ts';

/** Database, schema and table, quoted: for FROM. */
export function tablePath(file: Pick<AttachedFile, 'alias' | 'schema'>, table: string): Sql {
  return join([file.alias, file.schema, table].map(ident), '.');
}
