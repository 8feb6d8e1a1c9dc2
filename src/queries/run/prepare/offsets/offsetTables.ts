import { offsetEvents, settlingEvents, eventsInto } from '../../../../domain/events.ts';
import type { OffsetOutcome, OffsettingReplay } from '../../../../domain/offsetting/replay.ts';
import type { StepWay } from '../../../../domain/offsetting/step.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { join, sql, type Sql } from '../../../../lib/sql.ts';
import { textsIn } from '../../../read/eventFields.ts';
import { ways, wayNumber, createTable, kindIn, withDetails, type RunTables, occurs } from '../tables.ts';

/** Rows of one INSERT. */
const batch = 2_000;

const wayOf: Readonly<Record<StepWay, (typeof ways)[number]>> = {
  'bilateral offset': 'bilateral offset',
  cycle: 'cycle',
  retry: 'inferred',
};

/** Payments that offsets and cycles settled, as their events say it: what our lab logs is settled. */
export function createLoggedOffsets(run: RunTables): Sql {
  const pairs = sql`SELECT seq, tick, kind, unnest(${textsIn('tx_ids')}) AS tx_id
    FROM ${withDetails(run, 'LsmBilateralOffset', 'LsmCycleSettlement')}`;
  return createTable(
    run,
    'offsets',
    sql`SELECT o.seq, o.tick, FALSE AS later, a.tx, CASE WHEN ${kindIn(run, 'LsmBilateralOffset')}
        THEN ${wayNumber('bilateral offset')} ELSE ${wayNumber('cycle')} END AS how
      FROM (${pairs}) o JOIN ${run.table('arrivals')} a USING (tx_id)`,
  );
}

const emptyOffsets = sql`SELECT 0 AS seq, 0 AS tick, FALSE AS later, 0 AS tx, 0::UTINYINT AS how WHERE FALSE`;
const emptyOutcomes = sql`SELECT 0 AS seq, '' AS outcome, 0 AS settled, '' AS why, 0::SMALLINT AS bank,
  0::SMALLINT AS counterparty, 0::BIGINT AS needed, 0::BIGINT AS short, 0::BIGINT AS paid WHERE FALSE`;

/** Tables `offsets` and `outcomes` out of the played steps; both empty where none was played. */
export async function fillOffsets(
  engine: Engine,
  run: RunTables,
  replay: OffsettingReplay | undefined,
): Promise<void> {
  await engine.query(createTable(run, 'offsets', emptyOffsets));
  await engine.query(createTable(run, 'outcomes', emptyOutcomes));
  const settlements = (replay?.settlements ?? []).map(
    ({ seq, tick, tx, way }) => sql`(${seq}, ${tick}, TRUE, ${tx}, ${ways.indexOf(wayOf[way])})`,
  );
  await insert(engine, run.table('offsets'), settlements);
  await insert(engine, run.table('outcomes'), (replay?.outcomes ?? []).map(outcomeRow));
}

async function insert(engine: Engine, table: Sql, rows: readonly Sql[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    await engine.query(sql`INSERT INTO ${table} VALUES ${join(rows.slice(from, from + batch), ', ')}`);
  }
}

function outcomeRow({ seq, kind, refusal, settledPayments }: OffsetOutcome): Sql {
  const money = (value: bigint) => sql`${value}::BIGINT`;
  const reason =
    refusal === undefined
      ? [null, null, null, null, null, null]
      : refusal.why === 'short'
        ? [refusal.why, refusal.bank, null, money(refusal.needed), money(refusal.short), null]
        : [
            refusal.why,
            refusal.bank,
            refusal.counterparty ?? null,
            money(refusal.amount),
            money(refusal.limit),
            money(refusal.paid),
          ];
  return sql`(${join(
    [seq, kind, settledPayments, ...reason].map((value) => sql`${value}`),
    ', ',
  )})`;
}

/** Payments that an offset or a cycle names, a row for each. */
const named = (run: RunTables): Sql => sql`(SELECT o.seq, o.tick, o.kind, a.tx
  FROM (SELECT seq, tick, kind, unnest(list_concat(${textsIn('tx_ids')},
      [${idIn('incoming_tx_id')}, ${idIn('queued_tx_id')}])) AS tx_id
    FROM ${withDetails(run, ...offsetEvents)}) o JOIN ${run.table('arrivals')} a USING (tx_id))`;

const idIn = (key: string): Sql => sql`regexp_extract(details, ${`"${key}":\\s*"([^"]*)"`}, 1)`;

