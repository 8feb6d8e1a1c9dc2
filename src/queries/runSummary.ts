import type { AgentId } from '../lib/ids.ts';
import type {
  AgentBalances,
  Bounds,
  RunAgent,
  RunSummary,
  SettledDelay,
} from '../domain/answers/experiments.ts';
import { readPaymentTally, type PaymentTally } from './run/runPayments.ts';
import { preparedRun, type PreparedRun } from './run/prepare/prepareRun.ts';
import { noAgentCosts, readAgentsWithUnreadableCost, readRunCosts, readTotalCost } from './run/runCosts.ts';
import { defineQuery } from './query.ts';
import type { RunScope } from './scope.ts';
import type { Engine } from '../engine/engine.ts';
import { int, money, queryRows, text } from '../engine/rows.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { eventsOfRun, integerIn, sumOf } from './read/eventFields.ts';
import type { Cents } from '../lib/units.ts';
import { lostFrom } from './run/prepare/lost.ts';

/** One run recounted from its events; undefined when the file knows no such run. */
export const runSummary = defineQuery({
  name: 'runSummary',
  scope: 'run',
  async run(engine, params: RunScope, signal): Promise<RunSummary | undefined> {
    const run = await preparedRun(engine, params);
    // Of a run that left payments alone there is nothing to recount.
    if (run === undefined || (run.facts === undefined && run.eventCount === 0)) return undefined;
    const lost = run.lost.what;
    const counts = await readRunCounts(engine, params, signal);
    const costs = await readRunCosts(engine, run, signal);
    const balances = await readRunBalances(engine, run, signal);
    const bounds = await readBalanceBounds(engine, run, signal);
    const costUnknown = await readAgentsWithUnreadableCost(engine, run, signal);
    const costOf = (agentId: AgentId) =>
      costUnknown.has(agentId)
        ? undefined
        : (costs.get(agentId) ?? (run.unnamed.accruals === 0 ? noAgentCosts : undefined));
    const total = await readTotalCost(engine, run, signal);
    const tally = (await readPaymentTally(engine, run, signal)) ?? tallyOfEvents(counts.eventCounts);
    const agents = new Set<AgentId>([...balances.keys(), ...bounds.keys(), ...costs.keys()]);
    return {
      run: run.facts,
      ...counts,
      ...tally,
      ...(lost.has('arrivals') ? { arrivals: undefined, overdue: undefined } : {}),
      ...(lost.has('settlements')
        ? { settlements: undefined, delay: undefined, overdueAtEnd: undefined }
        : { delay: tally.disputed > 0 ? undefined : await readSettledDelay(engine, run, signal) }),
      ...(lost.has('deadline penalty') ? { deadlinePenaltyCents: undefined } : {}),
      ...(lost.has('end-of-day penalty') ? { endOfDayPenaltyCents: undefined } : {}),
      agents: [...agents].map((agentId) => ({
        agentId,
        costs: costOf(agentId),
        balances: balances.get(agentId),
        bounds: bounds.get(agentId),
      })),
      totalCostCents: lost.has('cost') ? undefined : total.totalCents,
      unreadable: run.lost.events,
    };
  },
});

/** Where events do not name their payments: each event counts, and what is a part of what is not known. */
function tallyOfEvents(counts: ReadonlyMap<string, number>): PaymentTally {
  const of = (type: string) => counts.get(type) ?? 0;
  return {
    arrivals: of('Arrival'),
    settlements: {
      immediate: of('RtgsImmediateSettlement'),
      fromQueue2: of('Queue2LiquidityRelease'),
      offset: 0,
      inferred: 0,
      inParts: 0,
    },
    overdue: of('TransactionWentOverdue'),
    overdueAtEnd: of('TransactionWentOverdue'),
    disputed: 0,
    disputedOverdue: 0,
  };
}

