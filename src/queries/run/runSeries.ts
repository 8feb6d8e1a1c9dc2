import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows } from '../../engine/rows.ts';
import { ident, sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { RunMetric, RunSeries, SeriesBucket } from '../../domain/answers/runs.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { mostMarks } from './runOutline.ts';

function columnOf(metric: RunMetric): Sql {
  switch (metric) {
    case 'balance':
      return sql`balance`;
    case 'queue1':
      return sql`value1`;
    case 'queue2':
      return sql`value2`;
    case 'cost':
      return sql`total`;
    case 'cumulative':
      return sql`total_so_far`;
    case 'overdraft':
    case 'delay':
    case 'penalty':
    case 'collateral':
      return ident(`${metric}_so_far`);
    case 'splitFriction':
      return sql`split_friction_so_far`;
    // Listed nowhere: what the total exceeds the parts by (domain.md 7.3).
    case 'opportunity':
      return sql`(total_so_far - overdraft_so_far - delay_so_far - collateral_so_far - penalty_so_far
        - split_friction_so_far)`;
  }
}

/** Without names on its events, whose queue or whose cost it was is not known, unless it is stored per tick. */
function isKnown({ eventCount, unnamed, recorded }: PreparedRun, metric: RunMetric): boolean {
  const hasEvents = eventCount > 0;
  switch (metric) {
    case 'balance':
      return hasEvents || recorded.states;
    case 'queue1':
    case 'queue2':
      return recorded.queues || (hasEvents && unnamed.arrivals === 0);
    case 'cost':
    case 'cumulative':
    case 'overdraft':
    case 'delay':
    case 'penalty':
    case 'collateral':
    case 'splitFriction':
    case 'opportunity':
      return hasEvents && unnamed.accruals === 0;
  }
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
export async function runSeries(
  engine: Engine,
  scope: RunScope,
  metric: RunMetric,
  signal?: AbortSignal,
): Promise<RunSeries | undefined> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return undefined;
  const marksPerAgent = Math.max(1, Math.floor(mostMarks / Math.max(1, run.agents.length)));
  const width = Math.max(1, Math.ceil(run.tickCount / marksPerAgent));
  if (!isKnown(run, metric)) return { metric, lines: new Map(), thinned: false };
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
  const lines = new Map<AgentId, SeriesBucket[]>();
  for (const { agent, ...bucket } of rows) {
    const id = run.agents[agent];
    if (id === undefined) continue;
    const line = lines.get(id);
    if (line === undefined) lines.set(id, [bucket]);
    else line.push(bucket);
  }
  return { metric, lines, thinned: width > 1 };
}
