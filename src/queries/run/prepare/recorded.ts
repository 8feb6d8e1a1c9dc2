/** State that the file stores per tick (level `full`): what it records stands in for what the events give. */
import type { Engine } from '../../../engine/engine.ts';
import { queryRows, text } from '../../../engine/rows.ts';
import { listedCosts } from '../../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import type { RunScope } from '../../scope.ts';
import { costColumns, createTable, type RunTables } from './tables.ts';

/** For FROM: rows of one run. */
export const storedRows = (
  { fileId, simulationId }: RunScope,
  table: 'tick_agent_states' | 'tick_queue_snapshots' | 'daily_agent_metrics',
): Sql => sql`(SELECT * FROM ${ident(`stored_${table}`)}
  WHERE file_id = ${fileId} AND simulation_id = ${simulationId})`;

/** Agents with rows per tick or queues per tick; empty where the file stores none of this run. */
export async function recordedAgents(
  engine: Engine,
  scope: RunScope,
  table: 'tick_agent_states' | 'tick_queue_snapshots',
): Promise<readonly AgentId[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT DISTINCT agent_id FROM ${storedRows(scope, table)} WHERE agent_id IS NOT NULL ORDER BY agent_id`,
    { agentId: text },
  );
  return rows.map((row) => agentId(row.agentId));
}

/**
 * Rows of `tick_agent_states` with the cost of each tick: running sums, and the cost of the tick in `.._delta`. The original sets its sums to zero each morning
 * (domain.md 1.2) and stores the difference to the evening before as the cost of the first tick of a day; there the
 * sum is the cost. `resets` tells such a run by a sum that falls at the start of a day.
 */
export function createRecorded(run: RunTables, ticksPerDay: number | undefined): Sql {
  const isMorning = ticksPerDay === undefined ? sql`FALSE` : sql`tick > 0 AND tick % ${ticksPerDay} = 0`;
  const fell = join(
    listedCosts.map(({ eventKey }) => sql`${ident(eventKey)} < lag(${ident(eventKey)}) OVER by_agent`),
    ' OR ',
  );
  const parts = listedCosts.map(
    ({ column, eventKey }) => sql`CASE WHEN resets AND is_morning THEN ${ident(eventKey)}
      ELSE ${ident(`${eventKey}_delta`)} END AS ${ident(column)}`,
  );
  return createTable(
    run,
    'recorded',
    sql`WITH named AS (
        SELECT s.* EXCLUDE (tick), s.tick::INTEGER AS tick, a.no AS agent
        FROM ${storedRows(run.scope, 'tick_agent_states')} s JOIN ${run.table('agents')} a ON a.key = s.agent_id
        QUALIFY row_number() OVER (PARTITION BY s.tick, a.no ORDER BY s.row_order) = 1
      ), marked AS (
        SELECT *, ${isMorning} AS is_morning, coalesce(${isMorning} AND (${fell}), FALSE) AS fell
        FROM named WINDOW by_agent AS (PARTITION BY agent ORDER BY tick)
      ), known AS (SELECT *, bool_or(fell) OVER () AS resets FROM marked)
      SELECT tick, agent, balance, balance_change, posted_collateral, unsecured_cap, resets, is_morning,
        ${join(
          listedCosts.flatMap(({ eventKey }) => [ident(eventKey), ident(`${eventKey}_delta`)]),
          ', ',
        )},
        ${join(parts, ', ')}
      FROM known`,
  );
}

/** For FROM: queues at the end of each tick; what a payment is worth is NULL where its arrival is not recorded. */
const recordedQueues = (run: RunTables): Sql => {
  const of = (queue: 'queue1' | 'rtgs', number: 1 | 2) => sql`
    count(*) FILTER (queue_type = ${queue}) AS ${ident(`payments${number}`)},
    CASE WHEN count(*) FILTER (queue_type = ${queue} AND amount IS NULL) = 0
      THEN coalesce(sum(amount) FILTER (queue_type = ${queue}), 0)::BIGINT END AS ${ident(`value${number}`)}`;
  return sql`(SELECT q.tick, a.no AS agent, ${of('queue1', 1)}, ${of('rtgs', 2)}
    FROM ${storedRows(run.scope, 'tick_queue_snapshots')} q JOIN ${run.table('agents')} a ON a.key = q.agent_id
    LEFT JOIN ${run.table('arrivals')} p ON p.tx_id = q.tx_id GROUP BY q.tick, a.no)`;
};

export interface RecordedState {
  /** Rows per tick of this run exist. */
  readonly states: boolean;
  readonly queues: boolean;
}

/**
 * `states` out of `replayed`, with what is recorded in its place; opportunity cost has no column and stays what the
 * events give. A balance of which neither tells is NULL.
 */
export function createRecordedStates(run: RunTables, recorded: RecordedState, hasEvents: boolean): Sql {
  const replayed = (column: string) => (hasEvents ? sql`r.${ident(column)}` : sql`NULL::BIGINT`);
  const queue = (column: string) =>
    recorded.queues
      ? sql`CASE WHEN q.tick IS NULL THEN 0 ELSE q.${ident(column)} END AS ${ident(column)}`
      : sql`r.${ident(column)}`;
  const queues = recorded.queues
    ? sql`LEFT JOIN ${recordedQueues(run)} q ON q.tick = r.tick AND q.agent = r.agent`
    : sql``;
  const part = (column: string) => sql`coalesce(s.${ident(column)}, r.${ident(column)})`;
  const listed = listedCosts.map(({ column }) => sql`${part(column)} AS ${ident(column)}`);
  const more = listedCosts.map(({ column }) => sql`${part(column)} - r.${ident(column)}`);
  const all = (value: Sql, found: Sql) =>
    sql`CASE WHEN count(*) FILTER (${value} IS NULL) OVER w = 0 THEN ${found} END`;
  const soFar = costColumns.map(
    (column) =>
      sql`${all(ident(column), sql`(sum(${ident(column)}) OVER w)::BIGINT`)} AS ${ident(`${column}_so_far`)}`,
  );
  return createTable(
    run,
    'states',
    sql`WITH joined AS (
        SELECT r.tick, r.agent, coalesce(s.balance, ${replayed('balance')}) AS balance,
          coalesce(s.posted_collateral, ${replayed('posted')}) AS posted,
          coalesce(s.unsecured_cap, ${replayed('cap')}) AS cap,
          ${join(['payments1', 'value1', 'payments2', 'value2'].map(queue), ', ')}, ${join(listed, ', ')},
          r.total + ${join(more, ' + ')} AS total
        FROM ${run.table('replayed')} r
        LEFT JOIN ${run.table('recorded')} s ON s.tick = r.tick AND s.agent = r.agent ${queues}
      )
      SELECT *, ${join(soFar, ', ')}, ${all(sql`balance`, sql`min(balance) OVER w`)} AS lowest FROM joined
      WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING) ORDER BY tick, agent`,
  );
}
