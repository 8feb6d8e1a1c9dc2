import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { join, sql, trusted, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../schema/ids.ts';
import {
  paymentStatuses,
  type PaymentFilter,
  type PaymentRow,
  type PaymentSort,
} from '../../schema/replayAnswers.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { ways } from './prepare/settled.ts';

export const paymentSpec = {
  txId: text,
  sender: int,
  receiver: int,
  amount: money,
  priority: nullable(int),
  arrivalTick: nullable(int),
  deadlineTick: nullable(int),
  settlementTick: nullable(int),
  how: nullable(int),
  status: text,
  parentTxId: nullable(text),
};

/** For FROM: payments with the id of the one that they are a part of. */
export const paymentsOf = (run: PreparedRun): Sql =>
  sql`(SELECT p.*, w.tx_id AS parent_tx_id FROM ${run.table('payments')} p
    LEFT JOIN ${run.table('arrivals')} w ON w.tx = p.parent)`;

function agentOf({ agents }: PreparedRun, number: number): AgentId {
  const agent = agents[number];
  if (agent === undefined) throw new RangeError(`no agent has the number ${number}`);
  return agent;
}

export function paymentRow(run: PreparedRun, row: RowOf<typeof paymentSpec>): PaymentRow {
  const { txId, priority, arrivalTick, deadlineTick, settlementTick, parentTxId } = row;
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
    settledBy: way === 'transfer' ? undefined : way,
    status: paymentStatuses.find((status) => status === row.status) ?? 'waiting',
    delayTicks:
      settlementTick === undefined || arrivalTick === undefined ? undefined : settlementTick - arrivalTick,
    parentTxId,
  };
}

function conditionOf(run: PreparedRun, filter: PaymentFilter): Sql {
  const conditions = [sql`TRUE`];
  if (filter.status !== undefined) conditions.push(sql`status = ${filter.status}`);
  if (filter.agentId !== undefined) {
    const agent = run.agents.indexOf(filter.agentId);
    conditions.push(sql`(sender = ${agent} OR receiver = ${agent})`);
  }
  if (filter.text !== undefined && filter.text !== '') {
    conditions.push(sql`contains(lower(tx_id), lower(${filter.text}))`);
  }
  return join(conditions, ' AND ');
}

/** Ties keep the order of arrival; what is not there comes last, whatever the direction. */
function orderOf({ by, descending }: PaymentSort): Sql {
  const direction = trusted(descending ? 'DESC' : 'ASC');
  return sql`${columnOf(by)} ${direction} NULLS LAST, tx`;
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

/** Payments of a run that a filter leaves; undefined when the file knows no such run. */
export async function paymentCount(
  engine: Engine,
  scope: RunScope,
  filter: PaymentFilter,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return undefined;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(*) AS payments FROM ${run.table('payments')} WHERE ${conditionOf(run, filter)}`,
    { payments: int },
    signal,
  );
  return row?.payments;
}

/** A page of these payments, parts of split ones as rows of their own. */
export async function paymentPage(
  engine: Engine,
  scope: RunScope,
  filter: PaymentFilter,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly PaymentRow[]> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return [];
  const rows = await queryRows(
    engine,
    sql`SELECT * FROM ${paymentsOf(run)} WHERE ${conditionOf(run, filter)}
      ORDER BY ${orderOf(filter.sort ?? { by: 'arrival', descending: false })} LIMIT ${limit} OFFSET ${offset}`,
    paymentSpec,
    signal,
  );
  return rows.map((row) => paymentRow(run, row));
}
