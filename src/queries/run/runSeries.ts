import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows, type RowOf } from '../../engine/rows.ts';
import { byListedCost, listedCosts } from '../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { RunMetric, RunSeries } from '../../domain/answers/runs.ts';
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
