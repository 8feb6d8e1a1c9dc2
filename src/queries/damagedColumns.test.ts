/** Each column of each table dropped, retyped or NULL in one row: every question still answers. */
import { describe, expect, test } from 'vitest';

import { installRelations } from '../catalog/install.ts';
import { introspect } from '../catalog/tables.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { fileId } from '../lib/ids.ts';
import { everyQuestion } from '../testing/askEverything.ts';
import { tablesRead } from '../testing/corpus/tableMutants.ts';
import { fullContent } from '../testing/fixtures/fullContent.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { attachFixture } from '../testing/openFixture.ts';

const damages: Readonly<Record<string, (column: Sql) => Sql | 'dropped'>> = {
  dropped: () => 'dropped',
  'NULL in one row': (column) => sql`CASE WHEN rowid > 0 THEN ${column} END`,
  'NULL everywhere': () => sql`NULL::VARCHAR`,
  VARCHAR: (column) => sql`'~' || ${column}::VARCHAR`,
  DOUBLE: () =>
    sql`CASE WHEN rowid = 0 THEN 'NaN'::DOUBLE WHEN rowid = 1 THEN 'Infinity'::DOUBLE ELSE 0.5 END`,
  HUGEINT: () => sql`170141183460469231731687303715884105727::HUGEINT`,
  STRUCT: (column) => sql`{'a': ${column}}`,
  LIST: (column) => sql`[${column}]`,
  BLOB: () => sql`'\\xAA\\x00'::BLOB`,
  DATE: () => sql`DATE '2026-01-01'`,
};
const kinds = Object.keys(damages);
/** Every column alone with every damage takes the better part of an hour; else a choice of them, the same each time. */
const all = process.env.ITERSCOPE_ALL_DAMAGE === '1';
/** What a row is about; a row without it is left out. All other columns of a table are damaged together. */
const keys = new Set(['iteration', 'id', 'tick', 'simulation_id', 'experiment_id', 'run_id', 'agent_id']);

interface Damage {
  readonly columns: readonly string[];
  readonly kind: string;
}

function damagesOf(columns: readonly string[], place: number): readonly Damage[] {
  if (all) return columns.flatMap((column) => kinds.map((kind) => ({ columns: [column], kind })));
  const values = columns.filter((column) => !keys.has(column));
  const alone = columns.filter((column) => keys.has(column));
  const turn = (i: number) => kinds[i % kinds.length] ?? 'dropped';
  return [
    ...[0, 5].map((step) => ({ columns: values, kind: turn(place + step) })),
    ...alone.map((column, i) => ({ columns: [column], kind: turn(place + i) })),
  ].filter(({ columns: chosen }) => chosen.length > 0 && chosen.length < columns.length);
}

function damagedTable(columns: readonly string[], kind: string, whole: Sql): Sql {
  const values = columns.map(
    (column) => [ident(column), damages[kind]?.(ident(column)) ?? 'dropped'] as const,
  );
  if (kind === 'dropped') return sql`SELECT * EXCLUDE (${join(columns.map(ident), ', ')}) ${whole}`;
  const replaced = values.flatMap(([name, value]) => (value === 'dropped' ? [] : [sql`${value} AS ${name}`]));
  return sql`SELECT * REPLACE (${join(replaced, ', ')}) ${whole}`;
}

const engine = await bootBlockingEngine();
let opened = 0;

async function openMended() {
  opened += 1;
  const [main] = await introspect(engine, 'mended');
  if (main === undefined) throw new Error('the database has a schema');
  const file = { ...main, fileId: fileId(`f${opened}`), alias: 'mended' };
  await installRelations(engine, [file]);
  return file;
}

describe.for(['A1', 'B-V5'] as const)('%s', async (layout) => {
  const alias = `sound${layout.slice(0, 1)}`;
  const { tables } = await attachFixture(engine, await writeFixture(layout, fullContent), alias);
  const whole = (table: string) => sql`FROM ${ident(alias)}.main.${ident(table)}`;
  const used = [...tablesRead].filter((table) => tables.has(table));
  // The tables that the second layout has otherwise.
  const damagedHere = layout === 'A1' || all ? used : ['policy_evaluations', 'simulations'];
  // Every second table is damaged in one go, each in its next way, and is whole again after its last.
  const groupCount = all ? damagedHere.length : Math.ceil(damagedHere.length / 4);
  const groups = Array.from({ length: groupCount }, (_, group) =>
    damagedHere.filter((_name, place) => place % groupCount === group),
  ).filter((group) => group.length > 0);

  test.for(groups.map((group) => ({ group, title: group.join(', ') })))(
    '$title',
    { timeout: 600_000 },
    async ({ group }) => {
      await engine.query(sql`ATTACH ':memory:' AS mended`);
      const write = (table: string, rows: Sql) =>
        engine.query(sql`CREATE OR REPLACE TABLE mended.main.${ident(table)} AS ${rows}`);
      for (const table of used) await write(table, whole(table));
      const damages = group.map((table) =>
        damagesOf([...(tables.get(table)?.keys() ?? [])], used.indexOf(table)).map((damage) => ({
          table,
          ...damage,
        })),
      );
      const failures: string[] = [];
      for (let round = 0; damages.some((ofTable) => round < ofTable.length); round += 1) {
        const now = damages.flatMap((ofTable) => ofTable[round] ?? []);
        for (const table of group) {
          const damage = now.find((each) => each.table === table);
          const rows =
            damage === undefined ? whole(table) : damagedTable(damage.columns, damage.kind, whole(table));
          await write(table, rows);
        }
        const file = await openMended();
        for (const [question, ask] of await everyQuestion(engine, file.fileId, 'exp1-iter0-evaluation')) {
          await ask().catch((failure: unknown) => {
            const what = now.map(({ table, columns, kind }) => `${table} (${columns.join(', ')}) ${kind}`);
            failures.push(`${what.join('; ')}, ${question}: ${String(failure)}`);
          });
        }
      }
      await engine.query(sql`DETACH mended`);
      expect(failures).toEqual([]);
    },
  );
});
