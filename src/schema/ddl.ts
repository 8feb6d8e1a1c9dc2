import type { SqlDefault, Table, TableColumn } from './table.ts';
/** Identifiers are always quoted: `day`, `timestamp` and `action` are words of the language. */
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const list = (names: readonly string[]): string => names.map(quote).join(', ');
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function defaultText(value: SqlDefault): string {
  return typeof value === 'string' ? text(value) : value.toString();
}

function columnText(column: TableColumn): string {
  const parts = [quote(column.name), column.type];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.sequence !== undefined) parts.push(`DEFAULT nextval(${text(column.sequence)})`);
  if (column.defaultValue !== undefined) parts.push(`DEFAULT ${defaultText(column.defaultValue)}`);
  return parts.join(' ');
}

/** `CREATE TABLE` with its primary key and foreign keys. */
export function createTableText(table: Table): string {
  const lines = [
    ...table.columns.map(columnText),
    `PRIMARY KEY (${list(table.primaryKey)})`,
    ...table.foreignKeys.map(
      (key) => `FOREIGN KEY (${list(key.columns)}) REFERENCES ${quote(key.table)} (${list(key.referenced)})`,
    ),
  ];
  return `CREATE TABLE ${quote(table.name)} (\n  ${lines.join(',\n  ')}\n)`;
}

/** Sequences of the tables: made before, dropped after them. */
export function sequenceNames(all: readonly Table[]): readonly string[] {
  return all.flatMap((table) => table.columns.flatMap((column) => column.sequence ?? []));
}

/**
 * Every statement that makes an empty database of these tables, in order. `startOf`: the first number of a sequence,
 * where rows with numbers will be put in.
 */
export function createStatements(
  all: readonly Table[],
  startOf: (sequence: string) => number = () => 1,
): readonly string[] {
  return [
    ...sequenceNames(all).map((name) => `CREATE SEQUENCE ${quote(name)} START ${startOf(name)}`),
    ...all.flatMap((table) => [
      createTableText(table),
      ...table.indexes.map(
        (index) => `CREATE INDEX ${quote(index.name)} ON ${quote(table.name)} (${list(index.columns)})`,
      ),
    ]),
  ];
}

/** Every statement that takes them away again: a table goes before those it refers to. */
export function dropStatements(all: readonly Table[]): readonly string[] {
  return [
    ...[...all].reverse().map((table) => `DROP TABLE IF EXISTS ${quote(table.name)}`),
    ...sequenceNames(all).map((name) => `DROP SEQUENCE IF EXISTS ${quote(name)}`),
  ];
}

/** docs/schema.sql, whole: what makes an empty database of these tables, its version recorded. */
export function schemaSql(all: readonly Table[], version: number): string {
  const head = [
    `-- The unified schema, version ${version}. Generated from src/schema/models/ by npm run docs:schema; do not edit.`,
    '-- Write it with storage version v1.0.0, which every DuckDB from 1.0 on and every browser build reads.',
  ].join('\n');
  const record = `INSERT INTO "schema_migrations" VALUES (${version}, CAST(current_timestamp AS TIMESTAMP), 'created')`;
  return `${[head, ...[...createStatements(all), record].map((statement) => `${statement};`)].join('\n\n')}\n`;
}
