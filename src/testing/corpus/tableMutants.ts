/** Mutants of tables and columns: missing, empty, doubled, renamed, as views, of other types, NULL. */
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { alone, soundTable, type BaseLayout, type Mutant, type FileWriter } from './mutants.ts';

/** What the reader reads. */
export const tablesRead: ReadonlySet<string> = new Set([
  'experiments',
  'experiment_iterations',
  'experiment_events',
  'policy_evaluations',
  'simulation_runs',
  'simulations',
  'simulation_events',
  'transactions',
]);

export function tableMutants(writer: FileWriter): readonly Mutant[] {
  return (['A1', 'B-V5'] as const).flatMap((layout) => [
    ...columns(writer, layout),
    ...tables(writer, layout),
  ]);
}

type Damage = (column: Sql) => Sql;

/** The values of a column in another type; what can be kept of them is kept. */
const types: Readonly<Record<string, Damage>> = {
  VARCHAR: (column) => sql`'~' || ${column}::VARCHAR`,
  DOUBLE: () =>
    sql`CASE WHEN rowid = 0 THEN 'NaN'::DOUBLE WHEN rowid = 1 THEN 'Infinity'::DOUBLE ELSE 0.5 END`,
  DECIMAL: () => sql`0.5::DECIMAL(18, 3)`,
  HUGEINT: () => sql`170141183460469231731687303715884105727::HUGEINT`,
  UBIGINT: () => sql`18446744073709551615::UBIGINT`,
  ENUM: () => sql`'a'::ENUM('a', 'b')`,
  STRUCT: (column) => sql`{'a': ${column}}`,
  LIST: (column) => sql`[${column}]`,
  MAP: (column) => sql`MAP {'a': ${column}}`,
  // A number in it would be one that the file tells.
  JSON: () => sql`'{"a": "b"}'::JSON`,
  BLOB: () => sql`'\\xAA\\x00'::BLOB`,
  TIMESTAMPTZ: () => sql`TIMESTAMPTZ '2026-01-01 00:00:00+00'`,
  DATE: () => sql`DATE '2026-01-01'`,
  INTERVAL: () => sql`INTERVAL 1 MONTH`,
  UUID: () => sql`'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID`,
  BOOLEAN: () => sql`TRUE`,
  BIT: () => sql`'101'::BIT`,
};
const typeNames = Object.keys(types);

/** A row without it is left out and said to be unreadable; what is last and best of the rest is another. */
const keys = new Set(['experiment_id', 'run_id', 'simulation_id', 'iteration']);

/** Each column dropped, NULL in one row and everywhere, and in three other types, which change from column to column. */
function columns(writer: FileWriter, layout: BaseLayout): readonly Mutant[] {
  const found = [...(writer.tables.get(layout) ?? [])].filter(([table]) => tablesRead.has(table));
  let turn = 0;
  return found.flatMap(([table, names]) =>
    names.flatMap((name): readonly Mutant[] => {
      const source = soundTable(layout, table);
      const column = ident(name);
      const of = (kind: string, select: Sql): Mutant => ({
        kind: `column ${kind}`,
        name: `${layout}, ${table}.${name}`,
        truth: keys.has(name) ? 'its own' : 'same or unknown',
        make: async () => alone(await writer.changed(layout, { tables: { [table]: select } })),
      });
      const replaced = (value: Sql): Sql => sql`SELECT * REPLACE (${value} AS ${column}) FROM ${source}`;
      const retyped = Array.from({ length: 3 }, () => typeNames[turn++ % typeNames.length] ?? '');
      return [
        ...(names.length > 1 ? [of('dropped', sql`SELECT * EXCLUDE (${column}) FROM ${source}`)] : []),
        of('NULL in one row', replaced(sql`CASE WHEN rowid > 0 THEN ${column} END`)),
        of('NULL everywhere', replaced(sql`NULL::VARCHAR`)),
        ...retyped.map((type) => of(`as ${type}`, replaced(types[type]?.(column) ?? column))),
      ];
    }),
  );
}

