import { sql } from '../lib/sql.ts';
import type { Engine } from '../engine/engine.ts';

/** Runs `work` in one transaction: all of it is stored, or, when it throws, none of it. Does not nest. */
export async function inTransaction<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  await engine.query(sql`BEGIN TRANSACTION`);
  try {
    const result = await work();
    await engine.query(sql`COMMIT`);
    return result;
  } catch (cause) {
    try {
      await engine.query(sql`ROLLBACK`);
    } catch (rollback) {
      throw new AggregateError([cause, rollback], 'failed, and could not be rolled back', { cause });
    }
    throw cause;
  }
}