/** Ticks from arrival to settlement, over original payments; undefined where none is known to have settled. */
async function readSettledDelay(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<SettledDelay | undefined> {
  if (run.unnamed.arrivals > 0) return undefined;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(*) AS payments, coalesce(sum(settlement_tick - arrival_tick), 0)::BIGINT AS ticks
      FROM ${run.table('payments')}
      WHERE parent IS NULL AND settlement_tick IS NOT NULL AND arrival_tick IS NOT NULL`,
    { payments: int, ticks: int },
    signal,
  );
  return row === undefined || row.payments === 0 ? undefined : row;
}

type RunCounts = Pick<
  RunSummary,
  'eventCounts' | 'eventCount' | 'tickCount' | 'queued' | 'deadlinePenaltyCents' | 'endOfDayPenaltyCents'
>;

const typeSpec = { eventType: text, events: int, lastTick: int };
const restSpec = { deadlinePenalty: money, endOfDayPenalty: money };

/** Events by type, and what the counts alone cannot tell: penalties. */
async function readRunCounts(
  engine: Engine,
  params: RunScope,
  signal: AbortSignal | undefined,
): Promise<RunCounts> {
  const byType = sql`SELECT event_type, count(*) AS events, max(tick) AS last_tick
    FROM ${eventsOfRun(params)} GROUP BY event_type ORDER BY event_type`;
  const types = await queryRows(engine, byType, typeSpec, signal);
  const rest = sql`SELECT
    (SELECT ${sumOf(integerIn('deadline_penalty_cost'))}
      FROM ${eventsOfRun(params, ['TransactionWentOverdue'])}) AS deadline_penalty,
    (SELECT ${sumOf(integerIn('total_penalties'))}
      FROM ${eventsOfRun(params, ['EndOfDay'])}) AS end_of_day_penalty`;
  const [found] = await queryRows(engine, rest, restSpec, signal);
  if (found === undefined) throw new TypeError('a statement of scalars gave no row');
  const counts = new Map(types.map(({ eventType, events }) => [eventType, events]));
  const of = (type: string) => counts.get(type) ?? 0;
  return {
    eventCounts: counts,
    eventCount: types.reduce((sum, { events }) => sum + events, 0),
    tickCount: types.reduce((last, { lastTick }) => Math.max(last, lastTick), -1) + 1,
    queued: of('QueuedRtgs'),
    deadlinePenaltyCents: found.deadlinePenalty,
    endOfDayPenaltyCents: found.endOfDayPenalty,
  };
}

const spec = { agent: int, startCents: money, endCents: money, lowestCents: money, mismatches: int };

/** Start, end and lowest balance of each agent whose start and whose every movement is known. */
async function readRunBalances(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, AgentBalances>> {
  if (run.isBounded) return new Map();
  // Where it is not known what an offset settled, only what the file stores per tick tells a balance.
  const stored = run.offsets.kind === 'unknown' ? storedBalances(run) : undefined;
  const statement = sql`WITH running AS (
      SELECT m.agent, tick, cents, recorded_before,
        start + sum(cents) OVER (PARTITION BY m.agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING) AS balance,
        start + sum(cents) OVER (PARTITION BY m.agent ORDER BY tick) AS at_end_of_tick
      FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
    ), found AS (
      SELECT agent, sum(cents) AS moved, min(at_end_of_tick) AS lowest,
        count(*) FILTER (recorded_before <> balance - cents) AS mismatches
      FROM running GROUP BY agent
    )
    SELECT s.agent, start AS start_cents, (start + coalesce(moved, 0))::BIGINT AS end_cents,
      least(start, coalesce(lowest, start))::BIGINT AS lowest_cents, coalesce(mismatches, 0) AS mismatches
    FROM ${run.table('starts')} s LEFT JOIN found f ON f.agent = s.agent
    WHERE start IS NOT NULL AND s.agent NOT IN (SELECT agent FROM ${lostFrom(run)} WHERE balance_lost IS NOT NULL)
    ORDER BY s.agent`;
  const rows = await queryRows(engine, stored ?? statement, spec, signal);
  return new Map(
    rows.flatMap(({ agent, ...balances }) => {
      const id = run.agents[agent];
      return id === undefined ? [] : [[id, balances] as const];
    }),
  );
}

function storedBalances(run: PreparedRun): Sql {
  return sql`SELECT agent, any_value(start) AS start_cents, max(balance) FILTER (tick = ${run.tickCount - 1}) AS end_cents,
      least(any_value(start), min(balance))::BIGINT AS lowest_cents, 0 AS mismatches
    FROM ${run.table('states')} JOIN ${run.table('starts')} USING (agent)
    GROUP BY agent HAVING any_value(start) IS NOT NULL AND count(*) = count(balance) ORDER BY agent`;
}

const boundsSpec = { agent: int, endLow: money, endHigh: money, lowestLow: money, lowestHigh: money };

/** Between what the last and the lowest balance lie, where it is not known which payments settled. */
async function readBalanceBounds(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, NonNullable<RunAgent['bounds']>>> {
  if (!run.isBounded) return new Map();
  const statement = sql`SELECT agent, balance_low AS end_low, balance_high AS end_high,
      least(lowest_low, CASE WHEN is_stated THEN start END)::BIGINT AS lowest_low,
      least(lowest_high, CASE WHEN is_stated THEN start END)::BIGINT AS lowest_high
    FROM ${run.table('bounds')} JOIN ${run.table('starts')} USING (agent)
    WHERE tick = ${run.tickCount - 1} AND balance_low IS NOT NULL ORDER BY agent`;
  const rows = await queryRows(engine, statement, boundsSpec, signal);
  const between = (low: Cents, high: Cents): Bounds<Cents> => ({ low, high });
  return new Map(
    rows.flatMap(({ agent, endLow, endHigh, lowestLow, lowestHigh }) => {
      const id = run.agents[agent];
      if (id === undefined) return [];
      return [[id, { end: between(endLow, endHigh), lowest: between(lowestLow, lowestHigh) }] as const];
    }),
  );
}
