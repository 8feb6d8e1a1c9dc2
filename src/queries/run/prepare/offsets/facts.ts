import { eventTypesWhere, offsetEvents } from '../../../../domain/events.ts';
import { factKinds, type Fact, type FactKind } from '../../../../domain/offsetting/replay.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { bigInt, int, nullable, queryRows } from '../../../../engine/rows.ts';
import { join, sql, type Sql } from '../../../../lib/sql.ts';
import { integerIn, textIn, textsIn } from '../../../read/eventFields.ts';
import { wayNumber } from '../settled.ts';
import { agentNumber, createTable, kindIn, withDetails, type RunTables } from '../tables.ts';

const endOfTick = eventTypesWhere(({ afterOffsetting }) => afterOffsetting === true);

const kindNumber = (kind: FactKind): Sql => sql`${factKinds.indexOf(kind)}::UTINYINT`;
const none = sql`NULL::BIGINT`;

/**
 * Table `facts`: what moves money, queues, collateral and caps, and where in each tick the offsetting step is, in
 * the order of the events.
 */
export function createFacts(run: RunTables): Sql {
  const events = run.table('events');
  const place = sql`SELECT tick, min(seq) FILTER (${kindIn(run, ...offsetEvents)}) AS first_offset,
      max(seq) FILTER (NOT ${kindIn(run, ...endOfTick)}) AS last_early, min(seq) AS first
    FROM ${events} GROUP BY tick`;
  const ofPayment = (kind: FactKind, type: string) => sql`SELECT e.seq, e.tick, 0 AS later,
      ${kindNumber(kind)} AS what, e.tx, a.sender AS bank, a.receiver AS counterparty, a.amount, ${none} AS second
    FROM ${events} e JOIN ${run.table('arrivals')} a USING (tx) WHERE ${kindIn(run, type)}`;
  const pair = (
    kind: FactKind,
    type: string,
    a: string,
    b: string,
  ) => sql`SELECT seq, tick, 1, ${kindNumber(kind)}, NULL,
      ${agentNumber(run, textIn('agent_a'))}, ${agentNumber(run, textIn('agent_b'))}, ${integerIn(a)},
      ${integerIn(b)} FROM ${withDetails(run, type)}`;
  const parts = [
    ofPayment('queued', 'QueuedRtgs'),
    ofPayment('withdrawn', 'RtgsWithdrawal'),
    sql`SELECT seq, tick, 0, CASE WHEN how = ${wayNumber('transfer')} OR tx IS NULL THEN ${kindNumber('transfer')}
        ELSE ${kindNumber('settled')} END, tx, sender, receiver, amount, recorded_before
      FROM ${run.table('transfers')}`,
    sql`SELECT m.seq, m.tick, 0, ${kindNumber('pool')}, NULL, m.agent, NULL, m.cents, m.recorded_before
      FROM ${run.table('moves')} m JOIN ${events} e USING (seq)
      WHERE ${kindIn(run, 'LiquidityAllocation', 'LiquidityReturn')}`,
    sql`SELECT seq, tick, 0, ${kindNumber('posted')}, NULL, agent, NULL, new_total, ${none}
      FROM ${run.table('pledges')} WHERE new_total IS NOT NULL`,
    sql`SELECT seq, tick, 0, ${kindNumber('cap')}, NULL, agent, NULL, delta, ${none}
      FROM ${run.table('caps')}`,
    sql`SELECT seq, tick, 0, ${kindNumber('credited')}, NULL, agent, NULL, ${none}, ${none}
      FROM ${events} WHERE ${kindIn(run, 'DeferredCreditApplied')}`,
    pair('pair', 'LsmBilateralOffset', 'amount_a', 'amount_b'),
    pair('pair at entry', 'EntryDispositionOffset', 'incoming_amount', 'queued_amount'),
    sql`SELECT seq, tick, 1, ${kindNumber('cycle')}, NULL, ${agentNumber(run, sql`agents[1]`)}, NULL, total, ${none}
      FROM (SELECT seq, tick, ${textsIn('agents')} AS agents, ${integerIn('total_value')} AS total
        FROM ${withDetails(run, 'LsmCycleSettlement')})`,
    sql`SELECT coalesce(first_offset, last_early, first), tick,
        CASE WHEN first_offset IS NOT NULL THEN 0 WHEN last_early IS NOT NULL THEN 2 ELSE -1 END,
        ${kindNumber('step')}, NULL, NULL, NULL, ${none}, ${none} FROM (${place})`,
  ];
  return createTable(
    run,
    'facts',
    sql`SELECT (row_number() OVER (ORDER BY seq, later) - 1)::INTEGER AS no, * EXCLUDE (later)
      FROM (${join(parts, ' UNION ALL ')}) ORDER BY no`,
  );
}

const spec = {
  seq: int,
  tick: int,
  what: int,
  tx: nullable(int),
  bank: nullable(int),
  counterparty: nullable(int),
  amount: nullable(bigInt),
  second: nullable(bigInt),
};

/** Facts held at a time. */
const block = 20_000;

/** Facts in their order, block by block, so that a long run is never in memory whole. */
export async function* readFacts(engine: Engine, run: RunTables): AsyncGenerator<readonly Fact[]> {
  for (let from = 0; ; from += block) {
    const rows = await queryRows(
      engine,
      sql`SELECT seq, tick, what, tx, bank, counterparty, amount, second FROM ${run.table('facts')}
        WHERE no >= ${from} AND no < ${from + block} ORDER BY no`,
      spec,
    );
    yield rows.flatMap(({ what, ...fact }) => {
      const kind = factKinds[what];
      return kind === undefined ? [] : [{ ...fact, what: kind }];
    });
    if (rows.length < block) return;
  }
}
