import { eventTypesWhere } from '../../domain/events.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import type { EventFilter } from '../../domain/answers/runs.ts';
import type { MadeTables, QueryEngine } from '../query.ts';
import { eventsOfRun } from '../read/eventFields.ts';
import type { RunScope } from '../scope.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';

/** Events that list payments in their details (domain.md 7.6). */
const listing = eventTypesWhere(({ lists }) => lists === true);

/** The condition on the table `events`. */
export async function eventCondition(
  engine: QueryEngine,
  run: PreparedRun,
  filter: EventFilter,
  signal: AbortSignal | undefined,
): Promise<Sql> {
  const conditions = [sql`TRUE`];
  if (filter.types !== undefined) conditions.push(kindIn(run, ...filter.types));
  if (filter.fromTick !== undefined) conditions.push(sql`tick >= ${filter.fromTick}`);
  if (filter.toTick !== undefined) conditions.push(sql`tick <= ${filter.toTick}`);
  if (filter.agentId !== undefined) conditions.push(ofAgent(run, run.agents.indexOf(filter.agentId)));
  if (filter.txId !== undefined) conditions.push(await ofPayment(engine, run, filter.txId, signal));
  if (filter.text !== undefined && filter.text !== '') {
    const { fileId, simulationId } = run.scope;
    const found = await engine.made(searches, { fileId, simulationId, wanted: filter.text });
    conditions.push(sql`row_order IN (SELECT row_order FROM ${found})`);
  }
  return sql`(${join(conditions, ' AND ')})`;
}

/** The wide rule: sender, both sides of a settlement, members of an offset (domain.md 7.6). */
function ofAgent(run: PreparedRun, agent: number): Sql {
  if (agent < 0) return sql`FALSE`;
  return sql`(agent = ${agent} OR sender = ${agent} OR receiver = ${agent}
    OR seq IN (SELECT seq FROM ${run.table('members')} WHERE agent = ${agent}))`;
}

/** By column, or as one of the payments that an event lists. */
async function ofPayment(
  engine: QueryEngine,
  run: PreparedRun,
  txId: string,
  signal: AbortSignal | undefined,
): Promise<Sql> {
  const [payment] = await queryRows(
    engine,
    sql`SELECT tx FROM ${run.table('arrivals')} WHERE tx_id = ${txId}`,
    { tx: int },
    signal,
  );
  const own = payment === undefined ? sql`other_tx = ${txId}` : sql`tx = ${payment.tx}`;
  const quoted = sql`contains(details, ${`"${txId}"`})`;
  const listed = sql`SELECT row_order FROM ${eventsOfRun(run.scope, listing)}
    AND (${quoted} OR contains(details, ${`"${txId}\\"`}))`;
  return sql`(${own} OR (${kindIn(run, ...listing)} AND row_order IN (${listed})))`;
}

/** A text that is looked for in the events of a run. */
type Search = RunScope & { readonly wanted: string };

const tableOf = (number: number): Sql => sql`memory.main.${ident(`found${number}`)}`;

/** Rows whose type, ids or details contain a text, whatever the case. Pages of one search share one look. */
const searches: MadeTables<Search, Sql> = {
  name: 'searches',
  most: 6,
  async make(engine, { wanted, ...scope }, number) {
    const within = [sql`details`, sql`event_type`, sql`agent_id`, sql`tx_id`].map(
      (column) => sql`contains(lower(${column}), lower(${wanted}))`,
    );
    await engine.query(
      sql`CREATE TABLE ${tableOf(number)} AS SELECT row_order FROM ${eventsOfRun(scope)} AND (${join(within, ' OR ')})`,
    );
    return tableOf(number);
  },
  async drop(engine, number) {
    await engine.query(sql`DROP TABLE IF EXISTS ${tableOf(number)}`);
  },
};
