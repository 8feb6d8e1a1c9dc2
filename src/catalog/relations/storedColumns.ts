/** Columns of the `stored_*` relations: those of the models, with the file and the row's place in its table. */
import { checkedTableNames, checkedTables, type CheckedTable } from '../../schema/checkedTables.ts';

export type StoredRelation = `stored_${CheckedTable}`;

function relationColumnsOf(name: CheckedTable): Readonly<Record<string, string>> {
  const columns = checkedTables[name].columns.map(
    ({ name: column, type }) => [column, type === 'TIMESTAMP' ? 'VARCHAR' : type] as const,
  );
  return { file_id: 'VARCHAR', row_order: 'BIGINT', ...Object.fromEntries(columns) };
}

export const storedColumns = Object.fromEntries(
  checkedTableNames.map((name) => [`stored_${name}`, relationColumnsOf(name)]),
) as Readonly<Record<StoredRelation, Readonly<Record<string, string>>>>;
