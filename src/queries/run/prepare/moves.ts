import { allocatingEvents, returningEvents, settlingEvents } from '../../../domain/events.ts';
import { join, sql, trusted, type Sql, ident } from '../../../lib/sql.ts';
import {
  integerIn,
  integersIn,
  isNoInteger,
  isNoObject,
  leadingFields,
  textIn,
  textsIn,
} from '../../read/eventFields.ts';
import { lostFrom } from './lost.ts';
import { postedByTick } from './pledges.ts';
import {
  settledHow,
  wayNumber,
  agentNumber,
  createTable,
  innerDetails,
  kindIn,
  occurs,
  withDetails,
  withTaken,
  type RunTables,
  costColumns,
} from './tables.ts';

/** SELECT of what settlements of `stored`, given for FROM, tell: amount, parties, and the balance that they record. */
export function readSettlements(stored: Sql, kept = sql`row_order`): Sql {
  const { read, integer, text } = leadingFields({
    keys: { sender: 'text', receiver: 'text', amount: 'integer' },
    perhaps: 'sender_balance_before',
  });
  return sql`SELECT ${kept}, moved, recorded_before, sender_name, receiver_name,
      ${isNoObject()} AS no_object, ${isNoInteger('sender_balance_before', sql`recorded_before`)} AS record_unreadable
    FROM (SELECT *, ${integer('amount')} AS moved,
        ${integer('sender_balance_before')} AS recorded_before, ${text('sender')} AS sender_name,
        ${text('receiver')} AS receiver_name
      FROM (SELECT *, ${read} FROM ${stored}))`;
}

/**
 * Money that went whole from one agent to another. A settled `scheduled_settlement` of the scenario is not listed:
 * it emits an RtgsImmediateSettlement as well (domain.md 7.4).
 */
