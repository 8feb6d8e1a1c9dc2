import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sql, trusted } from '../../lib/sql.ts';

import { bootBlockingEngine, closeBlockingEngines, type BlockingEngine } from '../wasm/blockingEngine.ts';
import { functionPolicy, refuseStatement, type FunctionPolicy } from './allowList.ts';
import { statementsIn, UnfinishedText } from './tokens.ts';

let engine: BlockingEngine;
let policy: FunctionPolicy;
beforeAll(async () => {
  engine = await bootBlockingEngine();
  await engine.run([sql`CREATE TABLE t AS SELECT 1 AS a, 'x' AS b`]);
  policy = await functionPolicy(engine);
});
afterAll(closeBlockingEngines);

/** Why any of the statements of a text is not run. */
const whyNot = (text: string): string | undefined =>
  statementsIn(text)
    .map((statement) => refuseStatement(statement, policy)?.why)
    .find((why) => why !== undefined);

/** What would write, reach out, change a setting or hold the engine up; the four known holes come first. */
const forbidden: readonly string[] = [
  `COPY (SELECT 1) TO 'open/f1.db.wal'`,
  `COPY t TO 'open/f1.db.wal' (FORMAT csv)`,
  `ATTACH ':memory:' AS other`,
  `ATTACH 'open/f1.db' AS again (READ_ONLY)`,
  `SELECT * FROM read_blob('open/f1.db')`,
  `LOAD json`,
  `INSTALL httpfs`,
  `FORCE INSTALL httpfs`,
  `DETACH f1`,
  `USE f1`,
  `SET autoload_known_extensions=true`,
  `SET VARIABLE x = 1`,
  `RESET ALL`,
  `PRAGMA database_list`,
  `PRAGMA enable_verification`,
  `CALL pragma_version()`,
  `CALL enable_logging()`,
  `CHECKPOINT`,
  `FORCE CHECKPOINT f1`,
  `VACUUM`,
  `ANALYZE t`,
  `BEGIN`,
  `COMMIT`,
  `ROLLBACK`,
  `EXPORT DATABASE 'out'`,
  `IMPORT DATABASE 'out'`,
  `COPY FROM DATABASE f1 TO memory`,
  `CREATE TABLE s AS SELECT 1`,
  `CREATE OR REPLACE VIEW proposals AS SELECT 1`,
  `CREATE MACRO m() AS 1`,
  `CREATE SECRET s (TYPE s3)`,
  `DROP TABLE t`,
  `ALTER TABLE t ADD COLUMN c INTEGER`,
  `TRUNCATE t`,
  `INSERT INTO t VALUES (2, 'y')`,
  `UPDATE t SET a = 2`,
  `DELETE FROM t`,
  `MERGE INTO t USING t AS u ON t.a = u.a WHEN MATCHED THEN DELETE`,
  `PREPARE p AS SELECT 1`,
  `EXECUTE p`,
  `DEALLOCATE p`,
  `COMMENT ON TABLE t IS 'x'`,
  `SHOW SECRETS`,
  `KILL 1`,
  `EXPLAIN ANALYZE INSERT INTO t VALUES (2, 'y')`,
  `EXPLAIN (ANALYZE, FORMAT json) DELETE FROM t`,
  `EXPLAIN COPY t TO 'x'`,
  `EXPLAIN EXPLAIN ANALYZE UPDATE t SET a = 2`,
  `EXPLAIN ANALYZE (INSERT INTO t VALUES (2, 'y'))`,
  `WITH x AS (SELECT 1) INSERT INTO t SELECT 1, 'y'`,
  `WITH x AS (SELECT 1) DELETE FROM t`,
  `WITH x AS (SELECT 1) UPDATE t SET a = 2`,
  `WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x`,
  `WITH x AS (INSERT INTO t VALUES (3, 'z') RETURNING *) FROM x`,
  `SELECT 1 INTO s`,
  `SELECT 1; DROP TABLE t`,
  `SELECT ';'; DROP TABLE t`,
  `SELECT $$;$$; DROP TABLE t`,
  `SELECT 1 /* ; */ ; /* SELECT */ DROP TABLE t`,
  `SELECT 1 -- ;\n; DROP TABLE t`,
  `SELECT 1) ; DROP TABLE t; SELECT (1`,
  `SELECT E'\\'' ; DROP TABLE t --'`,
  `SELECT * FROM 'people.csv'`,
  `FROM 'people.parquet'`,
  `SELECT * FROM t, 'people.csv'`,
  `SELECT * FROM t JOIN 'people.csv' USING (a)`,
  `SELECT * FROM t JOIN t AS u ON t.a = u.a, 'people.csv'`,
  `SELECT * FROM ('people.csv')`,
  `FROM p: 'people.csv'`,
  `SELECT * FROM t, p: 'people.csv'`,
  `SELECT * FROM t JOIN ('people.csv') ON a = ('x')`,
  `SELECT * FROM t WHERE a = (FROM 'people.csv')`,
  `SELECT * FROM t JOIN t AS u ON t.a = (SELECT 1 FROM ('people.csv'))`,
  `SELECT * FROM (((t CROSS JOIN 'people.csv')))`,
  `SELECT (SELECT max(a) FROM 'people.csv')`,
  `SELECT * FROM t WHERE a IN (FROM 'people.csv')`,
  `SELECT a FROM t UNION ALL FROM 'people.csv'`,
  `SELECT * FROM "people.csv"`,
  `SELECT * FROM "open/f1.db"`,
  `SELECT * FROM "open/f1".db`,
  `SELECT * FROM "https://host/x"`,
  `SELECT * FROM $$people.csv$$`,
  `SELECT * FROM E'people.csv'`,
  `SELECT * FROM U&"people.csv"`,
  `TABLE 'people.csv'`,
  `TABLE "people.csv"`,
  `DESCRIBE 'people.csv'`,
  `SUMMARIZE 'people.csv'`,
  `PIVOT 'people.csv' ON a USING sum(b)`,
  `UNPIVOT 'people.csv' ON a INTO NAME n VALUE v`,
  ...[
    'read_csv',
    'read_csv_auto',
    'read_text',
    'read_blob',
    'read_parquet',
    'parquet_scan',
    'parquet_metadata',
    'parquet_schema',
    'read_json',
    'read_json_auto',
    'read_ndjson',
    'read_json_objects',
    'read_duckdb',
    'read_xlsx',
    'glob',
    'sniff_csv',
    'query',
    'query_table',
    'sqlite_scan',
    'postgres_scan',
    'mysql_scan',
    'iceberg_scan',
    'delta_scan',
    'arrow_scan',
    'arrow_scan_dumb',
    'seq_scan',
    'pandas_scan',
    'json_execute_serialized_sql',
    'from_substrait',
    'which_secret',
    'duckdb_secrets',
    'duckdb_settings',
    'duckdb_logs',
    'duckdb_temporary_files',
    'duckdb_extensions',
    'checkpoint',
    'force_checkpoint',
    'enable_logging',
    'truncate_duckdb_logs',
    'test_all_types',
  ].flatMap((name) => [
    `SELECT * FROM ${name}('x')`,
    `FROM "${name}"('x')`,
    `SELECT * FROM t, system.main.${name.toUpperCase()} /* */ ('x')`,
  ]),
  `SELECT * FROM t, LATERAL read_csv(t.b)`,
  `SELECT getenv('HOME')`,
  `SELECT nextval('s')`,
  `SELECT write_log('x')`,
  `SELECT sleep_ms(100000)`,
  `SELECT * FROM (SELECT * FROM (SELECT * FROM glob('*')))`,
  `SELECT list_transform([1], x -> (SELECT max(size) FROM read_blob('open/f1.db')))`,
  `FROM histogram('people.csv', a)`,
  `SELECT (1`,
  `SELECT 1)`,
  `()`,
];

