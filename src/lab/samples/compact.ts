import { ident, join, literal, sql } from '../../lib/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { createDatabaseManager } from '../../persistence/unifiedDatabase.ts';
import type { NaiveTime } from '../../lib/storedTime.ts';
import { schemaMigrations } from '../../schema/version.ts';
import { tables } from '../../schema/tables.ts';

/**
 * Copies a finished database of the unified schema into the empty one that `engine` has open. A file that grew
 * by one transaction for each iteration is half free blocks; the copy has none. Rows keep their order, and
 * rows numbered by a sequence are numbered again, so that the sequence stands where it stood.
 */
export async function copyCompact(engine: Engine, sourcePath: string, now: NaiveTime): Promise<void> {
  await createDatabaseManager(engine, () => now).prepare();
  await engine.query(sql`ATTACH ${literal(sourcePath)} AS source (READ_ONLY)`);
  for (const table of tables) {
    if (table.name === schemaMigrations.name) continue;
    const written = table.columns.filter((column) => column.sequence === undefined);
    const columns = join(
      written.map((column) => ident(column.name)),
      ', ',
    );
    const name = ident(table.name);
    await engine.query(
      sql`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM source.main.${name} ORDER BY rowid`,
    );
  }
  await engine.query(sql`DETACH source`);
  await engine.query(sql`CHECKPOINT`);
}
