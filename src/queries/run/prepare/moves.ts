import { join, sql, trusted, type Sql } from '../../../lib/sql.ts';
import { integerIn, integersIn, textIn, textsIn } from '../../read/eventFields.ts';
import { wayNumber } from './settled.ts';
import { agentNumber, createTable, innerDetails, kindIn, withDetails, type RunTables } from './tables.ts';

/**
 * Money that went whole from one agent to another. A settled `scheduled_settlement` of the scenario is not listed:
 * it emits an RtgsImmediateSettlement as well (domain.md 7.4).
 */
export function createTransfers(run: RunTables): Sql {
  const agents = run.table('agents');
  const settlements = withDetails(run, 'RtgsImmediateSettlement', 'Queue2LiquidityRelease');
  const unknown = (key: 'sender' | 'receiver') =>
    sql`CASE WHEN p.${trusted(key)} IS NULL THEN ${textIn(key)} END`;
  const isTransfer = sql`${textIn('scenario_event_type')} = 'direct_transfer'`;
  return createTable(
    run,
    'transfers',
    sql`SELECT d.seq, d.tick, CASE WHEN ${kindIn(run, 'RtgsImmediateSettlement')} THEN ${wayNumber('immediate')}
          ELSE ${wayNumber('queue 2')} END AS how, coalesce(p.sender, s.no) AS sender,
        coalesce(p.receiver, r.no) AS receiver, ${integerIn('amount')} AS amount, d.tx, d.other_tx,
        ${integerIn('sender_balance_before')} AS recorded_before, TRUE AS settles
      FROM ${settlements} d LEFT JOIN ${run.table('arrivals')} p ON p.tx = d.tx
      LEFT JOIN ${agents} s ON s.key = ${unknown('sender')}
      LEFT JOIN ${agents} r ON r.key = ${unknown('receiver')}
    UNION ALL
      SELECT seq, tick, ${wayNumber('transfer')}, ${agentNumber(run, textIn('from_agent', innerDetails))},
        ${agentNumber(run, textIn('to_agent', innerDetails))}, ${integerIn('amount', innerDetails)}, NULL, NULL, NULL,
        FALSE
      FROM ${withDetails(run, 'ScenarioEventExecuted')} WHERE ${isTransfer}
    ORDER BY seq`,
  );
}

/** Members of a cycle with their net position; the first agent stands at the end of the list again. */
const cycleMembers = (run: RunTables): Sql => sql`(
  SELECT seq, tick, unnest(agents[1:members]) AS member, unnest(positions[1:members]) AS net
  FROM (SELECT seq, tick, agents, positions,
      CASE WHEN len(agents) > 1 AND agents[1] = agents[-1] THEN len(agents) - 1 ELSE len(agents) END AS members
    FROM (SELECT seq, tick, ${textsIn('agents')} AS agents, ${integersIn('net_positions')} AS positions
      FROM ${withDetails(run, 'LsmCycleSettlement')})))`;

/**
 * Every change of a balance, in the order of the events; a deferred credit stands where `DeferredCreditApplied`
 * does (the last of the tick, where they do not say whose they are). `recorded_before` is the balance that the event itself records before it.
 */
export function createMoves(run: RunTables): Sql {
  const transfers = run.table('transfers');
  const net = sql`(${integerIn('amount_b')} - ${integerIn('amount_a')})`;
  const offset = withDetails(run, 'LsmBilateralOffset');
  const amount = integerIn('amount');
  const after = integerIn('balance_after');
  const legs = [
    sql`SELECT seq, tick, sender AS agent, -amount AS cents, recorded_before, FALSE AS settles FROM ${transfers}`,
    sql`SELECT seq, tick, receiver, amount, NULL, settles FROM ${transfers}`,
    sql`SELECT seq, tick, ${agentNumber(run, textIn('agent_a'))}, ${net}, NULL, TRUE FROM ${offset}`,
    sql`SELECT seq, tick, ${agentNumber(run, textIn('agent_b'))}, -${net}, NULL, TRUE FROM ${offset}`,
    sql`SELECT seq, tick, ${agentNumber(run, sql`member`)}, net, NULL, TRUE FROM ${cycleMembers(run)}`,
    sql`SELECT seq, tick, agent, ${amount}, ${after} - ${amount}, FALSE
      FROM ${withDetails(run, 'LiquidityAllocation')}`,
    sql`SELECT seq, tick, agent, -${amount}, ${after} + ${amount}, FALSE
      FROM ${withDetails(run, 'LiquidityReturn')}`,
  ];
  return createTable(
    run,
    'moves',
    sql`WITH legs AS (${join(legs, ' UNION ALL ')}), credited AS (
        SELECT tick, agent, max(seq) AS credit_seq FROM ${run.table('events')}
        WHERE ${kindIn(run, 'DeferredCreditApplied')} AND agent IS NOT NULL GROUP BY ALL
      ), credited_unnamed AS (
        SELECT tick, max(seq) AS credit_seq FROM ${run.table('events')}
        WHERE ${kindIn(run, 'DeferredCreditApplied')} AND agent IS NULL GROUP BY tick
      )
      SELECT CASE WHEN cents > 0 AND settles THEN coalesce(credited.credit_seq, u.credit_seq, seq) ELSE seq END AS seq, legs.tick, legs.agent,
        cents, recorded_before
      FROM legs LEFT JOIN credited ON legs.tick = credited.tick AND legs.agent = credited.agent
      LEFT JOIN credited_unnamed u ON u.tick = legs.tick
      WHERE legs.agent IS NOT NULL AND cents IS NOT NULL`,
  );
}