/** What a reader asks, each understood by the engine. */
const allowed: readonly string[] = [
  `SELECT 1`,
  `FROM t`,
  `FROM t SELECT a, b WHERE b = 'people.csv'`,
  `TABLE t`,
  `VALUES (1), (2)`,
  `(SELECT 1) UNION ALL (SELECT 2)`,
  `WITH x AS (SELECT a FROM t), y(b) AS (SELECT 2) SELECT * FROM x, y`,
  `WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n`,
  `SELECT "a" AS "people.csv" FROM t`,
  `SELECT 'DROP TABLE t; COPY' AS "INSERT INTO"`,
  `SELECT 1 /* DROP TABLE t; */ -- ATTACH 'x'`,
  `SELECT extract(year FROM DATE '2025-12-15'), trim(BOTH 'x' FROM 'xax'), substring('abc' FROM 2)`,
  `SELECT a IS DISTINCT FROM 'x', b IS NOT DISTINCT FROM 'x' FROM (SELECT 'y' AS a, 'x' AS b)`,
  `SELECT * FROM t JOIN t AS u ON t.b IS DISTINCT FROM 'z' AND u.b IN ('x', 'y')`,
  `SELECT * FROM t JOIN t AS u ON (t.b = 'x')`,
  `SELECT * FROM t JOIN t AS u ON t.b = ('x')`,
  `SELECT * FROM t JOIN t AS u ON t.a > 0 AND ('x') = u.b AND t.b || ('x') <> 'y'`,
  `SELECT * FROM u: t JOIN v: (SELECT 'x' AS b) ON (u.b = v.b)`,
  `SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS v(name, number)`,
  `SELECT * FROM unnest(string_split('a,b', ','))`,
  `SELECT * FROM range(3), generate_series(1, 2)`,
  `SELECT * FROM repeat('x', 3)`,
  `SELECT count(*) FILTER (WHERE a > 0), sum(a) OVER (ORDER BY a) FROM t GROUP BY a`,
  `SELECT b, first(a ORDER BY a DESC) FROM t GROUP BY ALL ORDER BY 1, b`,
  `SELECT CAST(a AS DECIMAL(18, 2)), a::VARCHAR FROM t`,
  `SELECT list_transform([1, 2], lambda x: x + 1), {'k': 1}, MAP {'k': 1}`,
  `SELECT regexp_extract_all('{"A": 5}', '"(\\w+)"', 1), replace('a', 'a', 'b')`,
  `SELECT histogram(a) FROM t`,
  `SELECT COLUMNS('a') FROM t`,
  `SELECT * EXCLUDE (b) REPLACE (a + 1 AS a) FROM t`,
  `SELECT $$it's$$, $tag$ $$ $tag$, E'it\\'s', 'it''s'`,
  `SELECT random() < 2, uuid() IS NOT NULL`,
  `SELECT * FROM duckdb_columns() WHERE table_name = 't'`,
  `SELECT * FROM pragma_table_info('t')`,
  `PIVOT t ON b IN ('x', 'y') USING sum(a)`,
  `UNPIVOT t ON a`,
  `DESCRIBE t`,
  `DESCRIBE SELECT a FROM t`,
  `SUMMARIZE t`,
  `SUMMARIZE SELECT a FROM t`,
  `SHOW TABLES`,
  `EXPLAIN SELECT a FROM t`,
  `EXPLAIN ANALYZE SELECT a FROM t`,
  `EXPLAIN (FORMAT json) SELECT a FROM t`,
  `SELECT 1; SELECT 2;`,
  `SELECT 0xFF, 1e3, 1_000, .5, 5 // 2, 'a' || 'b'`,
];

