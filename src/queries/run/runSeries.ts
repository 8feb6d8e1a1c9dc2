import type { RunMetric, RunSeries } from '../../domain/answers/runs.ts';
import { byListedCost, listedCosts } from '../../domain/costs.ts';
import type { RunDays } from '../../domain/days.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows, type RowOf, nullable, text } from '../../engine/rows.ts';
import { type AgentId, agentId } from '../../lib/ids.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import { mostMarks } from './runOutline.ts';
const columns: Partial<Readonly<Record<RunMetric, string>>> = {
  balance: 'balance',
  queue1: 'value1',
  queue2: 'value2',
  cost: 'total',
  cumulative: 'total_so_far',
  ...byListedCost(({ column }) => `${column}_so_far`),
};

/** Opportunity cost is listed nowhere: it is what the total exceeds the listed parts by (domain.md 7.3). */
const opportunitySoFar = sql`(${join(
  ['total', ...listedCosts.map(({ column }) => column)].map((column) => ident(`${column}_so_far`)),
  ' - ',
)})`;

function columnOf(metric: RunMetric): Sql {
  const column = columns[metric];
  return column === undefined ? opportunitySoFar : ident(column);
}

/** Without names on its events, whose queue or whose cost it was is not known, unless it is stored per tick. */
function isKnown({ eventCount, unnamed, recorded }: PreparedRun, metric: RunMetric): boolean {
  const hasEvents = eventCount > 0;
  if (metric === 'balance') return hasEvents || recorded.states;
  if (metric === 'queue1' || metric === 'queue2') {
    return recorded.queues || (hasEvents && unnamed.arrivals === 0);
  }
  return hasEvents && unnamed.accruals === 0;
}

const spec = {
  agent: int,
  fromTick: int,
  toTick: int,
  leastCents: money,
  mostCents: money,
  lastCents: money,
};

/** One value of every agent over the whole run; an agent whose value is not known has no line. */
export const runSeries = defineQuery({
  name: 'runSeries',
  scope: 'run',
  async run(
    engine,
    scope: RunScope & { readonly metric: RunMetric },
    signal,
  ): Promise<RunSeries | undefined> {
    const { metric } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const marksPerAgent = Math.max(1, Math.floor(mostMarks / Math.max(1, run.agents.length)));
    const width = Math.max(1, Math.ceil(run.tickCount / marksPerAgent));
    if (!isKnown(run, metric)) return { metric, lines: new Map(), bounded: new Map(), thinned: false };
    const value = columnOf(metric);
    const rows = await queryRows(
      engine,
      sql`SELECT agent, min(tick) AS from_tick, max(tick) AS to_tick, min(${value}) AS least_cents,
          max(${value}) AS most_cents, arg_max(${value}, tick) AS last_cents
        FROM ${run.table('states')} WHERE ${value} IS NOT NULL
        GROUP BY agent, tick // ${width} ORDER BY agent, from_tick`,
      spec,
      signal,
    );
    const bounded = (await readBounded(engine, run, metric, width, signal)).map(
      ({ lowCents, highCents, ...ticks }) => ({ ...ticks, bounds: { low: lowCents, high: highCents } }),
    );
    return {
      metric,
      lines: byAgent(run, rows),
      bounded: byAgent(run, bounded),
      thinned: width > 1,
    };
  },
});

/** The answers by the name of their agent. */
function byAgent<Row extends { readonly agent: number }>(
  run: PreparedRun,
  rows: readonly Row[],
): ReadonlyMap<AgentId, readonly Omit<Row, 'agent'>[]> {
  const found = new Map<AgentId, Omit<Row, 'agent'>[]>();
  for (const { agent, ...row } of rows) {
    const id = run.agents[agent];
    if (id === undefined) continue;
    const line = found.get(id);
    if (line === undefined) found.set(id, [row]);
    else line.push(row);
  }
  return found;
}

const boundedSpec = { agent: int, fromTick: int, toTick: int, lowCents: money, highCents: money };

