import { int, money, queryRows } from '../../engine/rows.ts';
import { byListedCost, listedCosts } from '../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { RunMetric, RunSeries, SeriesBucket } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
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
  },
});