describe('the allow-list', () => {
  test.each(forbidden)('refuses %s', (text) => {
    expect(whyNot(text)).toBeTypeOf('string');
  });

  test.each(allowed)('lets pass %s', async (text) => {
    expect(whyNot(text)).toBeUndefined();
    for (const statement of statementsIn(text)) await engine.query(trusted(statement.text));
  });

  test('lets no function for FROM pass that it does not name, and no volatile one', async () => {
    const rows = await engine.query(
      sql`SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro', 'pragma')`,
    );
    const names = Array.from({ length: rows.rowCount }, (_, row) => String(rows.cell(0, row)));
    expect(names.length).toBeGreaterThan(100);
    const passing = names.filter((name) => whyNot(`SELECT * FROM "${name}"(1)`) === undefined).sort();
    expect(passing).toEqual([
      'duckdb_columns',
      'duckdb_constraints',
      'duckdb_databases',
      'duckdb_functions',
      'duckdb_keywords',
      'duckdb_memory',
      'duckdb_schemas',
      'duckdb_tables',
      'duckdb_types',
      'duckdb_views',
      'generate_series',
      'pragma_database_size',
      'pragma_table_info',
      'pragma_version',
      'range',
      'repeat',
      'repeat_row',
      'unnest',
    ]);
  });

  test('says where a statement is refused, also in the second of several', () => {
    const text = `SELECT 1;\n  SELECT * FROM read_csv('x')`;
    const [, second] = statementsIn(text);
    const found = second === undefined ? undefined : refuseStatement(second, policy);
    expect(found?.why).toContain('read_csv()');
    expect(text.slice(found?.from, found?.to)).toBe('read_csv');
  });

  test('is not fooled by spaces, comments, case and quotes between words', () => {
    const gap = fc.constantFrom(' ', '\n', '\t', ' /* ; */ ', ' -- x\n', " /* /* */ ' */ ");
    const wild = fc
      .tuple(fc.constantFrom(...forbidden.filter((text) => !/'|\$|--|\n/.test(text))), fc.infiniteStream(gap))
      .chain(([text, gaps]) =>
        fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((upper) =>
          Array.from(text)
            .map((letter, i) => {
              if (letter === ' ') return String(gaps.next().value);
              return upper[i] === true ? letter.toUpperCase() : letter.toLowerCase();
            })
            .join(''),
        ),
      );
    fc.assert(
      fc.property(wild, (text) => whyNot(text) !== undefined),
      { numRuns: 500 },
    );
  });

  test('a statement made of pieces of statements never changes what the engine holds', async () => {
    const pieces = forbidden
      .concat(allowed)
      .flatMap((text) => text.split(/(?<=[\s();,])/))
      .filter((piece) => !/generate_series|range|sleep/i.test(piece));
    const mixed = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(mixed, async (parts) => {
        const text = parts.join('');
        let statements;
        try {
          statements = statementsIn(text);
        } catch (cause) {
          expect(cause).toBeInstanceOf(UnfinishedText);
          return;
        }
        for (const statement of statements) {
          if (refuseStatement(statement, policy) === undefined)
            await engine.query(trusted(`SELECT * FROM (\n${statement.text}\n)`)).catch(() => undefined);
        }
      }),
      { numRuns: 700 },
    );
    const found = await engine.query(
      sql`SELECT (SELECT count(*) FROM duckdb_tables())::INTEGER, (SELECT count(*) FROM duckdb_databases() WHERE NOT internal)::INTEGER,
        (SELECT count(*) FROM t)::INTEGER`,
    );
    expect([0, 1, 2].map((column) => found.cell(column, 0))).toEqual([1, 1, 1]);
  });
});

describe('statements', () => {
  test('are parted by semicolons outside texts, names and comments', () => {
    const text = `SELECT ';' AS ";" /* ; */ -- ;\n; ;SELECT $q$;$q$; `;
    expect(statementsIn(text).map((statement) => statement.text)).toEqual([
      `SELECT ';' AS ";"`,
      `SELECT $q$;$q$`,
    ]);
    expect(statementsIn(text).map(({ from }) => text.slice(from, from + 6))).toEqual(['SELECT', 'SELECT']);
  });

  test.each([
    [`SELECT 'a`, 7],
    [`SELECT "a`, 7],
    [`SELECT /* /* */`, 7],
    [`SELECT $x$ $y$`, 7],
  ])('%s has no end', (text, at) => {
    expect(() => statementsIn(text)).toThrow(UnfinishedText);
    try {
      statementsIn(text);
    } catch (cause) {
      expect((cause as UnfinishedText).at).toBe(at);
    }
  });
});