/**
 * Fills `offsets` and `outcomes` from deferred credits, each of which names the payments that settled in its tick, so that
 * no step need be played (domain.md 7.7): a payment that a credit names and that has no settlement of its own was
 * settled by the last offset or cycle of the tick that names it.
 */
export async function fillCreditedOffsets(engine: Engine, run: RunTables): Promise<void> {
  const events = run.table('events');
  const own = sql`SELECT tx FROM ${events} WHERE tx IS NOT NULL
    AND ${kindIn(run, ...settlingEvents)}`;
  const credits = sql`SELECT DISTINCT c.tick, a.tx
    FROM (SELECT tick, unnest(${textsIn('source_transactions')}) AS tx_id
      FROM ${withDetails(run, 'DeferredCreditApplied')}) c
    JOIN ${run.table('arrivals')} a USING (tx_id) WHERE a.tx NOT IN (${own})`;
  await engine.query(
    createTable(
      run,
      'offsets',
      sql`SELECT max(n.seq) AS seq, c.tick, TRUE AS later, c.tx, CASE WHEN bool_or(${kindIn(run, 'LsmCycleSettlement')})
          THEN ${wayNumber('cycle')} ELSE ${wayNumber('bilateral offset')} END AS how
        FROM (${credits}) c JOIN ${named(run)} n USING (tick, tx) GROUP BY c.tick, c.tx`,
    ),
  );
  const noReason = sql`NULL AS why, NULL::SMALLINT AS bank, NULL::SMALLINT AS counterparty, NULL::BIGINT AS needed,
    NULL::BIGINT AS short, NULL::BIGINT AS paid`;
  await engine.query(
    createTable(
      run,
      'outcomes',
      sql`SELECT n.seq, CASE count(o.tx) WHEN 0 THEN 'refused' WHEN count(*) THEN 'settled'
          ELSE 'settled in a later pass, another set of payments' END AS outcome, count(o.tx)::INTEGER AS settled, ${noReason}
        FROM ${named(run)} n LEFT JOIN ${run.table('offsets')} o USING (tick, tx) GROUP BY n.seq`,
    ),
  );
}

/**
 * Table `disputed`, where the offsetting step cannot be played: payments that were submitted and are not known to have
 * left Queue 2. Each may have settled by an offset, or without an event
 * after one, but not before the last event that shows it waiting: in a tick an overdue mark comes after the step,
 * everything else before it.
 */
export function createDisputed(run: RunTables): Sql {
  const queue2 = eventsInto('queue 2', run.isLab);
  const others = [...eventsInto('queue 1', run.isLab), ...eventsInto('neither', run.isLab)];
  const events = run.table('events');
  // Only a payment that is offset as it enters may never have been queued.
  const waiting = [...queue2, ...(occurs(run, 'EntryDispositionOffset') ? ['PolicySubmit'] : [])];
  const last = sql`SELECT tx, arg_max(${kindIn(run, ...waiting)}, seq) AS waits FROM ${events}
    WHERE tx IS NOT NULL AND ${kindIn(run, ...queue2, ...others)} GROUP BY tx`;
  const named = sql`SELECT a.tx, o.tick
    FROM (SELECT tick, unnest(${textsIn('tx_ids')}) AS tx_id
      FROM ${withDetails(run, 'LsmBilateralOffset', 'LsmCycleSettlement')}) o
    JOIN ${run.table('arrivals')} a USING (tx_id)`;
  const shown = sql`SELECT tx, max(tick) AS tick FROM (
      SELECT tx, tick + (${kindIn(run, 'TransactionWentOverdue')})::INTEGER AS tick FROM ${events} WHERE tx IS NOT NULL
      UNION ALL ${named}) GROUP BY tx`;
  return createTable(
    run,
    'disputed',
    sql`SELECT a.tx, a.sender, a.receiver, a.amount, shown.tick AS from_tick
      FROM (${last}) l JOIN (${shown}) shown USING (tx) JOIN ${run.table('arrivals')} a USING (tx)
      WHERE waits AND a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL`,
  );
}

/** The same with no row, where the step was played. */
export function noDisputed(run: RunTables): Sql {
  return createTable(
    run,
    'disputed',
    sql`SELECT 0 AS tx, 0::SMALLINT AS sender, 0::SMALLINT AS receiver, 0::BIGINT AS amount, 0 AS from_tick WHERE FALSE`,
  );
}

