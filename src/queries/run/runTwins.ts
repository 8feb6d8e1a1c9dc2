import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows } from '../../engine/rows.ts';
import { join, sql, type Sql } from '../../lib/sql.ts';
import type { FileId, SimulationId } from '../../lib/ids.ts';
import type { PaymentRow, RunTwins, TwinGap, TwinSetups } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import { paymentRow, paymentsOf, paymentSpec } from './runPayments.ts';
import { mostMarks } from './runOutline.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { samePolicy } from '../../domain/policy/policyJson.ts';
import { objectOf } from '../read/eventFields.ts';

interface TwinsScope {
  /** The file of the first run, and that of the second where it is another one. */
  readonly fileIds: readonly FileId[];
  readonly simulationId: SimulationId;
  readonly twin: SimulationId;
}

/** Where two runs of the open files part, tick by tick; undefined where one of them is not in its file. */
export const runTwins = defineQuery({
  name: 'runTwins',
  scope: 'all files',
  async run(engine, { fileIds, simulationId, twin }: TwinsScope, signal): Promise<RunTwins | undefined> {
    const [own] = fileIds;
    const other = fileIds.at(-1);
    if (own === undefined || other === undefined) return undefined;
    const first = await preparedRun(engine, { fileId: own, simulationId });
    const second = await preparedRun(engine, { fileId: other, simulationId: twin });
    if (first === undefined || second === undefined) return undefined;
    const about = {
      second: twin,
      setups: twinSetups(first, second),
      unknown: unknownOf(first, second),
    };
    if (first.eventCount === 0 || second.eventCount === 0) {
      const nothing = { firstDifferentTick: undefined, firstDifferentPayment: undefined };
      return { ...about, ...nothing, paymentsCompared: false, gaps: [] };
    }
    return {
      ...about,
      paymentsCompared: comparesPayments(first, second),
      firstDifferentTick: await firstDifferentTick(engine, first, second, signal),
      firstDifferentPayment: await firstDifferentPayment(engine, first, second, signal),
      gaps: await costGaps(engine, first, second, signal),
    };
  },
});

/** What cannot be compared, one sentence each. */
function unknownOf(first: PreparedRun, second: PreparedRun): readonly string[] {
  const eventless = [first, second].filter(({ eventCount }) => eventCount === 0);
  if (eventless.length > 0) {
    return eventless.map(
      (run) => `${run === first ? 'This run' : 'The second run'} stores no events, so it is not compared.`,
    );
  }
  const unknown: string[] = [];
  if (first.unnamed.arrivals + second.unnamed.arrivals > 0) {
    unknown.push(
      'The events do not name the payment that they are about, so queues and payments are not compared.',
    );
  }
  if (first.unnamed.accruals + second.unnamed.accruals > 0) {
    unknown.push(
      'Cost accruals do not name their agent, so only the costs of all agents together are compared.',
    );
  }
  if (first.unnamed.pools + second.unnamed.pools > 0 || lacksBalance(first) || lacksBalance(second)) {
    unknown.push('Balances that neither run tells are not compared.');
  }
  const until = knownUntil(first, second);
  if (until !== undefined) {
    unknown.push(
      `Events that cannot be read leave balances, queues or costs unknown from tick ${until} on, so only the ticks before it are compared.`,
    );
  }
  return unknown;
}

/** The first tick of which either run does not know everything. */
function knownUntil(first: PreparedRun, second: PreparedRun): number | undefined {
  const ticks = [first, second].flatMap(({ lost }) => lost.fromTick ?? []);
  return ticks.length === 0 ? undefined : Math.min(...ticks);
}

const knownTicks = (first: PreparedRun, second: PreparedRun): Sql =>
  sql`tick < ${knownUntil(first, second) ?? Math.max(first.tickCount, second.tickCount)}`;

const comparesPayments = (first: PreparedRun, second: PreparedRun): boolean =>
  first.unnamed.arrivals + second.unnamed.arrivals === 0 &&
  ![first, second].some(({ lost }) => lost.what.has('settlements'));

const lacksBalance = ({ agents, openings }: PreparedRun): boolean =>
  agents.some((agent) => openings.get(agent)?.balanceCents === undefined);

/** For FROM: the number that an agent of the second run has in the first one; its own range where it has none. */
function numbers(first: PreparedRun, second: PreparedRun): Sql {
  const rows = second.agents.map((agent, number) => {
    const same = first.agents.indexOf(agent);
    return sql`(${number}, ${same < 0 ? first.agents.length + number : same})`;
  });
  return rows.length === 0
    ? sql`(SELECT 0 AS own, 0 AS shared WHERE FALSE)`
    : sql`(VALUES ${join(rows, ', ')}) AS n(own, shared)`;
}

/** By agent, and by the cost of all agents together, which accruals without a name add up to as well. */
async function firstDifferentTick(
  engine: Engine,
  first: PreparedRun,
  second: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const compared = sql`balance, posted, payments1, value1, payments2, value2, total_so_far`;
  const other = sql`SELECT tick, shared AS agent, ${compared} FROM ${second.table('states')} JOIN ${numbers(first, second)}
    ON own = agent`;
  const own = sql`SELECT tick, agent::INTEGER AS agent, ${compared} FROM ${first.table('states')}`;
  const costs = (run: PreparedRun) =>
    sql`SELECT tick, sum(total) AS cents FROM ${run.table('costs')} GROUP BY tick HAVING sum(total) <> 0`;
  const differing = (a: Sql, b: Sql) =>
    sql`SELECT tick FROM ((${a} EXCEPT ${b}) UNION ALL (${b} EXCEPT ${a}))`;
  const [row] = await queryRows(
    engine,
    sql`SELECT min(tick) AS tick FROM (${differing(own, other)} UNION ALL ${differing(costs(first), costs(second))})
      WHERE ${knownTicks(first, second)}`,
    { tick: nullable(int) },
    signal,
  );
  return row?.tick;
}

