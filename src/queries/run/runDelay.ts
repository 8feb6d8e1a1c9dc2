import type { Engine } from '../../engine/engine.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { SettledDelay } from '../../domain/answers/experiments.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

/** Ticks from arrival to settlement, over original payments; undefined where none is known to have settled. */
export async function readSettledDelay(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<SettledDelay | undefined> {
  if (run.unnamed.arrivals > 0) return undefined;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(*) AS payments, coalesce(sum(settlement_tick - arrival_tick), 0)::BIGINT AS ticks
      FROM ${run.table('payments')}
      WHERE parent IS NULL AND settlement_tick IS NOT NULL AND arrival_tick IS NOT NULL`,
    { payments: int, ticks: int },
    signal,
  );
  return row === undefined || row.payments === 0 ? undefined : row;
}
