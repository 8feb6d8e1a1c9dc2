import type { RunSummary } from '../../domain/answers/experiments.ts';
import {
  paymentStatuses,
  type PaymentCount,
  type PaymentFilter,
  type PaymentRow,
  type PaymentSort,
} from '../../domain/answers/runs.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import type { AgentId } from '../../lib/ids.ts';
import { join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { type PreparedRun, preparedRun } from './prepare/prepareRun.ts';
import { ways, wayNumber, kindIn } from './prepare/tables.ts';

/**
 * For FROM: each payment with the payment it is a part of in the end, itself where it is none. Parts never count as
 * payments: what is counted is counted of roots.
 */
const rootsOf = (run: PreparedRun): Sql =>
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

export const paymentSpec = {
  txId: text,
  sender: int,
  receiver: int,
  amount: money,
  priority: nullable(int),
  arrivalTick: nullable(int),
  deadlineTick: nullable(int),
  settlementTick: nullable(int),
  overdueTick: nullable(int),
  partOverdueTick: nullable(int),
  how: nullable(int),
  status: text,
  parentTxId: nullable(text),
  parts: int,
};

/** For FROM: payments with the id of the one that they are a part of, and the tick in which the first part went overdue. */
export const paymentsOf = (run: PreparedRun): Sql =>
  sql`(WITH RECURSIVE late AS (
      SELECT parent AS whole, overdue_tick FROM ${run.table('payments')} WHERE parent IS NOT NULL AND overdue_tick IS NOT NULL
      UNION ALL SELECT p.parent, late.overdue_tick FROM late JOIN ${run.table('payments')} p ON p.tx = late.whole
        WHERE p.parent IS NOT NULL
    ), first_late AS (SELECT whole, min(overdue_tick) AS part_overdue_tick FROM late GROUP BY whole)
    SELECT p.*, w.tx_id AS parent_tx_id, f.part_overdue_tick FROM ${run.table('payments')} p
    LEFT JOIN ${run.table('arrivals')} w ON w.tx = p.parent LEFT JOIN first_late f ON f.whole = p.tx)`;

function agentOf({ agents }: PreparedRun, number: number): AgentId {
  const agent = agents[number];
  if (agent === undefined) throw new RangeError(`no agent has the number ${number}`);
  return agent;
}

export function paymentRow(run: PreparedRun, row: RowOf<typeof paymentSpec>): PaymentRow {
  const { txId, priority, arrivalTick, deadlineTick, settlementTick, parentTxId, parts } = row;
  const { overdueTick, partOverdueTick } = row;
  const way = row.how === undefined ? undefined : ways[row.how];
  return {
    txId,
    sender: agentOf(run, row.sender),
    receiver: agentOf(run, row.receiver),
    amountCents: row.amount,
    priority,
    arrivalTick,
    deadlineTick,
    settlementTick,
    overdueTick,
    partOverdueTick,
    settledBy: way === 'transfer' ? undefined : way,
    status: paymentStatuses.find((status) => status === row.status) ?? 'unknown',
    delayTicks:
      settlementTick === undefined || arrivalTick === undefined ? undefined : settlementTick - arrivalTick,
    parentTxId,
    partCount: parts,
  };
}

/** A split payment is as overdue as its parts. */
function fateOf(run: PreparedRun, status: NonNullable<PaymentFilter['status']>): Sql {
  const overdue = (
    more: Sql,
  ) => sql`tx IN (SELECT root FROM ${rootsOf(run)} JOIN ${run.table('payments')} USING (tx)
    WHERE ${more})`;
  if (status === 'late') return overdue(sql`overdue_tick IS NOT NULL OR status = 'overdue'`);
  return status === 'overdue'
    ? overdue(sql`status = 'overdue' OR (overdue_tick IS NOT NULL AND status = 'split')`)
    : sql`status = ${status}`;
}

/** Which payments are listed; their parts come with them. */
function conditionOf(run: PreparedRun, filter: PaymentFilter): Sql {
  const conditions = [sql`parent IS NULL`];
  if (filter.status !== undefined) conditions.push(fateOf(run, filter.status));
  if (filter.agentId !== undefined) {
    const agent = run.agents.indexOf(filter.agentId);
    conditions.push(sql`(sender = ${agent} OR receiver = ${agent})`);
  }
  if (filter.text !== undefined && filter.text !== '') {
    conditions.push(sql`tx IN (SELECT root FROM ${rootsOf(run)} JOIN ${run.table('payments')} USING (tx)
      WHERE contains(lower(tx_id), lower(${filter.text})))`);
  }
  return join(conditions, ' AND ');
}

/**
 * By the whole payment, its parts under it. Ties keep the order of arrival; what is not there comes last, whatever the
 * direction.
 */
function orderOf({ descending }: PaymentSort): Sql {
  const direction = trusted(descending ? 'DESC' : 'ASC');
  return sql`sort_key ${direction} NULLS LAST, root, depth, p.tx`;
}

function columnOf(by: PaymentSort['by']): Sql {
  switch (by) {
    case 'arrival':
      return sql`tx`;
    case 'amount':
      return sql`amount`;
    case 'delay':
      return sql`settlement_tick - arrival_tick`;
    case 'deadline':
      return sql`deadline_tick`;
    case 'settlement':
      return sql`settlement_tick`;
    case 'priority':
      return sql`priority`;
  }
}

const listSpec = { rows: int, payments: int, amount: money, unreadable: int };

/** What a filter leaves: payments with their amount, and rows with those of their parts. */
export const paymentCount = defineQuery({
  name: 'paymentCount',
  scope: 'run',
  async run(
    engine,
    scope: RunScope & { readonly filter: PaymentFilter },
    signal,
  ): Promise<PaymentCount | undefined> {
    const { filter } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const [row] = await queryRows(
      engine,
      sql`WITH listed AS (SELECT tx, amount FROM ${run.table('payments')} WHERE ${conditionOf(run, filter)})
        SELECT (SELECT count(*) FROM ${rootsOf(run)} t JOIN listed l ON l.tx = t.root) AS rows,
          (SELECT count(*) FROM listed) AS payments, (SELECT coalesce(sum(amount), 0)::BIGINT FROM listed) AS amount,
          (SELECT count(*) FROM ${run.table('arrivals')} WHERE tx NOT IN (SELECT tx FROM ${run.table('payments')})) AS unreadable`,
      listSpec,
      signal,
    );
    if (row === undefined) return undefined;
    const { rows, payments, amount, unreadable } = row;
    return { rows, payments, amountCents: amount, unreadable };
  },
});

/** A page of these payments, the parts of a split one in rows of their own under it. */
export const paymentPage = defineQuery({
  name: 'paymentPage',
  scope: 'run',
  async run(
    engine,
    scope: RunScope & { readonly filter: PaymentFilter; readonly offset: number; readonly limit: number },
    signal,
  ): Promise<readonly PaymentRow[]> {
    const { filter, offset, limit } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return [];
    const sort = filter.sort ?? { by: 'arrival', descending: false };
    const rows = await queryRows(
      engine,
      sql`WITH listed AS (
          SELECT tx, ${columnOf(sort.by)} AS sort_key FROM ${run.table('payments')} WHERE ${conditionOf(run, filter)}
        )
        SELECT p.* FROM ${rootsOf(run)} t JOIN listed l ON l.tx = t.root JOIN ${paymentsOf(run)} p ON p.tx = t.tx
        ORDER BY ${orderOf(sort)} LIMIT ${limit} OFFSET ${offset}`,
      paymentSpec,
      signal,
    );
    return rows.map((row) => paymentRow(run, row));
  },
});