function tables(writer: FileWriter, layout: BaseLayout): readonly Mutant[] {
  const names = [...(writer.tables.get(layout)?.keys() ?? [])].filter((table) => tablesRead.has(table));
  const of = (
    kind: string,
    name: string,
    change: Parameters<FileWriter['changed']>[1],
    truth: Mutant['truth'] = 'its own',
  ): Mutant => ({
    kind,
    name: `${layout}, ${name}`,
    truth,
    make: async () => alone(await writer.changed(layout, change)),
  });
  const main = (name: string): Sql => sql`mutant.main.${ident(name)}`;
  const everyTable = (statement: (table: string) => readonly Sql[]): readonly Sql[] =>
    names.flatMap(statement);
  // Inside a view names are without their database: it is attached under another one.
  const asView = (table: string): readonly Sql[] => [
    sql`ALTER TABLE ${main(table)} RENAME TO ${ident(`raw_${table}`)}`,
    sql`CREATE VIEW ${main(table)} AS FROM ${ident(`raw_${table}`)}`,
  ];
  const elsewhere = (schema: string): readonly Sql[] => [
    sql`CREATE SCHEMA mutant.${ident(schema)}`,
    ...everyTable((table) => [
      sql`CREATE TABLE mutant.${ident(schema)}.${ident(table)} AS FROM ${main(table)}`,
      sql`DROP TABLE ${main(table)}`,
    ]),
  ];
  return [
    ...names.flatMap((table) => {
      const source = soundTable(layout, table);
      return [
        of('table missing', table, { without: [table] }),
        of('table empty', table, { tables: { [table]: sql`FROM ${source} LIMIT 0` } }),
        of('rows doubled', table, { tables: { [table]: sql`FROM ${source} UNION ALL FROM ${source}` } }),
        of('table as a view', table, { statements: asView(table) }, 'same'),
        of('table as a macro', table, {
          without: [table],
          statements: [sql`CREATE MACRO ${main(table)}() AS TABLE SELECT 1 AS a`],
        }),
        of('table renamed', table, {
          statements: [sql`ALTER TABLE ${main(table)} RENAME TO ${ident(`${table}2`)}`],
        }),
        of(
          'table in capitals',
          table,
          {
            without: [table],
            statements: [
              sql`CREATE TABLE ${main(table.toUpperCase())} AS
              SELECT ${capitals(writer, layout, table)} FROM ${source}`,
            ],
          },
          'same',
        ),
        of('view of itself', table, {
          statements: [
            ...asView(table),
            sql`CREATE OR REPLACE VIEW ${main(`raw2_${table}`)} AS FROM ${ident(table)}`,
            sql`CREATE OR REPLACE VIEW ${main(table)} AS FROM ${ident(`raw2_${table}`)}`,
          ],
        }),
        of('view beyond memory', table, {
          statements: [
            ...asView(table),
            sql`CREATE OR REPLACE VIEW ${main(table)} AS SELECT raw.* FROM ${ident(`raw_${table}`)} AS raw,
              range(3000000000) AS a, range(3000000000) AS b WHERE md5(a.range::VARCHAR || b.range::VARCHAR) = ''`,
          ],
        }),
        of('view without end', table, {
          statements: [
            ...asView(table),
            sql`CREATE OR REPLACE VIEW ${main(table)} AS SELECT raw.* FROM ${ident(`raw_${table}`)} AS raw,
              range(100000000000) AS a WHERE md5(a.range::VARCHAR) = ''`,
          ],
        }),
      ];
    }),
    ...['other', 'Experiments', 'a"b', 'select', '表'].map((schema) =>
      of('another schema', schema, { statements: elsewhere(schema) }, 'same'),
    ),
    of('both schemas', 'main empty', {
      statements: [
        sql`CREATE SCHEMA mutant.other`,
        ...everyTable((table) => [
          sql`CREATE TABLE mutant.other.${ident(table)} AS FROM ${main(table)}`,
          sql`DELETE FROM ${main(table)}`,
        ]),
      ],
    }),
    of('all empty', 'every table', { statements: everyTable((table) => [sql`DELETE FROM ${main(table)}`]) }),
    of('no tables', 'none', { without: [...(writer.tables.get(layout)?.keys() ?? [])] }),
    of(
      'foreign tables',
      'beside ours',
      {
        statements: [
          sql`CREATE TABLE mutant.main.days (id INTEGER)`,
          sql`CREATE TABLE mutant.main.game_sessions (game_id VARCHAR)`,
          sql`CREATE TABLE mutant.main.experiment_config (experiment_id VARCHAR)`,
        ],
      },
      'same',
    ),
    ...[16_384, 65_536].map((bytes) => of('block size', `${bytes}`, { blockBytes: bytes }, 'same')),
    ...['', ' ', 'x'.repeat(10_000), 'a"b', '😀', '‮abc', '<script>', 'DROP TABLE'].map((name) =>
      of(
        'absurd column',
        name.slice(0, 20),
        {
          statements:
            name === '' ? [] : [sql`ALTER TABLE ${main('experiments')} ADD COLUMN ${ident(name)} INTEGER`],
        },
        'same',
      ),
    ),
    of(
      'absurd column',
      '2,000 of them',
      {
        statements: [
          sql`CREATE OR REPLACE TABLE ${main('experiments')} AS
          SELECT *, ${join(
            Array.from({ length: 2000 }, (_, i) => trusted(`1 AS extra_${i}`)),
            ', ',
          )} FROM ${soundTable(layout, 'experiments')}`,
        ],
      },
      'same',
    ),
  ];
}

function capitals(writer: FileWriter, layout: BaseLayout, table: string): Sql {
  const names = writer.tables.get(layout)?.get(table) ?? [];
  return join(
    names.map((name) => sql`${ident(name)} AS ${ident(name.toUpperCase())}`),
    ', ',
  );
}
