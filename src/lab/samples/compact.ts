import { ident, join, literal, sql } from '../../lib/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { createDatabaseManager } from '../../persistence/unifiedDatabase.ts';
import type { NaiveTime } from '../../lib/storedTime.ts';
import { schemaMigrations } from '../../schema/version.ts';
import { tables } from '../../schema/tables.ts';

/**
 * Copies the finished database of the unified schema that `engine` has in its memory into a new file at `path`, of
 * storage version v1.0.0. In memory, since a transaction for each iteration costs a file 70 ms each, and leaves half of
 * its blocks free. Rows keep their order, and rows numbered by a sequence are numbered again, so that the sequence
 * stands where it stood.
 */
export async function copyCompact(engine: Engine, path: string, now: NaiveTime): Promise<void> {
  await engine.query(sql`ATTACH ${literal(path)} AS compact (STORAGE_VERSION 'v1.0.0')`);
  await engine.query(sql`USE compact`);
  await createDatabaseManager(engine, () => now).prepare();
  for (const table of tables) {
    if (table.name === schemaMigrations.name) continue;
    const written = table.columns.filter((column) => column.sequence === undefined);
    const columns = join(
      written.map((column) => ident(column.name)),
      ', ',
    );
    const name = ident(table.name);
    await engine.query(
      sql`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM memory.main.${name} ORDER BY rowid`,
    );
  }
  await engine.query(sql`CHECKPOINT`);
  await engine.query(sql`USE memory`);
  await engine.query(sql`DETACH compact`);
}
