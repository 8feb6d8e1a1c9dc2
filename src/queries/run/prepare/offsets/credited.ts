/** Deferred crediting: each credit names the payments that settled in its tick, so no step need be played (domain.md 7.7). */
import { offsetEvents, settlingEvents } from '../../../../domain/events.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { sql, type Sql } from '../../../../lib/sql.ts';
import { textsIn } from '../../../read/eventFields.ts';
import { wayNumber } from '../settled.ts';
import { createTable, kindIn, withDetails, type RunTables } from '../tables.ts';

/** Payments that an offset or a cycle names, a row for each. */
const named = (run: RunTables): Sql => sql`(SELECT o.seq, o.tick, o.kind, a.tx
  FROM (SELECT seq, tick, kind, unnest(list_concat(${textsIn('tx_ids')},
      [${idIn('incoming_tx_id')}, ${idIn('queued_tx_id')}])) AS tx_id
    FROM ${withDetails(run, ...offsetEvents)}) o JOIN ${run.table('arrivals')} a USING (tx_id))`;

const idIn = (key: string): Sql => sql`regexp_extract(details, ${`"${key}":\\s*"([^"]*)"`}, 1)`;

/**
 * Fills `offsets` and `outcomes` from credits: a payment that a credit names and that has no settlement of its own was
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
