/** What a mutated database is, and what writes them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Engine } from '../../engine/engine.ts';
import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { ident, sql, trusted, type Sql } from '../../lib/sql.ts';
import type { FixtureContent } from '../fixtures/content.ts';
import { fullContent } from '../fixtures/fullContent.ts';
import { buildLayout } from '../fixtures/layouts.ts';

/** How the numbers of a mutant that opens relate to those of the sound file. */
type Truth =
  /** The same, every one: the damage is none of the values'. */
  | 'same'
  /** The same, or said to be unknown. */
  | 'same or unknown'
  /** It says others. */
  | 'its own';

export interface Mutant {
  /** As in the table of outcomes: `truncation`, `column retyped`. */
  readonly kind: string;
  readonly name: string;
  readonly truth: Truth;
  /** Outcomes that are right; any but a fault where nothing is said. */
  readonly mustBe?: readonly string[];
  /** The database, and what is dropped with it. */
  readonly make: () => Promise<readonly File[]>;
}

export type BaseLayout = 'A1' | 'B-V5';

interface Change {
  /** SELECT statements by table, in place of its rows; `soundTable` names the sound table. */
  readonly tables?: Readonly<Record<string, Sql>>;
  readonly without?: readonly string[];
  /** Run in the new database afterwards. */
  readonly statements?: readonly Sql[];
  /** In bytes. */
  readonly blockBytes?: number;
}

/** Names a table of the sound database of this layout. */
export const soundTable = (layout: BaseLayout, table: string): Sql =>
  sql`${ident(aliasOf(layout))}.main.${ident(table)}`;
const aliasOf = (layout: BaseLayout): string => `sound ${layout}`;

export interface FileWriter {
  /** Bytes of the sound database of a layout, its tables without keys. */
  readonly sound: ReadonlyMap<BaseLayout, Uint8Array<ArrayBuffer>>;
  /** Columns by table. */
  readonly tables: ReadonlyMap<BaseLayout, ReadonlyMap<string, readonly string[]>>;
  /** A database of tables without keys, all as they are but for the change. */
  changed(layout: BaseLayout, change: Change): Promise<Uint8Array<ArrayBuffer>>;
  /** A database of records of its own. */
  written(
    layout: BaseLayout,
    content: FixtureContent,
    statements?: readonly Sql[],
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** A database whose rows are in its log alone. */
  unmerged(
    layout: BaseLayout,
    content?: FixtureContent,
  ): Promise<{ database: Uint8Array<ArrayBuffer>; log: Uint8Array<ArrayBuffer> }>;
  close(): Promise<void>;
}

export async function openFileWriter(): Promise<FileWriter> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iterscope-corpus-'));
  const engine = await openNativeEngine();
  let made = 0;
  const nextPath = (): string => path.join(folder, `${(made += 1)}.db`);
  const take = async (file: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = new Uint8Array(await readFile(file));
    await rm(file);
    return bytes;
  };
  const build = async (
    layout: BaseLayout,
    content: FixtureContent,
    statements: readonly Sql[],
    leaveLog = false,
  ) => {
    const file = nextPath();
    const writer = await openNativeEngine(file);
    if (leaveLog) {
      await writer.run([sql`PRAGMA disable_checkpoint_on_shutdown`, sql`SET wal_autocheckpoint='1TB'`]);
    }
    await buildLayout(writer, layout, content);
    await writer.run(statements);
    await writer.close();
    return file;
  };
  const sound = new Map<BaseLayout, Uint8Array<ArrayBuffer>>();
  const tables = new Map<BaseLayout, ReadonlyMap<string, readonly string[]>>();
  for (const layout of ['A1', 'B-V5'] as const) {
    const file = await build(layout, fullContent, []);
    await engine.query(sql`ATTACH ${file} AS ${ident(aliasOf(layout))} (READ_ONLY)`);
    tables.set(layout, await columnsOf(engine, aliasOf(layout)));
  }
  const writer: FileWriter = {
    sound,
    tables,
    async changed(layout, { tables: replaced = {}, without = [], statements = [], blockBytes = 262_144 }) {
      const file = nextPath();
      await engine.query(
        sql`ATTACH ${file} AS mutant (STORAGE_VERSION 'v1.0.0', BLOCK_SIZE ${trusted(String(blockBytes))})`,
      );
      await engine.query(sql`USE mutant`);
      try {
        for (const table of tables.get(layout)?.keys() ?? []) {
          if (without.includes(table)) continue;
          const rows = replaced[table] ?? sql`FROM ${soundTable(layout, table)}`;
          await engine.query(sql`CREATE TABLE mutant.main.${ident(table)} AS ${rows}`);
        }
        await engine.run(statements);
      } finally {
        await engine.query(sql`USE memory`);
        await engine.query(sql`DETACH mutant`);
      }
      return take(file);
    },
    written: async (layout, content, statements = []) => take(await build(layout, content, statements)),
    async unmerged(layout, content = fullContent) {
      const file = await build(layout, content, [], true);
      return { database: await take(file), log: await take(`${file}.wal`) };
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (const layout of tables.keys()) sound.set(layout, await writer.changed(layout, {}));
  return writer;
}

async function columnsOf(engine: Engine, alias: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await engine.query(
    sql`SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ${alias} AND NOT internal
      ORDER BY table_name, column_index`,
  );
  const tables = new Map<string, string[]>();
  for (let row = 0; row < found.rowCount; row += 1) {
    const table = String(found.cell(0, row));
    tables.set(table, [...(tables.get(table) ?? []), String(found.cell(1, row))]);
  }
  return tables;
}

/** A database under the name of its mutant, alone. */
export const alone = (bytes: Uint8Array<ArrayBuffer>, name = 'mutant.db'): readonly File[] => [
  new File([bytes], name),
];
