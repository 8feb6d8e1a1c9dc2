import { literal, sql } from '../lib/sql.ts';
import type { ActualSchema } from '../schema/compareSchema.ts';
import type { Engine } from './engine.ts';
import { boolean, list, nullable, queryRows, text } from './rows.ts';

/** One schema of a database that the engine has attached. */
interface Place {
  readonly database: string;
  readonly schema: string;
}

/** What the engine's current database holds, or another one; nothing but the catalog is read. */
export async function readActualSchema(engine: Engine, place?: Place): Promise<ActualSchema> {
  const database = place === undefined ? sql`current_database()` : literal(place.database);
  const schema = place === undefined ? sql`current_schema()` : literal(place.schema);
  const here = sql`database_name = ${database} AND schema_name = ${schema}`;
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
