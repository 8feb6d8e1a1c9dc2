import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { formatCount, formatMoney } from '../../../lib/format.ts';
import { sql, trusted } from '../../../lib/sql.ts';
import { subtractCents, type Cents } from '../../../lib/units.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';

/** Events shown behind a difference. */
export const mostSeqs = 20;

type Outcome = Pick<ConsistencyCheck, 'outcome' | 'why'>;

/** What the outcomes of a comparison mean; `otherwise` is that of a difference. */
interface CheckWords {
  readonly balances: string;
  readonly missing: string;
  readonly otherwise: Outcome;
}

type About = Pick<ConsistencyCheck, 'id' | 'title'>;

/** Compares stored money with what the events give. */
export function moneyCheck(
  about: About,
  stored: Cents | undefined,
  found: Cents | undefined,
  words: CheckWords,
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const differenceCents =
    stored === undefined || found === undefined ? undefined : subtractCents(found, stored);
  return {
    ...about,
    expected: stored === undefined ? undefined : formatMoney(stored),
    found: found === undefined ? undefined : formatMoney(found),
    differenceCents,
    ...told(differenceCents, words, seqs),
  };
}

/** The same of counts. */
export function countCheck(
  about: About,
  stored: number | undefined,
  found: number | undefined,
  words: CheckWords,
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference = stored === undefined || found === undefined ? undefined : BigInt(found) - BigInt(stored);
  return {
    ...about,
    expected: stored === undefined ? undefined : formatCount(stored),
    found: found === undefined ? undefined : formatCount(found),
    differenceCents: undefined,
    ...told(difference, words, seqs),
  };
}

/** What a difference says; the events behind it are told only where there is one. */
function told(
  difference: bigint | undefined,
  words: CheckWords,
  seqs: readonly number[],
): Pick<ConsistencyCheck, 'stored' | 'outcome' | 'why' | 'seqs'> {
  const stored = 'expected';
  if (difference === undefined) return { stored, outcome: 'not recorded', why: words.missing, seqs: [] };
  if (difference === 0n) return { stored, outcome: 'balances', why: words.balances, seqs: [] };
  return { stored, ...words.otherwise, seqs };
}

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
