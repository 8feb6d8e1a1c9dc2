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

interface Move {
  readonly agent: Sql;
  readonly cents: Sql;
  readonly where: Sql;
  /** `moving_events` unless given. */
  readonly from?: Sql;
  /** The balance that the event records before it. */
  readonly before?: Sql;
  /** Whether a credit waits for the end of the tick where crediting is deferred. */
  readonly settles: boolean;
}

function selectMove({ agent, cents, where, from, before, settles }: Move): Sql {
  return sql`SELECT seq, tick, ${agent} AS agent, ${cents} AS cents, ${settles} AS settles,
    ${before ?? sql`NULL::BIGINT`} AS recorded_before
    FROM ${from ?? sql`moving_events`} WHERE ${where}`;
}

const is = (...types: readonly string[]) =>
  sql`event_type IN (${join(
    types.map((type) => sql`${type}`),
    ', ',
  )})`;

/** Members of a cycle with their net position; the first agent stands at the end of the list again. */
const cycleMembers = sql`(SELECT seq, tick, unnest(agents[1:members]) AS member, unnest(positions[1:members]) AS net
  FROM (SELECT seq, tick, agents, positions,
      CASE WHEN len(agents) > 1 AND agents[1] = agents[-1] THEN len(agents) - 1 ELSE len(agents) END AS members
    FROM (SELECT seq, tick, ${textsIn('agents')} AS agents, ${integersIn('net_positions')} AS positions
      FROM moving_events WHERE ${is('LsmCycleSettlement')})))`;

function allMoves(agentOf: (key: Sql) => Sql): Move[] {
  const settled = { where: is('RtgsImmediateSettlement', 'Queue2LiquidityRelease'), settles: true };
  const offset = { where: is('LsmBilateralOffset'), settles: true };
  const cycle = { where: sql`TRUE`, from: cycleMembers, settles: true };
  // JSON inside JSON: the quotes of the inner text are escaped.
  const inner = sql`replace(details, ${'\\"'}, '"')`;
  const isTransfer = sql`${textIn('scenario_event_type')} = 'direct_transfer'`;
  const transfer = { where: sql`${is('ScenarioEventExecuted')} AND ${isTransfer}`, settles: false };
  const amount = integerIn('amount');
  const net = sql`(${integerIn('amount_b')} - ${integerIn('amount_a')})`;
  const moved = integerIn('amount', inner);
  const before = integerIn('sender_balance_before');
  return [
    { ...settled, agent: agentOf(textIn('sender')), cents: sql`-${amount}`, before },
    { ...settled, agent: agentOf(textIn('receiver')), cents: amount },
    { ...offset, agent: agentOf(textIn('agent_a')), cents: net },
    { ...offset, agent: agentOf(textIn('agent_b')), cents: sql`-${net}` },
    { ...cycle, agent: agentOf(sql`member`), cents: sql`net` },
    { where: is('LiquidityAllocation'), settles: false, agent: sql`agent_id`, cents: amount },
    { where: is('LiquidityReturn'), settles: false, agent: sql`agent_id`, cents: sql`-${amount}` },
    { ...transfer, agent: agentOf(textIn('from_agent', inner)), cents: sql`-${moved}` },
    { ...transfer, agent: agentOf(textIn('to_agent', inner)), cents: moved },
  ];
}

/**
 * Every movement of money of a run as `moves (seq, tick, agent, cents, recorded_before)`, in the order of the
 * events; a deferred credit stands where `DeferredCreditApplied` does. A settled `scheduled_settlement` is not
 * listed: it emits an RtgsImmediateSettlement as well. An empty agent is an event that names none.
 */
export function movesOfRun(params: RunScope, agentOf: (key: Sql) => Sql): Sql {
  return sql`WITH moving_events AS (
      SELECT row_number() OVER (ORDER BY tick, event_timestamp, row_order) AS seq, tick, event_type, agent_id, details
      FROM ${eventsOfRun(params, moving)}
    ), credited AS (
      SELECT tick, agent_id AS agent, max(seq) AS credit_seq
      FROM moving_events WHERE event_type = 'DeferredCreditApplied' GROUP BY ALL
    ), booked AS (${join(allMoves(agentOf).map(selectMove), ' UNION ALL ')}),
    moves AS (
      SELECT CASE WHEN cents > 0 AND settles THEN coalesce(credit_seq, seq) ELSE seq END AS seq, booked.tick,
        booked.agent, cents, recorded_before
      FROM booked LEFT JOIN credited ON booked.tick = credited.tick AND booked.agent = credited.agent
    )`;
}
