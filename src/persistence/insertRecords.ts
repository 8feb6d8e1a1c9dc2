import { ident, join, sql, type Sql } from '../lib/sql.ts';
import type { Engine } from '../engine/engine.ts';
import type { RecordOf, Table, TableColumn } from '../schema/table.ts';
import { encodeCells, type StoredRow } from './cells.ts';
import { columnExpression } from './columnExpression.ts';

/** Where one statement ends and the next begins: the parser's time grows with the text, not with the rows. */
const maxRows = 2000;
const maxCharacters = 4_000_000;

const weight = (row: StoredRow): number =>
  Object.values(row).reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);

function insertStatement(table: Table, rows: readonly StoredRow[]): Sql {
  const written = (column: TableColumn): boolean =>
    column.sequence === undefined || rows.some((row) => row[column.field] !== undefined);
  const columns = table.columns.filter(written);
  const names = columns.map((column) => ident(column.name));
  const values = columns.map((column) =>
    columnExpression(
      rows.map((row) => row[column.field]),
      column.type,
    ),
  );
  return sql`INSERT INTO ${ident(table.name)} (${join(names, ', ')}) SELECT ${join(values, ', ')}`;
}

/**
 * Appends records in their order, in a few large statements. Every record is checked by its model first; a
 * record that is refused leaves the statements before it, so write inside a transaction.
 */
export async function insertRecords<T extends Table>(
  engine: Engine,
  table: T,
  records: Iterable<RecordOf<T>>,
): Promise<void> {
  let batch: StoredRow[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await engine.query(insertStatement(table, batch));
    batch = [];
    characters = 0;
  };
  for (const record of records) {
    const row = encodeCells(table.row, record);
    batch.push(row);
    characters += weight(row);
    if (batch.length >= maxRows || characters >= maxCharacters) await flush();
  }
  await flush();
}
