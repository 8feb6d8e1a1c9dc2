/**
 * Tables of the unified schema as a file has them, for the checks that hold the rows of a run against its
 * events. Columns come from the models; one that a file lacks is NULL, and the model then refuses the row.
 */
import { sql, type Sql } from '../../lib/sql.ts';
import { checkedTableNames, checkedTables, type CheckedTable } from '../../schema/checkedTables.ts';
import type { TableColumn } from '../../schema/table.ts';
import type { AttachedFile } from '../tables.ts';
import { templatesId } from './runTables.ts';
import { selectRelation } from './selectRelation.ts';
import { readTable, type TableReader } from './tableReader.ts';

function read(table: TableReader, { name, type }: TableColumn): Sql {
  switch (type) {
    case 'VARCHAR':
    case 'TIMESTAMP':
      return table.text(name);
    case 'BIGINT':
      return table.bigint(name);
    case 'INTEGER':
      return table.integer(name);
    case 'DOUBLE':
      return table.double(name);
    case 'BOOLEAN':
      return table.boolean(name);
  }
}

function storedTable(file: AttachedFile, name: CheckedTable): Sql | undefined {
  const table = readTable(file, name, [['simulation_id']]);
  if (table === undefined) return undefined;
  const expressions = checkedTables[name].columns.map(
    (column) => [column.name, read(table, column)] as const,
  );
  return selectRelation(
    `stored_${name}`,
    file.fileId,
    { ...Object.fromEntries(expressions), row_order: sql`t.rowid` },
    sql`${table.from} WHERE ${table.text('simulation_id')} <> ${templatesId}`,
  );
}

export const storedTableBuilders = checkedTableNames.map(
  (name) => [`stored_${name}`, (file: AttachedFile) => storedTable(file, name)] as const,
);
