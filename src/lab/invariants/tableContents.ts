import type { Engine } from '../../engine/engine.ts';
import { ident, join, sql } from '../../lib/sql.ts';
import { schemaMigrations } from '../../schema/version.ts';
import type { Table, TableColumn } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';

/** What a clock or a rolled-back sequence decides: two equal runs may differ there and nowhere else. */
function isAccidental(column: TableColumn): boolean {
  return (
    column.unit === 'naive local time' ||
    column.sequence !== undefined ||
    column.name === 'duration_seconds' ||
    column.name === 'ticks_per_second'
  );
}

const latency = /"latency_seconds":[^,}]+/;

async function contentsOf(engine: Engine, table: Table): Promise<readonly string[]> {
  const columns = table.columns.filter((column) => !isAccidental(column));
  const names = join(
    columns.map((column) => ident(column.name)),
    ', ',
  );
  const rows = await engine.query(sql`SELECT ${names} FROM ${ident(table.name)} ORDER BY rowid`);
  return Array.from({ length: rows.rowCount }, (_, row) =>
    columns
      .map((column, i) => `${column.name}=${String(rows.cell(i, row))}`)
      .join(' ')
      .replace(latency, ''),
  );
}

/** Every row of every table as text, without what a clock decides; the order of writing within each table. */
export async function tableContents(engine: Engine): Promise<ReadonlyMap<string, readonly string[]>> {
  const contents = new Map<string, readonly string[]>();
  for (const table of tables) {
    if (table.name !== schemaMigrations.name) contents.set(table.name, await contentsOf(engine, table));
  }
  return contents;
}

/** The first row in which two databases differ, in words; undefined when they are alike. */
export function firstDifference(
  expected: ReadonlyMap<string, readonly string[]>,
  found: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (const [table, rows] of expected) {
    const others = found.get(table) ?? [];
    const at = rows.findIndex((row, i) => row !== others[i]);
    if (at >= 0) return `${table}, row ${at}: ${rows[at] ?? ''} expected, ${others[at] ?? 'nothing'} found`;
    if (others.length > rows.length) return `${table}: ${others.length} rows, ${rows.length} expected`;
  }
  return undefined;
}