/** What `states` has no value of, and the table `bounds` has; empty where every settlement is known. */
async function readBounded(
  engine: Engine,
  run: PreparedRun,
  metric: RunMetric,
  width: number,
  signal: AbortSignal | undefined,
): Promise<readonly RowOf<typeof boundedSpec>[]> {
  const column = columns[metric];
  if (!run.isBounded || column === undefined || !(metric === 'balance' || metric === 'queue2')) return [];
  const [low, high] = [ident(`${column}_low`), ident(`${column}_high`)];
  return queryRows(
    engine,
    sql`SELECT agent, min(tick) AS from_tick, max(tick) AS to_tick, min(${low}) AS low_cents, max(${high}) AS high_cents
      FROM ${run.table('bounds')} JOIN ${run.table('states')} USING (tick, agent)
      WHERE ${ident(column)} IS NULL AND ${low} IS NOT NULL AND ${high} IS NOT NULL
      GROUP BY agent, tick // ${width} ORDER BY agent, from_tick`,
    boundedSpec,
    signal,
  );
}

const daySpec = {
  day: int,
  agentId: text,
  opening: nullable(money),
  closing: nullable(money),
  lowest: nullable(money),
  posted: nullable(money),
  queue1: nullable(int),
  ...byListedCost(() => nullable(money)),
  total: nullable(money),
};

const costs = listedCosts.map(({ dailyColumn, column }) => sql`${ident(dailyColumn)} AS ${ident(column)}`);

const ofRun = ({ fileId, simulationId }: RunScope): Sql =>
  sql`file_id = ${fileId} AND simulation_id = ${simulationId}`;

/**
 * What the file stores per day of a run, as stored: one row a day and agent (domain.md 2.10), Queue 1 at the end of
 * each day (2.12), and the policies it started from (2.14). All that is left of a run that was killed before its events
 * were written.
 */
export const runDays = defineQuery({
  name: 'runDays',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<RunDays> {
    const days = await queryRows(
      engine,
      sql`SELECT day, agent_id, opening_balance AS opening, closing_balance AS closing, min_balance AS lowest,
          closing_posted_collateral AS posted, queue1_eod_size AS queue1,
          ${join(costs, ', ')}, total_cost AS total
        FROM stored_daily_agent_metrics WHERE ${ofRun(scope)} AND day IS NOT NULL AND agent_id IS NOT NULL
        ORDER BY day, agent_id`,
      daySpec,
      signal,
    );
    const queues = await queryRows(
      engine,
      sql`SELECT day, agent_id, string_agg(transaction_id, ' ' ORDER BY position) AS payments, count(*) AS size
        FROM stored_agent_queue_snapshots WHERE ${ofRun(scope)} AND day IS NOT NULL AND agent_id IS NOT NULL
        GROUP BY day, agent_id ORDER BY day, agent_id`,
      { day: int, agentId: text, payments: nullable(text), size: int },
      signal,
    );
    const policies = await queryRows(
      engine,
      sql`SELECT agent_id, snapshot_tick, policy_json FROM stored_policy_snapshots WHERE ${ofRun(scope)}
        AND agent_id IS NOT NULL ORDER BY snapshot_tick, agent_id`,
      { agentId: text, snapshotTick: nullable(int), policyJson: nullable(text) },
      signal,
    );
    const [later] = await queryRows(
      engine,
      sql`SELECT count(*) AS payments FROM stored_transactions WHERE ${ofRun(scope)} AND settlement_day > arrival_day`,
      { payments: int },
      signal,
    );
    return {
      settledLater: (later?.payments ?? 0) > 0,
      days: days.map(({ agentId: agent, ...row }) => ({ ...row, agentId: agentId(agent) })),
      queues: queues.map((row) => ({ ...row, agentId: agentId(row.agentId), payments: row.payments ?? '' })),
      policies: policies.map((row) => ({ ...row, agentId: agentId(row.agentId) })),
    };
  },
});
