import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { join, sql, trusted } from '../lib/sql.ts';
import { EngineError, toEngineError } from './errors.ts';
import { type Engine, lockStatements } from './engine.ts';
import { openNativeEngine } from './node/nativeEngine.ts';
import { bigInt, decodeRows, int, list, money, nullable, queryRows, text } from './rows.ts';
import { bootBlockingEngine, closeBlockingEngines } from './wasm/blockingEngine.ts';

describe.each([
  ['WASM', bootBlockingEngine, /^v1\.5\.6$/],
  ['native', () => openNativeEngine(), /^v1\.5\.\d+$/],
])('the %s engine', (_, boot, version) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await boot();
  });
  afterAll(() => engine.close());

  it('is of the line that header.ts names', () => {
    expect(engine.version).toMatch(version);
  });

  it('keeps 64-bit integers, NULL and lists as they are', async () => {
    const rows = await queryRows(
      engine,
      sql`SELECT 9223372036854775807 AS total_cents, NULL::VARCHAR AS note, ['a', 'b'] AS tags, 7 AS tick`,
      { totalCents: money, note: nullable(text), tags: list(text), tick: int },
    );
    expect(rows).toEqual([{ totalCents: 9223372036854775807n, note: undefined, tags: ['a', 'b'], tick: 7 }]);
  });

  it('keeps texts as they are: NULL, empty, long and of any script, in ten rows or in three thousand', async () => {
    const texts = ['', 'BANK_A', 'Zürich ≤ 0', '𝄞 clef', 'x'.repeat(3000), null];
    const values = join(
      texts.map((value, i) => sql`(${i}, ${value})`),
      ', ',
    );
    for (const [from, repeats] of [
      [0, 2],
      [0, 500],
      [2, 1],
    ] as const) {
      const rows = await queryRows(
        engine,
        sql`SELECT i, t FROM (VALUES ${values}) v(i, t), range(${repeats}) r(n) WHERE i >= ${from} AND i <> 4
          UNION ALL SELECT i, t FROM (VALUES ${values}) v(i, t) WHERE i = 4 AND ${repeats} = 2`,
        { i: int, t: nullable(text) },
      );
      expect(rows.length).toBeGreaterThanOrEqual(3);
      expect(rows.filter((row) => row.t !== (texts[row.i] ?? undefined))).toEqual([]);
    }
  });

  it('logs who asked what, and what became of it', async () => {
    const before = engine.log.entries().length;
    const aborted = AbortSignal.abort();
    await engine.query(sql`SELECT * FROM range(3)`, undefined, { name: 'three' });
    await engine.query(sql`SELECT nothing`).catch(() => undefined);
    await engine.query(sql`SELECT 1`, aborted).catch(() => undefined);
    expect(engine.log.entries().slice(before)).toMatchObject([
      { text: 'SELECT * FROM range(3)', askedBy: 'three', rows: 3, outcome: 'answered' },
      { text: 'SELECT nothing', askedBy: 'Iterscope', rows: undefined, outcome: 'query' },
      { text: 'SELECT 1', rows: undefined, outcome: 'cancelled' },
    ]);
  });

  it('lets a query on screen go before one that is asked ahead', async () => {
    const before = engine.log.entries().length;
    const ahead = { name: 'ahead', isAhead: () => true };
    await Promise.all([
      engine.query(sql`SELECT 1`, undefined, { name: 'screen 1' }),
      engine.query(sql`SELECT 2`, undefined, ahead),
      engine.query(sql`SELECT 3`, undefined, { name: 'screen 2' }),
    ]);
    // The log is in the order of the ends; two queries on screen run side by side.
    const order = engine.log.entries().map(({ askedBy }) => askedBy);
    const ended = order.slice(before);
    expect(ended.slice(0, 2).sort()).toEqual(['screen 1', 'screen 2']);
    expect(ended.slice(2)).toEqual(['ahead']);
  });

  it('keeps the columns of a result without rows', async () => {
    const table = await engine.query(sql`SELECT 1 AS a WHERE false`);
    expect([table.columns, table.rowCount]).toEqual([['a'], 0]);
  });

  it('names the column when a cell is not what was promised', async () => {
    const table = await engine.query(sql`SELECT 'x' AS amount_cents`);
    expect(() => decodeRows(table, { amountCents: money })).toThrow('column amount_cents, row 0');
    expect(() => decodeRows(table, { tick: int })).toThrow('no column tick');
  });

  it('fails with the statement and the reason', async () => {
    const failure = await engine.query(sql`SELECT nothing_here`).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineError);
    expect(failure).toMatchObject({ kind: 'query', sql: 'SELECT nothing_here' });
  });
});

