import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { sql, trusted } from '../../../lib/sql.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';

/**
 * Why recorded money can differ from the replayed: offsets, but only where it is not known what they settled and where
 * every recorded balance is one that the payments in question can leave. Any other difference has another cause, which is
 * not guessed. A sentence.
 */
export async function offsetCause(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (run.offsets.kind !== 'unknown') return undefined;
  const possible = (party: 'sender' | 'receiver') =>
    sql`coalesce((SELECT sum(amount) FROM ${run.table('disputed')} d
      WHERE d.${trusted(party)} = f.agent AND d.from_tick <= f.tick), 0)`;
  const [found] = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT m.agent, m.tick, recorded_before - (start + sum(cents) OVER (PARTITION BY m.agent
          ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING) - cents) AS difference, is_stated
        FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
      )
      SELECT count(*) AS impossible FROM running f
      WHERE is_stated AND difference <> 0
        AND (difference < -${possible('sender')} OR difference > ${possible('receiver')})`,
    { impossible: int },
    signal,
  );
  return found?.impossible === 0
    ? `${run.offsets.reason} What offsets settled is counted nowhere, so a difference is to be expected.`
    : undefined;
}
