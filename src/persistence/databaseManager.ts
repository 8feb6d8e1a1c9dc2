import { sql, trusted } from '../lib/sql.ts';
import { boolean, int, list, nullable, queryRows, text } from '../engine/rows.ts';
import type { Engine } from '../engine/engine.ts';
import { compareSchema } from '../schema/compareSchema.ts';
import { createStatements, createTableText, dropStatements } from '../schema/ddl.ts';
import { schemaMigrations } from '../schema/models/schemaMigrations.ts';
import type { NaiveTime } from '../schema/naiveTime.ts';
import { describeProblem, type SchemaProblem } from '../schema/schemaProblem.ts';
import { tables } from '../schema/tables.ts';
import { schemaVersion } from '../schema/version.ts';
import { insertRecords } from './insertRecords.ts';
import { migrations } from './migrations.ts';
import { inTransaction } from './transaction.ts';
import type { ActualSchema } from '../schema/actualSchema.ts';

/** The database is of another layout; it was left as it is. */
export class SchemaMismatchError extends Error {
  override readonly name = 'SchemaMismatchError';
  readonly problems: readonly SchemaProblem[];
  constructor(problems: readonly SchemaProblem[]) {
    super(`not a database of the unified schema: ${problems.map(describeProblem).join('; ')}`);
    this.problems = problems;
  }
}

/** A later release wrote the database; it was left as it is. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  constructor(found: number) {
    super(`the database has schema version ${found}; this release writes version ${schemaVersion}`);
  }
}

/** The file's storage version is one that browsers and older engines cannot read. */
export class StorageVersionError extends Error {
  override readonly name = 'StorageVersionError';
  constructor(found: string) {
    super(`the file has storage version ${found}; the unified schema is written as v1.0.0 only`);
  }
}

/** Makes, checks, upgrades and removes the tables of the unified schema in an engine's current database. */
export interface DatabaseManager {
  /** All tables in an empty database. */
  create(): Promise<void>;
  /** Every difference from the models; those that are `blocking` keep us from writing. */
  validate(): Promise<readonly SchemaProblem[]>;
  /** Version recorded in the file; 0 where none is. */
  version(): Promise<number>;
  /** Runs the steps that are missing, all or none; returns their numbers. */
  migrate(): Promise<readonly number[]>;
  /** Removes our tables, children first; others stay. */
  drop(): Promise<void>;
  /** Whatever of the above makes the database ready to write. */
  prepare(): Promise<void>;
}

/** A table of another layout under one of our names; no step turns it into ours. */
const isForeign = ({ kind }: SchemaProblem): boolean => kind === 'wrong-primary-key' || kind === 'wrong-type';

/** `v1.0.0+` is how DuckDB names what every engine from 1.0 on reads; a database in memory has no version. */
const readableEverywhere = 'v1.0.0+';

export function createDatabaseManager(engine: Engine, clock: () => NaiveTime): DatabaseManager {
  const record = (version: number, description: string): Promise<void> =>
    insertRecords(engine, schemaMigrations, [{ version, appliedAt: clock(), description }]);
  const validate = async () => compareSchema(tables, await introspect(engine));
  const hasTable = async (name: string) => (await introspect(engine)).some((table) => table.name === name);

  const requireReadableStorage = async (): Promise<void> => {
    const [database] = await queryRows(
      engine,
      sql`SELECT tags['storage_version'] AS storage FROM duckdb_databases()
          WHERE database_name = current_database()`,
      { storage: nullable(text) },
    );
    const storage = database?.storage;
    if (storage !== undefined && storage !== readableEverywhere) throw new StorageVersionError(storage);
  };

  const version = async (): Promise<number> => {
    if (!(await hasTable(schemaMigrations.name))) return 0;
    const [row] = await queryRows(
      engine,
      sql`SELECT coalesce(max(version), 0) AS version FROM schema_migrations`,
      { version: int },
    );
    return row?.version ?? 0;
  };

  const create = (): Promise<void> =>
    inTransaction(engine, async () => {
      for (const statement of createStatements(tables)) await engine.query(trusted(statement));
      await record(schemaVersion, 'created');
    });

  const migrate = (): Promise<readonly number[]> =>
    inTransaction(engine, async () => {
      const from = await version();
      if (from > schemaVersion) throw new NewerSchemaError(from);
      const foreign = (await validate()).filter(isForeign);
      if (foreign.length > 0) throw new SchemaMismatchError(foreign);
      const missing = migrations.filter((step) => step.version > from);
      if (!(await hasTable(schemaMigrations.name))) {
        await engine.query(trusted(createTableText(schemaMigrations)));
      }
      for (const step of missing) {
        for (const statement of step.statements) await engine.query(statement);
        await record(step.version, step.description);
      }
      const blocking = (await validate()).filter((problem) => problem.blocking);
      if (blocking.length > 0) throw new SchemaMismatchError(blocking);
      return missing.map((step) => step.version);
    });

  return {
    create,
    validate,
    version,
    migrate,
    async drop() {
      for (const statement of dropStatements(tables)) await engine.query(trusted(statement));
    },
    async prepare() {
      await requireReadableStorage();
      if ((await introspect(engine)).length === 0) await create();
      else await migrate();
    },
  };
}

const here = sql`database_name = current_database() AND schema_name = current_schema()`;

/** What the engine's current database holds; nothing but the catalog is read. */
export async function introspect(engine: Engine): Promise<ActualSchema> {
  const columns = await queryRows(
    engine,
    sql`SELECT c.table_name, c.column_name AS name, c.data_type AS type, c.is_nullable AS nullable,
               c.column_default IS NOT NULL AS has_default
        FROM (SELECT * FROM duckdb_columns() WHERE ${here}) c
        JOIN (SELECT table_name FROM duckdb_tables() WHERE ${here}) t USING (table_name)
        ORDER BY c.table_name, c.column_index`,
    { tableName: text, name: text, type: text, nullable: boolean, hasDefault: boolean },
  );
  const constraints = await queryRows(
    engine,
    sql`SELECT table_name, constraint_type AS kind, constraint_column_names AS columns,
               referenced_table AS referenced
        FROM duckdb_constraints()
        WHERE ${here} AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
        ORDER BY table_name, constraint_index`,
    { tableName: text, kind: text, columns: list(text), referenced: nullable(text) },
  );
  const indexes = await queryRows(
    engine,
    sql`SELECT table_name, index_name AS name FROM duckdb_indexes() WHERE ${here} ORDER BY ALL`,
    { tableName: text, name: text },
  );
  const names = [...new Set(columns.map((column) => column.tableName))];
  return names.map((name) => {
    const own = constraints.filter((constraint) => constraint.tableName === name);
    return {
      name,
      columns: columns.filter((column) => column.tableName === name),
      primaryKey: own.find((constraint) => constraint.kind === 'PRIMARY KEY')?.columns ?? [],
      foreignKeys: own.flatMap(({ columns: from, referenced }) =>
        referenced === undefined ? [] : [{ columns: from, table: referenced }],
      ),
      indexes: indexes.filter((index) => index.tableName === name).map((index) => index.name),
    };
  });
}
