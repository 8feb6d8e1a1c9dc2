import type { EventOutcome, EventRow, EventFilter } from '../../domain/answers/runs.ts';
import { isOffset, eventTypesWhere } from '../../domain/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { sql, type Sql, ident, join } from '../../lib/sql.ts';
import type { MadeTables, QueryEngine } from '../query.ts';
import { eventsOfRun, centsField, objectOf, textField } from '../read/eventFields.ts';
import type { RunScope } from '../scope.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';

const placeSpec = {
  seq: int,
  tick: int,
  kind: int,
  agent: nullable(int),
  rowOrder: int,
  txId: nullable(text),
  sender: nullable(int),
  receiver: nullable(int),
  amount: nullable(money),
};
type Place = RowOf<typeof placeSpec>;

/** The events that `selected` picks from the table `events` (`SELECT * ...`), with their details, in true order. */
export async function readEventRows(
  engine: Engine,
  run: PreparedRun,
  selected: Sql,
  signal: AbortSignal | undefined,
): Promise<readonly EventRow[]> {
  const places = await queryRows(
    engine,
    sql`SELECT seq, e.tick, kind, agent, row_order, coalesce(a.tx_id, other_tx) AS tx_id, a.sender, a.receiver, a.amount
      FROM (${selected}) e LEFT JOIN ${run.table('arrivals')} a USING (tx) ORDER BY seq`,
    placeSpec,
    signal,
  );
  const details = await readDetails(engine, run, places, signal);
  const outcomes = await readOutcomes(engine, run, places, signal);
  return places.map((place) =>
    eventRow(run, place, details.get(place.rowOrder) ?? '', outcomes.get(place.seq)),
  );
}

/** Bounds on tick and row let the engine skip what lies outside; ids as one text plan faster than a list. */
async function readDetails(
  engine: Engine,
  run: PreparedRun,
  places: readonly Place[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, string>> {
  if (places.length === 0) return new Map();
  const bounds = (values: readonly number[]) =>
    sql`BETWEEN ${Math.min(...values)} AND ${Math.max(...values)}`;
  const rows = places.map(({ rowOrder }) => rowOrder);
  const found = await queryRows(
    engine,
    sql`SELECT row_order, details FROM ${eventsOfRun(run.scope)}
      AND tick ${bounds(places.map(({ tick }) => tick))} AND row_order ${bounds(rows)}
      AND row_order IN (SELECT TRY_CAST(unnest(string_split(${rows.join(',')}, ',')) AS BIGINT))`,
    { rowOrder: int, details: nullable(text) },
    signal,
  );
  return new Map(found.map(({ rowOrder, details }) => [rowOrder, details ?? '']));
}

function eventRow(
  run: PreparedRun,
  place: Place,
  details: string,
  outcome: EventOutcome | undefined,
): EventRow {
  const readable = objectOf(details);
  const fields = readable ?? {};
  const inner = objectOf(textField(fields.details_json)) ?? {};
  const agentOf = (number: number | undefined) => (number === undefined ? undefined : run.agents[number]);
  return {
    seq: place.seq,
    tick: place.tick,
    eventType: run.kinds[place.kind] ?? '',
    agentId: agentOf(place.agent),
    txId: place.txId,
    details,
    from: named(fields, inner, ['sender', 'sender_id', 'agent_a', 'from_agent']) ?? agentOf(place.sender),
    to: named(fields, inner, ['receiver', 'receiver_id', 'agent_b', 'to_agent']) ?? agentOf(place.receiver),
    amountCents:
      amountIn(fields, ['amount', 'total_value', 'offset_amount']) ??
      amountIn(inner, ['amount']) ??
      // A payment's amount stands in for one that the event does not name, not for one that cannot be read.
      (readable === undefined || fields.amount !== undefined ? undefined : place.amount),
    outcome,
  };
}

function named(fields: JsonObject, inner: JsonObject, keys: readonly string[]): AgentId | undefined {
  for (const key of keys) {
    const name = textField(fields[key]) ?? textField(inner[key]);
    if (name !== undefined) return agentId(name);
  }
  return undefined;
}

function amountIn(fields: Readonly<Record<string, Json>>, keys: readonly string[]) {
  for (const key of keys) {
    const amount = centsField(fields[key]);
    if (amount !== undefined) return amount;
  }
  return isJsonObject(fields.costs) ? centsField(fields.costs.total) : undefined;
}

const spec = {
  seq: int,
  outcome: text,
  settled: int,
  why: nullable(text),
  bank: nullable(int),
  counterparty: nullable(int),
  needed: nullable(money),
  short: nullable(money),
  paid: nullable(money),
};

const kinds = [
  'settled',
  'settled in a later pass',
  'settled in a later pass, another set of payments',
  'refused',
] as const;

/** What became of the offsets and cycles among some events, by `seq`; none where the step was not played. */
async function readOutcomes(
  engine: Engine,
  run: PreparedRun,
  events: readonly { readonly seq: number; readonly kind: number }[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, EventOutcome>> {
  const offsets = events.filter(({ kind }) => isOffset(run.kinds[kind] ?? ''));
  const isKnown = run.offsets.kind === 'played' || run.offsets.kind === 'credited';
  if (offsets.length === 0 || !isKnown) return new Map();
  const seqs = offsets.map(({ seq }) => seq).join(',');
  const rows = await queryRows(
    engine,
    sql`SELECT * FROM ${run.table('outcomes')}
      WHERE seq IN (SELECT TRY_CAST(unnest(string_split(${seqs}, ',')) AS INTEGER))`,
    spec,
    signal,
  );
  return new Map(
    rows.flatMap((row) => {
      const kind = kinds.find((each) => each === row.outcome);
      if (kind === undefined) return [];
      return [[row.seq, { kind, settledPayments: row.settled, refusal: refusalOf(run, row) }] as const];
    }),
  );
}

function refusalOf(run: PreparedRun, row: RowOf<typeof spec>): EventOutcome['refusal'] {
  const { why, needed, short, paid } = row;
  const nameOf = (number: number | undefined) => (number === undefined ? undefined : run.agents[number]);
  const bank = nameOf(row.bank);
  if (bank === undefined || needed === undefined || short === undefined) return undefined;
  if (why === 'short') return { why, bank, neededCents: needed, shortCents: short };
  if ((why !== 'bilateral limit' && why !== 'multilateral limit') || paid === undefined) return undefined;
  const counterparty = nameOf(row.counterparty);
  return { why, bank, counterparty, amountCents: needed, limitCents: short, paidCents: paid };
}

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
