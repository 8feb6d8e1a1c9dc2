import { introspect } from '../../catalog/tables.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { FileId } from '../../lib/ids.ts';
import { ident, join, literal, sql, trusted, type Sql } from '../../lib/sql.ts';
import { ownTable, ownTableNames, type OwnTableName } from './tables.ts';

/** A file as a reader's own SQL names it. */
export interface NamedFile {
  readonly fileId: FileId;
  /** Under which the engine has it attached. */
  readonly alias: string;
  readonly name: string;
}

export const inMemory = (name: string): Sql => sql`memory.main.${ident(name)}`;

/** The file's own name without its ending, as a name for SQL; a dot or a slash would name a file. */
function schemaName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replace(/\.(?:duckdb|ddb|db)$/i, '').replace(/[./\\:"]/g, '_') || 'file';
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.has(wanted.toLowerCase())) return wanted;
  }
}

/** Brackets inside texts count as nested: then nothing is said rather than something wrong. */
const isFlat = sql`regexp_full_match(json, ${'\\s*\\{[^{}\\[\\]]*\\}\\s*'})`;
const valueOf = (pattern: string): Sql =>
  sql`CASE WHEN ${isFlat} THEN nullif(regexp_extract(json, '"' || regexp_escape(key) || ${`"\\s*:\\s*${pattern}`}, 1), '') END`;

/** A text of JSON; what is escaped in it stays escaped. */
const textPattern = '"((?:[^"\\\\]|\\\\.)*)"';

const macroStatements: readonly Sql[] = [
  sql`CREATE OR REPLACE MACRO memory.main.flat_number(json, key) AS
    TRY_CAST(${valueOf('(-?[0-9.eE+-]+)\\s*[,}]')} AS DOUBLE)`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_integer(json, key) AS
    TRY_CAST(${valueOf('(-?[0-9]+)\\s*[,}]')} AS BIGINT)`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_text(json, key) AS ${valueOf(textPattern)}`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_keys(json) AS
    CASE WHEN ${isFlat} THEN regexp_extract_all(json, ${`${textPattern}\\s*:`}, 1) END`,
];

export const createOwnTable = (name: OwnTableName, made: string = name): Sql => {
  const columns = Object.entries(ownTable(name).columns).map(
    ([column, [type]]) => sql`${ident(column)} ${trusted(type)}`,
  );
  return sql`CREATE OR REPLACE TABLE ${inMemory(made)} (${join(columns, ', ')})`;
};

/** Under which one of the tables of a run is kept; a statement reads it by `createRunView`. */
export const runTableName = (number: number, table: OwnTableName): string => `own_run_${number}_${table}`;

/** A table of runs as a statement sees it: the rows of these runs, one run after the other. */
export const createRunView = (name: OwnTableName, numbers: readonly number[]): Sql => {
  const none = Object.entries(ownTable(name).columns).map(
    ([column, [type]]) => sql`NULL::${trusted(type)} AS ${ident(column)}`,
  );
  const runs = numbers.map((number) => sql`SELECT * FROM ${inMemory(runTableName(number, name))}`);
  const rows = runs.length === 0 ? sql`SELECT ${join(none, ', ')} LIMIT 0` : join(runs, ' UNION ALL ');
  return sql`CREATE OR REPLACE VIEW ${inMemory(name)} AS ${rows}`;
};

/**
 * Makes what a reader's own SQL finds beside the relations: the own tables, all but `files` without rows yet, the macros,
 * and a schema for each file with its raw tables, JSON as text. Gives the schemas by file.
 */
export async function installOwnTables(
  engine: Engine,
  files: readonly NamedFile[],
): Promise<ReadonlyMap<FileId, string>> {
  const tables = ownTableNames.map((name) =>
    ownTable(name).from === 'run' ? createRunView(name, []) : createOwnTable(name),
  );
  await engine.run([...tables, ...macroStatements]);
  const schemas = new Map<FileId, string>();
  const taken = new Set(['main', 'temp', 'memory', 'system', 'pg_catalog', 'information_schema']);
  for (const file of files) {
    for (const { schema, tables } of await introspect(engine, file.alias)) {
      const isMain = schema === 'main';
      const own = schemaName(isMain ? file.name : `${file.name}_${schema}`, taken);
      taken.add(own.toLowerCase());
      if (isMain || !schemas.has(file.fileId)) schemas.set(file.fileId, own);
      await engine.query(sql`CREATE SCHEMA IF NOT EXISTS memory.${ident(own)}`);
      for (const [table, columns] of tables) {
        const selected = [...columns].map(([column, type]) =>
          type === 'JSON' ? sql`${ident(column)}::VARCHAR AS ${ident(column)}` : ident(column),
        );
        const view = sql`CREATE OR REPLACE VIEW memory.${ident(own)}.${ident(table)} AS
          SELECT ${join(selected, ', ')} FROM ${ident(file.alias)}.${ident(schema)}.${ident(table)}`;
        // A view of the file may read what is not there: then it is not offered.
        await engine.query(view).catch((failure: unknown) => {
          if (!(failure instanceof EngineError) || failure.kind !== 'query') throw failure;
        });
      }
    }
    const row = [file.fileId, file.name, schemas.get(file.fileId) ?? null].map(literal);
    await engine.query(sql`INSERT INTO ${inMemory('files')} VALUES (${join(row, ', ')})`);
  }
  return schemas;
}
