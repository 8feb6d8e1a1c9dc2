import { settlingEvents, poolEvents, returningEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { boolean, queryRows, text, int, money } from '../../../engine/rows.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import { eventsOfRun, textIn, textsIn, integerIn } from '../../read/eventFields.ts';
import { agentOfKey } from '../../read/iterationRows.ts';
import { createTable, innerDetails, occurs, type RunTables, kindIn, withDetails } from './tables.ts';

/**
 * Every agent that a run names, in the order of their names, with its number for each form of its name: names
 * inside `details` are JSON text, those in the column are not (an accent, a quote).
 */
export async function createAgents(
  engine: Engine,
  run: RunTables,
  configured: readonly AgentId[],
): Promise<readonly AgentId[]> {
  const named = await queryRows(engine, namesOf(run), { name: text, escaped: boolean });
  const forms = new Map<string, AgentId>(configured.map((agent) => [agent, agent]));
  for (const { name, escaped } of named) {
    if (name !== '' && !forms.has(name)) forms.set(name, escaped ? agentOfKey(name) : agentId(name));
  }
  const agents = [...new Set(forms.values())].sort();
  const rows = [...forms].map(([form, agent]) => sql`(${agents.indexOf(agent)}::SMALLINT, ${form})`);
  const select =
    rows.length === 0
      ? sql`SELECT 0::SMALLINT AS no, '' AS key WHERE FALSE`
      : sql`SELECT * FROM (VALUES ${join(rows, ', ')}) AS t(no, key)`;
  await engine.query(createTable(run, 'agents', select));
  return agents;
}

function namesOf(run: RunTables): Sql {
  const { scope } = run;
  const arrivals = run.table('arrival_texts');
  const parties = (keys: readonly Sql[], types: readonly string[], rest = sql``): Sql[] =>
    occurs(run, ...types)
      ? [sql`SELECT unnest([${join(keys, ', ')}]), TRUE FROM ${eventsOfRun(scope, types)} ${rest}`]
      : [];
  const whole = sql`SELECT tx_id FROM ${arrivals} WHERE sender <> '' AND receiver <> ''`;
  // By their places first: mostly there are none, and then no details are read.
  const withoutArrival = sql`AND row_order IN (SELECT row_order FROM ${eventsOfRun(scope, settlingEvents)}
    AND (tx_id IS NULL OR tx_id NOT IN (${whole})))`;
  const all = [
    sql`SELECT DISTINCT agent_id AS name, FALSE AS escaped FROM ${eventsOfRun(scope)} AND agent_id IS NOT NULL`,
    sql`SELECT DISTINCT sender, TRUE FROM ${arrivals} UNION ALL SELECT DISTINCT receiver, TRUE FROM ${arrivals}`,
    ...parties([textIn('sender'), textIn('receiver')], settlingEvents, withoutArrival),
    ...parties([textIn('agent_a'), textIn('agent_b')], ['LsmBilateralOffset']),
    ...parties(
      ['from_agent', 'to_agent', 'agent'].map((key) => textIn(key, innerDetails)),
      ['ScenarioEventExecuted'],
    ),
    ...(occurs(run, 'LsmCycleSettlement')
      ? [sql`SELECT unnest(${textsIn('agents')}), TRUE FROM ${eventsOfRun(scope, ['LsmCycleSettlement'])}`]
      : []),
  ];
  return sql`SELECT DISTINCT name, escaped FROM (${join(all, ' UNION ALL ')}) WHERE name IS NOT NULL
    ORDER BY escaped, name`;
}

const poolSpec = { seq: int, tick: int, cents: money, before: money };
const balanceSpec = { seq: int, agent: int, balance: money };

/**
 * A pool's event that does not say whose it is belongs to the one agent whose balance is what it records before
 * it; events that record the same are interchangeable. Found ones join `moves`; gives the number of the others.
 */
export async function nameUnnamedPools(engine: Engine, run: RunTables, agentCount: number): Promise<number> {
  const amount = integerIn('amount');
  const moved = sql`CASE WHEN ${kindIn(run, ...returningEvents)} THEN -${amount} ELSE ${amount} END`;
  const events = await queryRows(
    engine,
    sql`SELECT seq, tick, ${moved} AS cents, ${integerIn('balance_after')} - ${moved} AS before
      FROM ${withDetails(run, ...poolEvents)} WHERE agent IS NULL AND ${amount} IS NOT NULL
        AND ${integerIn('balance_after')} IS NOT NULL ORDER BY seq`,
    poolSpec,
  );
  if (events.length === 0 || agentCount === 0) return events.length;
  const named: { readonly event: (typeof events)[number]; readonly agent: number }[] = [];
  for (const tick of new Set(events.map((event) => event.tick))) {
    const group = events.filter((event) => event.tick === tick);
    const first = Math.min(...group.map(({ seq }) => seq));
    const balances = await balancesBefore(engine, run, first, named);
    const taken = new Set<number>();
    for (const event of group) {
      const fitting = [...balances].filter(
        ([agent, balance]) => balance === event.before && !taken.has(agent),
      );
      const alike = group.every(({ cents, before }) => before !== event.before || cents === event.cents);
      const [agent] = fitting[0] ?? [];
      if (agent === undefined || (fitting.length > 1 && !alike)) continue;
      taken.add(agent);
      named.push({ event, agent });
    }
  }
  if (named.length > 0) {
    const rows = named.map(
      ({ event, agent }) =>
        sql`(${event.seq}, FALSE, ${event.tick}, ${agent}, ${event.cents}::BIGINT, ${event.before}::BIGINT)`,
    );
    await engine.query(
      sql`INSERT INTO ${run.table('moves')} (seq, later, tick, agent, cents, recorded_before) VALUES ${join(rows, ', ')}`,
    );
  }
  return events.length - named.length;
}

/** Balances before an event, of the agents whose settlements record one. */
async function balancesBefore(
  engine: Engine,
  run: RunTables,
  seq: number,
  named: readonly { readonly event: { readonly cents: bigint }; readonly agent: number }[],
): Promise<ReadonlyMap<number, bigint>> {
  const rows = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT agent, seq, cents, recorded_before,
          sum(cents) OVER (PARTITION BY agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING) - cents AS moved
        FROM ${run.table('moves')}
      )
      SELECT 0 AS seq, agent, ((arg_min(recorded_before - moved, seq) FILTER (recorded_before IS NOT NULL))
        + coalesce(sum(cents) FILTER (seq < ${seq}), 0))::BIGINT AS balance
      FROM running GROUP BY agent HAVING count(recorded_before) > 0`,
    balanceSpec,
  );
  return new Map(
    rows.map(({ agent, balance }) => [
      agent,
      named.reduce<bigint>((sum, one) => (one.agent === agent ? sum + one.event.cents : sum), balance),
    ]),
  );
}