/**
 * Table `bounds`, out of `states` in which no disputed payment settled. A balance lies between what it is if all that
 * the bank owes settle and nothing owed to it does, and the other way round, counted from its start where the
 * configuration tells it, from the recorded balance before and from the one after; the three are narrowed to what they
 * have in common. Where they have nothing in common the recorded balance before is believed.
 */
export function createBounds(run: RunTables, areQueuesRecorded: boolean): Sql {
  // What a file stores of the queues is so.
  const [payments, owed] = areQueuesRecorded ? [sql`0`, sql`0`] : [sql`payments`, sql`owed`];
  const moves = sql`SELECT m.agent, seq, tick, recorded_before - (start + sum(cents) OVER w - cents) AS delta
    FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
    WINDOW w AS (PARTITION BY m.agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING)`;
  const perhaps = sql`SELECT from_tick AS tick, agent, sum(owed) AS owed, sum(due) AS due, sum(payments) AS payments
    FROM (SELECT from_tick, sender AS agent, amount AS owed, 0 AS due, 1 AS payments FROM ${run.table('disputed')}
      UNION ALL SELECT from_tick, receiver, 0, amount, 0 FROM ${run.table('disputed')}) GROUP BY ALL`;
  return createTable(
    run,
    'bounds',
    sql`WITH anchors AS (
        SELECT agent, tick, arg_min(delta, seq) AS first_delta, arg_max(delta, seq) AS last_delta
        FROM (${moves}) WHERE delta IS NOT NULL GROUP BY agent, tick
      ), running AS (
        SELECT s.tick, s.agent, s.balance, s.payments2, s.value2, starts.is_stated, first_delta,
          sum(coalesce(owed, 0)) OVER w AS owed, sum(coalesce(due, 0)) OVER w AS due,
          sum(coalesce(p.payments, 0)) OVER w AS payments, last_value(last_delta IGNORE NULLS) OVER w AS before
        FROM ${run.table('states')} s JOIN ${run.table('starts')} starts USING (agent)
        LEFT JOIN (${perhaps}) p ON p.tick = s.tick AND p.agent = s.agent
        LEFT JOIN anchors ON anchors.tick = s.tick AND anchors.agent = s.agent
        WINDOW w AS (PARTITION BY s.agent ORDER BY s.tick ROWS UNBOUNDED PRECEDING)
      ), next AS (
        SELECT *, first_value(CASE WHEN first_delta IS NOT NULL
            THEN {'low': first_delta - due, 'high': first_delta + owed} END IGNORE NULLS)
          OVER (PARTITION BY agent ORDER BY tick ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS after
        FROM running
      ), common AS (
        SELECT *, greatest(CASE WHEN is_stated THEN balance - owed END, balance + before - owed, balance + after.low) AS low,
          least(CASE WHEN is_stated THEN balance + due END, balance + before + due, balance + after.high) AS high
        FROM next
      ), chosen AS (
        SELECT tick, agent, payments2 - ${payments} AS payments2_low, payments2 AS payments2_high, value2 - ${owed} AS value2_low,
          value2 AS value2_high, CASE WHEN low <= high THEN low ELSE coalesce(balance + before - owed, balance + after.low) END AS low,
          CASE WHEN low <= high THEN high ELSE coalesce(balance + before + due, balance + after.high) END AS high
        FROM common
      )
      SELECT tick, agent, low::BIGINT AS balance_low, high::BIGINT AS balance_high, payments2_low::BIGINT AS payments2_low,
        payments2_high, value2_low::BIGINT AS value2_low, value2_high,
        (min(low) OVER w)::BIGINT AS lowest_low, (min(high) OVER w)::BIGINT AS lowest_high
      FROM chosen WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING)`,
  );
}

/** `states` again: what is known within bounds only has no value of its own. */
export function withoutDisputed(run: RunTables): Sql {
  return createTable(
    run,
    'states',
    sql`SELECT s.* REPLACE (
        CASE WHEN balance_low = balance_high THEN balance_low END AS balance,
        CASE WHEN lowest_low = lowest_high THEN lowest_low END AS lowest,
        CASE WHEN payments2_low = payments2_high THEN payments2 END AS payments2,
        CASE WHEN payments2_low = payments2_high THEN value2 END AS value2)
      FROM ${run.table('states')} s JOIN ${run.table('bounds')} b USING (tick, agent) ORDER BY tick, agent`,
  );
}