describe('the WASM engine', () => {
  afterEach(closeBlockingEngines);

  it('gives a HUGEINT as something that is refused as money: sums are cast in SQL (design.md 1, Money)', async () => {
    const engine = await bootBlockingEngine();
    const table = await engine.query(sql`SELECT sum(x) AS total_cents FROM (VALUES (1::BIGINT), (2)) t(x)`);
    expect(() => decodeRows(table, { totalCents: money })).toThrow('column total_cents');
    const cast = await engine.query(sql`SELECT sum(x)::BIGINT AS total FROM (VALUES (1::BIGINT), (2)) t(x)`);
    expect(decodeRows(cast, { total: bigInt })).toEqual([{ total: 3n }]);
  });

  it('asks no foreign host for an extension: JSON functions fail at once (design.md 1, JSON)', async () => {
    const engine = await bootBlockingEngine();
    const failure = await engine
      .query(sql`SELECT json_extract('{}', '$.a')`)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'query' });
  });

  it('once locked reaches no other file and cannot be unlocked', async () => {
    const engine = await bootBlockingEngine();
    for (const statement of lockStatements) await engine.query(statement);
    for (const attempt of [
      `SELECT * FROM read_csv('/etc/hostname')`,
      `ATTACH '/tmp/iterscope-test.db'`,
      `SET enable_external_access=true`,
      `COPY (SELECT 1) TO '/tmp/iterscope-test.csv'`,
    ]) {
      await expect(engine.query(trusted(attempt)), attempt).rejects.toBeInstanceOf(EngineError);
    }
  });

  it('closed and booted again knows no file, table or setting of before, and answers nothing more', async () => {
    const before = await bootBlockingEngine();
    before.register('lines.csv', new TextEncoder().encode('a\n1\n'));
    const fromFile = sql`SELECT * FROM read_csv('lines.csv')`;
    expect((await before.query(fromFile)).rowCount).toBe(1);
    await before.run([sql`CREATE TABLE kept (a INTEGER)`, ...lockStatements]);
    await before.close();
    await expect(before.query(sql`SELECT 1`)).rejects.toMatchObject({ kind: 'crashed' });

    const after = await bootBlockingEngine();
    await after.run([sql`SET threads = 1`]);
    await expect(after.query(fromFile)).rejects.toMatchObject({ kind: 'query' });
    await expect(after.query(sql`SELECT * FROM kept`)).rejects.toMatchObject({ kind: 'query' });
  });
});

it.each([
  ['memory access out of bounds', 'crashed'],
  ['function signature mismatch', 'crashed'],
  ['Out of Memory Error: failed to allocate data of size 2.0 GiB', 'out-of-memory'],
  ['INTERRUPT Error: Interrupted!', 'cancelled'],
  ['Catalog Error: Table with name x does not exist!', 'query'],
])('takes “%s” for %s', (message, kind) => {
  expect(toEngineError(new Error(message), '').kind).toBe(kind);
});

it('reads an error that comes as JSON, and leaves other texts as they are', () => {
  const asJson = JSON.stringify({
    exception_type: 'Parser',
    exception_message: 'syntax error at or near ")"\n\nLINE 3: )\n        ^',
    position: '42',
  });
  expect(toEngineError(new Error(asJson), '').message).toBe(
    'Parser Error: syntax error at or near ")"\n\nLINE 3: )\n        ^',
  );
  for (const other of ['{"a": 1}', '{ no JSON', 'Binder Error: x'])
    expect(toEngineError(new Error(other), '').message).toBe(other);
});
