import { eventTypesWhere } from '../../domain/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { join, sql, type Sql } from '../../lib/sql.ts';
import type { EventFilter } from '../../domain/answers/runs.ts';
import { eventsOfRun } from '../read/eventFields.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';

/** Events that list payments in their details (domain.md 7.6). */
const listing = eventTypesWhere(({ lists }) => lists === true);

/** The condition on the table `events`. */
export async function eventCondition(
  engine: Engine,
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
    conditions.push(
      sql`row_order IN (SELECT row_order FROM ${await rowsWithText(engine, run, filter.text)})`,
    );
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
  engine: Engine,
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

/** Texts whose rows are kept for a run. */
const keptTexts = 3;
const found = new WeakMap<PreparedRun, Map<string, Promise<Sql>>>();

/** For IN: rows whose type, ids or details contain a text, whatever the case. Pages of one search share one look. */
function rowsWithText(engine: Engine, run: PreparedRun, wanted: string): Promise<Sql> {
  const kept = found.get(run) ?? new Map<string, Promise<Sql>>();
  found.set(run, kept);
  const known = kept.get(wanted);
  if (known !== undefined) return known;
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - keptTexts))) {
    const dropped = kept.get(old);
    kept.delete(old);
    void dropped?.then((table) => engine.query(sql`DROP TABLE IF EXISTS ${table}`)).catch(() => undefined);
  }
  const looked = lookForText(engine, run, wanted);
  kept.set(wanted, looked);
  looked.catch(() => kept.delete(wanted));
  return looked;
}

let lastSearch = 0;

async function lookForText(engine: Engine, run: PreparedRun, wanted: string): Promise<Sql> {
  lastSearch += 1;
  const table = run.searchTable(lastSearch);
  const within = [sql`details`, sql`event_type`, sql`agent_id`, sql`tx_id`].map(
    (column) => sql`contains(lower(${column}), lower(${wanted}))`,
  );
  await engine.query(
    sql`CREATE TABLE ${table} AS SELECT row_order FROM ${eventsOfRun(run.scope)} AND (${join(within, ' OR ')})`,
  );
  return table;
}