export function createTransfers(run: RunTables): Sql {
  const agents = run.table('agents');
  const unknown = (key: 'sender' | 'receiver') =>
    sql`CASE WHEN p.${trusted(key)} IS NULL THEN d.${trusted(`${key}_name`)} END`;
  // A settlement that the scenario of the original schedules is credited at once, whatever is deferred.
  const settles = run.isLab
    ? sql`TRUE`
    : sql`NOT starts_with(coalesce(d.other_tx, ''), 'scheduled_settlement_')`;
  const isTransfer = sql`${textIn('scenario_event_type')} = 'direct_transfer'`;
  const direct = occurs(run, 'ScenarioEventExecuted')
    ? sql`UNION ALL
      SELECT seq, tick, ${wayNumber('transfer')}, ${agentNumber(run, textIn('from_agent', innerDetails))},
        ${agentNumber(run, textIn('to_agent', innerDetails))}, ${integerIn('amount', innerDetails)}, NULL, NULL, NULL,
        FALSE, FALSE, FALSE
      FROM ${withDetails(run, 'ScenarioEventExecuted')} WHERE ${isTransfer}`
    : sql``;
  return createTable(
    run,
    'transfers',
    sql`SELECT d.seq, d.tick, ${settledHow(run)} AS how, coalesce(p.sender, s.no) AS sender,
        coalesce(p.receiver, r.no) AS receiver, moved AS amount, d.tx, d.other_tx, recorded_before, ${settles} AS settles,
        no_object OR moved IS NULL OR coalesce(p.sender, s.no) IS NULL OR coalesce(p.receiver, r.no) IS NULL
          AS unreadable, record_unreadable
      FROM ${withTaken(run, readSettlements, ...settlingEvents)} d LEFT JOIN ${run.table('arrivals')} p ON p.tx = d.tx
      LEFT JOIN ${agents} s ON s.key = ${unknown('sender')}
      LEFT JOIN ${agents} r ON r.key = ${unknown('receiver')}
    ${direct}
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
 * Every change of a balance that an event of its own tells, in the order of the events. `recorded_before` is the
 * balance that the event itself records before it. What offsetting moves joins when it is known.
 */
export function createMoves(run: RunTables): Sql {
  const transfers = run.table('transfers');
  const amount = integerIn('amount');
  const after = integerIn('balance_after');
  const legs = [
    sql`SELECT seq, FALSE AS later, tick, sender AS agent, -amount AS cents, recorded_before, FALSE AS settles
      FROM ${transfers}`,
    sql`SELECT seq, FALSE, tick, receiver, amount, NULL, settles FROM ${transfers}`,
    sql`SELECT seq, FALSE, tick, agent, ${amount}, ${after} - ${amount}, FALSE
      FROM ${withDetails(run, ...allocatingEvents)}`,
    sql`SELECT seq, FALSE, tick, agent, -${amount}, ${after} + ${amount}, FALSE
      FROM ${withDetails(run, ...returningEvents)}`,
  ];
  return createTable(run, 'moves', movesOf(run, join(legs, ' UNION ALL ')));
}

/** What offsets and cycles move, as the events of our lab log it: net. */
export function addLoggedMoves(run: RunTables): Sql {
  const net = sql`(${integerIn('amount_b')} - ${integerIn('amount_a')})`;
  const offset = withDetails(run, 'LsmBilateralOffset');
  const legs = sql`SELECT seq, FALSE AS later, tick, ${agentNumber(run, textIn('agent_a'))} AS agent, ${net} AS cents,
        NULL AS recorded_before, TRUE AS settles FROM ${offset}
      UNION ALL SELECT seq, FALSE, tick, ${agentNumber(run, textIn('agent_b'))}, -${net}, NULL, TRUE FROM ${offset}
      UNION ALL SELECT seq, FALSE, tick, ${agentNumber(run, sql`member`)}, net, NULL, TRUE FROM ${cycleMembers(run)}`;
  return sql`INSERT INTO ${run.table('moves')} ${movesOf(run, legs)}`;
}

/** What played offsetting moves: each payment whole. */
export function addPlayedMoves(run: RunTables): Sql {
  const leg = (
    agent: Sql,
    cents: Sql,
  ) => sql`SELECT o.seq, o.later, o.tick, ${agent} AS agent, ${cents} AS cents,
    NULL AS recorded_before, TRUE AS settles FROM ${run.table('offsets')} o JOIN ${run.table('arrivals')} a USING (tx)`;
  const legs = sql`${leg(sql`a.sender`, sql`-a.amount`)} UNION ALL ${leg(sql`a.receiver`, sql`a.amount`)}`;
  return sql`INSERT INTO ${run.table('moves')} ${movesOf(run, legs)}`;
}

/**
 * Legs where they change a balance: a deferred credit stands where `DeferredCreditApplied` does (the last of the
 * tick, where they do not say whose they are).
 */
function movesOf(run: RunTables, legs: Sql): Sql {
  return sql`(WITH legs AS (${legs}), credited AS (
        SELECT tick, agent, max(seq) AS credit_seq FROM ${run.table('events')}
        WHERE ${kindIn(run, 'DeferredCreditApplied')} AND agent IS NOT NULL GROUP BY ALL
      ), credited_unnamed AS (
        SELECT tick, max(seq) AS credit_seq FROM ${run.table('events')}
        WHERE ${kindIn(run, 'DeferredCreditApplied')} AND agent IS NULL GROUP BY tick
      )
      SELECT CASE WHEN cents > 0 AND settles THEN coalesce(credited.credit_seq, u.credit_seq, seq) ELSE seq END AS seq,
        later, legs.tick, legs.agent, cents, recorded_before
      FROM legs LEFT JOIN credited ON legs.tick = credited.tick AND legs.agent = credited.agent
      LEFT JOIN credited_unnamed u ON u.tick = legs.tick
      WHERE legs.agent IS NOT NULL AND cents IS NOT NULL)`;
}

const listed = (write: (column: Sql) => Sql) =>
  join(
    costColumns.map((column) => write(ident(column))),
    ', ',
  );

/**
 * The state of every agent at the end of every tick, in the order of the ticks, by the events alone. NULL is what is
 * not known; after an event that cannot be read that is all that rests on it.
 */
export function createStates(run: RunTables, tickCount: number, table: 'states' | 'replayed'): Sql {
  const soFar = (column: Sql) => sql`(sum(${column}) OVER w)::BIGINT`;
  const until = (lost: Sql, value: Sql) => sql`CASE WHEN ${lost} <= tick THEN NULL ELSE ${value} END`;
  const queued = (column: string) => sql`${until(sql`queue_lost`, soFar(ident(column)))} AS ${ident(column)}`;
  return createTable(
    run,
    table,
    sql`WITH moved AS (
        SELECT tick, agent, sum(cents) AS cents FROM ${run.table('moves')} GROUP BY ALL
      ), charged AS (
        SELECT tick, agent, ${listed((column) => sql`CASE WHEN NOT bool_or(unreadable) THEN sum(${column}) END AS ${column}`)}
          , bool_or(unreadable) AS unreadable
        FROM ${run.table('costs')} GROUP BY tick, agent
      ), grid AS (
        SELECT range::INTEGER AS tick, agent, start, posted AS posted_first, cap AS cap_first
        FROM range(${tickCount}), ${run.table('starts')}
      ), adjusted AS (
        SELECT tick, agent, sum(delta) AS cap_delta FROM ${run.table('caps')} GROUP BY ALL
      ), joined AS (
        SELECT grid.*, balance_lost, queue_lost, cost_lost, posted_lost, cap_lost, coalesce(cap_delta, 0) AS cap_delta, coalesce(cents, 0) AS cents, posted, coalesce(payments1, 0) AS payments1,
          coalesce(value1, 0) AS value1, coalesce(payments2, 0) AS payments2, coalesce(value2, 0) AS value2,
          ${listed(
            (column) => sql`CASE WHEN NOT coalesce(unreadable, FALSE)
            THEN coalesce(${column}, 0) END::BIGINT AS ${column}`,
          )}
        FROM grid LEFT JOIN adjusted USING (tick, agent) LEFT JOIN moved USING (tick, agent) LEFT JOIN charged USING (tick, agent)
        LEFT JOIN ${run.table('queues')} USING (tick, agent) LEFT JOIN ${postedByTick(run)} USING (tick, agent)
        LEFT JOIN ${lostFrom(run)} USING (agent)
      ), running AS (
        SELECT tick, agent, ${until(sql`balance_lost`, sql`(start + sum(cents) OVER w)::BIGINT`)} AS balance,
          ${until(sql`posted_lost`, sql`coalesce(last_value(posted IGNORE NULLS) OVER w, posted_first)`)} AS posted,
          ${until(sql`cap_lost`, sql`(cap_first + sum(cap_delta) OVER w)::BIGINT`)} AS cap,
          ${join(['payments1', 'value1', 'payments2', 'value2'].map(queued), ', ')},
          ${listed((column) => column)},
          ${join(
            costColumns.map(
              (column) => sql`${until(sql`cost_lost`, soFar(ident(column)))} AS ${ident(`${column}_so_far`)}`,
            ),
            ', ',
          )}
        FROM joined WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING)
      )
      SELECT *, CASE WHEN balance IS NOT NULL THEN min(balance) OVER w END AS lowest
      FROM running WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING) ORDER BY tick, agent`,
  );
}