/** Payments are matched by sender, receiver, amount and tick of arrival: their ids are random. */
async function firstDifferentPayment(
  engine: Engine,
  first: PreparedRun,
  second: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<RunTwins['firstDifferentPayment']> {
  if (!comparesPayments(first, second)) return undefined;
  const ranked = (sender: Sql, receiver: Sql, from: Sql) => sql`SELECT tx, ${sender}::INTEGER AS sender,
      ${receiver}::INTEGER AS receiver, amount, arrival_tick, settlement_tick, how,
      row_number() OVER (PARTITION BY ${sender}, ${receiver}, amount, arrival_tick ORDER BY settlement_tick, tx) AS place
    FROM ${from} WHERE parent IS NULL`;
  const a = ranked(sql`sender`, sql`receiver`, first.table('payments'));
  const renamed = sql`${second.table('payments')} p JOIN ${numbers(first, second)} ON n.own = p.sender
    JOIN (SELECT own AS own_receiver, shared AS shared_receiver FROM ${numbers(first, second)}) m
      ON m.own_receiver = p.receiver`;
  const b = ranked(sql`shared`, sql`shared_receiver`, renamed);
  const [row] = await queryRows(
    engine,
    sql`SELECT a.tx AS first, b.tx AS second FROM (${a}) a FULL JOIN (${b}) b
        USING (sender, receiver, amount, arrival_tick, place)
      WHERE a.tx IS NULL OR b.tx IS NULL OR a.settlement_tick IS DISTINCT FROM b.settlement_tick
        OR a.how IS DISTINCT FROM b.how
      ORDER BY least(coalesce(a.settlement_tick, b.settlement_tick, arrival_tick),
        coalesce(b.settlement_tick, a.settlement_tick, arrival_tick)), arrival_tick, a.tx, b.tx LIMIT 1`,
    { first: nullable(int), second: nullable(int) },
    signal,
  );
  if (row === undefined) return undefined;
  return {
    first: await readPayment(engine, first, row.first, signal),
    second: await readPayment(engine, second, row.second, signal),
  };
}

async function readPayment(
  engine: Engine,
  run: PreparedRun,
  tx: number | undefined,
  signal: AbortSignal | undefined,
): Promise<PaymentRow | undefined> {
  if (tx === undefined) return undefined;
  const statement = sql`SELECT * FROM ${paymentsOf(run)} WHERE tx = ${tx}`;
  const [row] = await queryRows(engine, statement, paymentSpec, signal);
  return row === undefined ? undefined : paymentRow(run, row);
}

/** Cost so far of all agents, second minus first, at ticks that both have. */
async function costGaps(
  engine: Engine,
  first: PreparedRun,
  second: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly TwinGap[]> {
  const until = knownUntil(first, second) ?? Infinity;
  const tickCount = Math.min(first.tickCount, second.tickCount, until);
  const width = Math.max(1, Math.ceil(tickCount / mostMarks));
  const perTick = (run: PreparedRun, sign: Sql) =>
    sql`SELECT tick, ${sign}total AS cents FROM ${run.table('costs')} WHERE tick < ${tickCount}`;
  return queryRows(
    engine,
    sql`SELECT least(bucket * ${width} + ${width}, ${tickCount})::INTEGER - 1 AS tick, cost_gap_cents FROM (
        SELECT bucket, (sum(coalesce(cents, 0)) OVER (ORDER BY bucket))::BIGINT AS cost_gap_cents
        FROM (SELECT range AS bucket FROM range(${Math.ceil(tickCount / width)}))
        LEFT JOIN (SELECT tick // ${width} AS bucket, sum(cents) AS cents
          FROM (${perTick(first, sql`-`)} UNION ALL ${perTick(second, sql``)}) GROUP BY bucket) USING (bucket)
      ) ORDER BY tick`,
    { tick: int, costGapCents: money },
    signal,
  );
}

/** What a scenario says of an agent, its policy and committed share aside: those are what a proposal changes. */
function withoutPolicy(agent: Json): Json {
  if (!isJsonObject(agent)) return agent;
  const policyKeys = new Set(['policy', 'liquidity_allocation_fraction']);
  return Object.fromEntries(Object.entries(agent).filter(([key]) => !policyKeys.has(key)));
}

/** A stored configuration without its policies and its seed, which are compared on their own. */
function scenarioOf(config: JsonObject): JsonObject {
  const { agents, simulation } = config;
  return {
    ...config,
    agents: Array.isArray(agents) ? agents.map(withoutPolicy) : (agents ?? null),
    simulation: isJsonObject(simulation)
      ? Object.fromEntries(Object.entries(simulation).filter(([key]) => key !== 'rng_seed'))
      : (simulation ?? null),
  };
}

/** Whether two runs have scenario and seed in common; undefined where the file does not tell. */
function twinSetups(first: PreparedRun, second: PreparedRun): TwinSetups {
  const [one, other] = [objectOf(first.configJson), objectOf(second.configJson)];
  const [seed, otherSeed] = [first.facts?.seed, second.facts?.seed];
  return {
    sameScenario:
      one === undefined || other === undefined ? undefined : samePolicy(scenarioOf(one), scenarioOf(other)),
    sameSeed: seed === undefined || otherSeed === undefined ? undefined : seed === otherSeed,
  };
}
