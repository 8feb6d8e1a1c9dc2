import type { Engine } from '../../engine/engine.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { join, sql, type Sql } from '../../lib/sql.ts';
import type { RunSummary } from '../../domain/answers/experiments.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';
import { wayNumber, type ways } from './prepare/settled.ts';

/**
 * For FROM: each payment with the payment it is a part of in the end, itself where it is none. Parts never count as
 * payments: what is counted is counted of roots.
 */
export const rootsOf = (run: PreparedRun): Sql =>
  sql`(WITH RECURSIVE tree AS (
      SELECT tx, tx AS root, 0 AS depth FROM ${run.table('payments')} WHERE parent IS NULL
      UNION ALL SELECT p.tx, t.root, t.depth + 1 FROM ${run.table('payments')} p JOIN tree t ON p.parent = t.tx
    ) SELECT * FROM tree)`;

export type PaymentTally = Pick<
  RunSummary,
  'arrivals' | 'settlements' | 'overdue' | 'overdueAtEnd' | 'disputed' | 'disputedOverdue'
>;

/** Ways to settle that an event tells of. */
const logged = ['immediate', 'queue 2', 'bilateral offset', 'cycle'] as const;

const spec = {
  arrivals: int,
  immediate: int,
  fromQueue2: int,
  offset: int,
  inferred: int,
  inParts: int,
  overdue: int,
  overdueAtEnd: int,
  disputed: int,
  disputedOverdue: int,
};

/**
 * Original payments by what became of them; undefined where the events do not name their payments. A settlement of what
 * never arrived (a scheduled one of the scenario, domain.md 7.4) is none of a payment.
 */
export async function readPaymentTally(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<PaymentTally | undefined> {
  if (run.unnamed.arrivals > 0 || run.eventCount === 0) return undefined;
  const settled = (...among: readonly (typeof ways)[number][]) =>
    sql`count(*) FILTER (parent IS NULL AND status = 'settled' AND how IN (${join(among.map(wayNumber), ', ')}))`;
  const [row] = await queryRows(
    engine,
    sql`SELECT (SELECT count(*) FROM ${run.table('arrivals')}
          WHERE tx NOT IN (SELECT child FROM ${run.table('splits')})) AS arrivals, ${settled('immediate')} AS immediate,
        ${settled('queue 2')} AS from_queue2, ${settled('bilateral offset', 'cycle')} AS offset,
        count(*) FILTER (parent IS NULL AND status = 'settled' AND how NOT IN (${join(logged.map(wayNumber), ', ')}))
          AS inferred,
        count(*) FILTER (parent IS NULL AND status = 'settled' AND how IS NULL) AS in_parts,
        count(DISTINCT root) FILTER (overdue_tick IS NOT NULL) + (SELECT count(*) FROM ${run.table('events')}
          WHERE tx IS NULL AND ${kindIn(run, 'TransactionWentOverdue')}) AS overdue,
        count(DISTINCT root) FILTER (overdue_tick IS NOT NULL AND status IN ('overdue', 'split')) AS overdue_at_end,
        count(*) FILTER (parent IS NULL AND status = 'unknown') AS disputed,
        count(DISTINCT root) FILTER (overdue_tick IS NOT NULL AND status = 'unknown') AS disputed_overdue
      FROM ${run.table('payments')} JOIN ${rootsOf(run)} USING (tx)`,
    spec,
    signal,
  );
  if (row === undefined) throw new TypeError('a statement of counts gave no row');
  const { arrivals, overdue, overdueAtEnd, disputed, disputedOverdue, ...settlements } = row;
  return { arrivals, settlements, overdue, overdueAtEnd, disputed, disputedOverdue };
}
