import { join, sql, type Sql } from '../../lib/sql.ts';
import type { RunScope } from '../scope.ts';
import { eventsOfRun, integerIn, integersIn, textIn, textsIn } from './eventFields.ts';

/** Events that move money (domain.md 7.4), and the one that says when a credit became usable. */
const moving = [
  'RtgsImmediateSettlement',
  'Queue2LiquidityRelease',
  'LsmBilateralOffset',
  'LsmCycleSettlement',
  'LiquidityAllocation',
  'LiquidityReturn',
  'ScenarioEventExecuted',
  'DeferredCreditApplied',
];

/** A move of one agent: who, how much, and the balance that the event records before it, if any. */
function move(agent: Sql, amount: Sql, from: Sql, where: Sql, before: Sql = sql`NULL::BIGINT`): Sql {
  return sql`SELECT seq, tick, ${agent} AS agent, ${amount} AS cents, ${before} AS recorded_before
    FROM ${from} WHERE ${where}`;
}

/**
 * Every movement of money of a run as `(seq, tick, agent, cents, recorded_before)`, in the order of the events.
 * A settled `scheduled_settlement` is not listed: it emits an RtgsImmediateSettlement as well. The agents of a
 * cycle repeat the first one at the end. Details inside `ScenarioEventExecuted` are JSON inside JSON.
 */
export function movesOfRun(params: RunScope, agentOf: (key: Sql) => Sql): Sql {
  const ev = sql`moving_events`;
  const is = (...types: readonly string[]) =>
    sql`event_type IN (${join(
      types.map((type) => sql`${type}`),
      ', ',
    )})`;
  const settled = is('RtgsImmediateSettlement', 'Queue2LiquidityRelease');
  const amount = integerIn('amount');
  const net = sql`${integerIn('amount_b')} - ${integerIn('amount_a')}`;
  const offset = is('LsmBilateralOffset');
  const inner = sql`replace(details, ${'\\"'}, '"')`;
  const transfer = sql`${is('ScenarioEventExecuted')} AND ${textIn('scenario_event_type')} = 'direct_transfer'`;
  const transferred = integerIn('amount', inner);
  const cycle = sql`(SELECT seq, tick, unnest(agents[1:members]) AS member, unnest(positions[1:members]) AS net
    FROM (SELECT seq, tick, agents, positions,
        CASE WHEN len(agents) > 1 AND agents[1] = agents[-1] THEN len(agents) - 1 ELSE len(agents) END AS members
      FROM (SELECT seq, tick, ${textsIn('agents')} AS agents, ${integersIn('net_positions')} AS positions
        FROM ${ev} WHERE ${is('LsmCycleSettlement')})))`;
  const moves = [
    move(agentOf(textIn('sender')), sql`-${amount}`, ev, settled, integerIn('sender_balance_before')),
    move(agentOf(textIn('receiver')), amount, ev, settled),
    move(agentOf(textIn('agent_a')), net, ev, offset),
    move(agentOf(textIn('agent_b')), sql`-(${net})`, ev, offset),
    move(agentOf(sql`member`), sql`net`, cycle, sql`TRUE`),
    move(sql`agent_id`, amount, ev, is('LiquidityAllocation')),
    move(sql`agent_id`, sql`-${amount}`, ev, is('LiquidityReturn')),
    move(agentOf(textIn('from_agent', inner)), sql`-${transferred}`, ev, transfer),
    move(agentOf(textIn('to_agent', inner)), transferred, ev, transfer),
  ];
  return sql`WITH moving_events AS (
      SELECT row_number() OVER (ORDER BY tick, event_timestamp, row_order) AS seq, tick, event_type, agent_id, details
      FROM ${eventsOfRun(params, moving)}
    ), credited AS (
      SELECT tick, agent_id AS agent, max(seq) AS credit_seq
      FROM moving_events WHERE event_type = 'DeferredCreditApplied' GROUP BY ALL
    ), booked AS (${join(moves, ' UNION ALL ')}),
    moves AS (
      SELECT CASE WHEN cents > 0 THEN coalesce(credit_seq, seq) ELSE seq END AS seq, booked.tick,
        booked.agent, cents, recorded_before
      FROM booked LEFT JOIN credited ON booked.tick = credited.tick AND booked.agent = credited.agent
    )`;
}
