import { settlingEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { boolean, queryRows, text } from '../../../engine/rows.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import { eventsOfRun, textIn, textsIn } from '../../read/eventFields.ts';
import { agentOfKey } from '../../read/iterationRows.ts';
import { createTable, innerDetails, occurs, type RunTables } from './tables.ts';

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
