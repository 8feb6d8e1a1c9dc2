import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { isJsonObject } from '../../lib/json.ts';
import { join, sql, type Sql } from '../../lib/sql.ts';
import type { AgentBalances } from '../../schema/answers.ts';
import { agentId, type AgentId } from '../../schema/ids.ts';
import { addCents, cents, type Cents } from '../../schema/units.ts';
import type { RunScope } from '../scope.ts';
import { eventsOfRun } from './eventFields.ts';
import { agentOfKey } from './iterationIndex.ts';
import { centsField, objectOf, textField } from './jsonFields.ts';
import { movesOfRun } from './runMoves.ts';

const spec = {
  agent: text,
  /** From the first settlement that records the sender's balance before it. */
  startCents: nullable(money),
  movedCents: money,
  /** Lowest sum of moves at the end of a tick; 0 or less, as nothing has moved at first. */
  lowestMoveCents: money,
  mismatches: int,
};

type Moved = RowOf<typeof spec>;

/**
 * Start, end and lowest balance of each agent. The start is what the first recorded balance implies, else the
 * scenario's opening balance, unless a pool of unknown share was added to it; then the agent is left out.
 */
export async function readRunBalances(
  engine: Engine,
  params: RunScope,
  configJson: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, AgentBalances>> {
  const named = sql`SELECT DISTINCT agent_id AS agent FROM ${eventsOfRun(params)} AND agent_id IS NOT NULL`;
  const agents = await queryRows(engine, named, { agent: text }, signal);
  const known = agents.map(({ agent }) => agent);
  const allocating = sql`SELECT count(*) AS allocations FROM ${eventsOfRun(params, ['LiquidityAllocation'])}`;
  const [count] = await queryRows(engine, allocating, { allocations: int }, signal);
  const opening = openingBalances(configJson, (count?.allocations ?? 0) > 0);
  const rows = await queryRows(engine, balanceStatement(params, known), spec, signal);
  const moved = new Map(rows.map((row) => [agentOfKey(row.agent), row]));
  const balances = new Map<AgentId, AgentBalances>();
  for (const agent of new Set([...opening.keys(), ...moved.keys()])) {
    const move = moved.get(agent);
    const start = move?.startCents ?? opening.get(agent);
    if (start !== undefined) balances.set(agent, balanceOf(start, move));
  }
  return balances;
}

function balanceOf(start: Cents, move: Moved | undefined): AgentBalances {
  const { movedCents = cents(0n), lowestMoveCents = cents(0n), mismatches = 0 } = move ?? {};
  const lowestCents = addCents(start, lowestMoveCents);
  return { startCents: start, endCents: addCents(start, movedCents), lowestCents, mismatches };
}

function balanceStatement(params: RunScope, agents: readonly string[]): Sql {
  return sql`${movesOfRun(params, unescaped(agents))}, running AS (
      SELECT agent, seq, cents, recorded_before,
        sum(cents) OVER (PARTITION BY agent ORDER BY seq, cents DESC ROWS UNBOUNDED PRECEDING) AS moved,
        sum(cents) OVER (PARTITION BY agent ORDER BY tick) AS moved_by_end_of_tick
      FROM moves WHERE agent <> '' AND cents IS NOT NULL
    ), started AS (
      SELECT agent, arg_min(recorded_before - (moved - cents), seq) FILTER (recorded_before IS NOT NULL) AS start
      FROM running GROUP BY agent
    )
    SELECT agent, start::BIGINT AS start_cents, sum(cents)::BIGINT AS moved_cents,
      least(0, min(moved_by_end_of_tick))::BIGINT AS lowest_move_cents,
      count(*) FILTER (recorded_before <> start + moved - cents) AS mismatches
    FROM running JOIN started USING (agent) GROUP BY agent, start ORDER BY agent`;
}

/**
 * Names inside `details` are JSON text, those in the column are not: a name that JSON writes differently (an
 * accent, a quote) is mapped back, so that both kinds of event add up to one agent.
 */
function unescaped(agents: readonly string[]): (key: Sql) => Sql {
  const cases = agents.flatMap((agent) =>
    [...new Set(jsonForms(agent))]
      .filter((form) => form !== agent)
      .map((form) => sql`WHEN ${form} THEN ${agent}`),
  );
  return (key) => (cases.length === 0 ? key : sql`CASE ${key} ${join(cases, ' ')} ELSE ${key} END`);
}

/** As JSON writers put it between quotes: as it is, or in ASCII alone (Python's default). */
function jsonForms(name: string): readonly string[] {
  const plain = JSON.stringify(name).slice(1, -1);
  const ascii = plain.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [plain, ascii];
}

/** Opening balances of a stored scenario; of an agent with a pool only where events tell what was allocated. */
function openingBalances(
  configJson: string | undefined,
  allocationsRecorded: boolean,
): ReadonlyMap<AgentId, Cents> {
  const agents = objectOf(configJson)?.agents;
  const found = new Map<AgentId, Cents>();
  for (const entry of Array.isArray(agents) ? agents : []) {
    if (!isJsonObject(entry)) continue;
    const id = textField(entry.id);
    const opening = centsField(entry.opening_balance);
    const pool = centsField(entry.liquidity_pool) ?? cents(0n);
    if (id === undefined || opening === undefined) continue;
    if (pool === 0n || allocationsRecorded) found.set(agentId(id), opening);
  }
  return found;
}
