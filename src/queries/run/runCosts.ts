import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows } from '../../engine/rows.ts';
import { ident, join, sql } from '../../lib/sql.ts';
import { agentCosts, byListedCost, type AgentCosts, type ByListedCost } from '../../domain/costs.ts';
import type { AgentId } from '../../lib/ids.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { sumOf } from '../read/eventFields.ts';
import { costColumns } from './prepare/tables.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

/** Listed parts and total, as the tables of a prepared run name them. */
export type CostParts = ByListedCost<Cents> & { readonly total: Cents };

export const costsOf = (parts: CostParts): AgentCosts => agentCosts(parts.total, parts);

const zero = cents(0n);
export const noAgentCosts = costsOf({ total: zero, ...byListedCost(() => zero) });

const spec = { agent: int, total: money, ...byListedCost(() => money) };

/** Of all agents together, whether the accruals name them or not. */
export async function readTotalCost(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
  fromTick = 0,
): Promise<AgentCosts> {
  const sums = costColumns.map((column) => sql`${sumOf(ident(column))} AS ${ident(column)}`);
  const statement = sql`SELECT 0 AS agent, ${join(sums, ', ')} FROM ${run.table('costs')} WHERE tick >= ${fromTick}`;
  const [row] = await queryRows(engine, statement, spec, signal);
  return row === undefined ? noAgentCosts : costsOf(row);
}

/** Agents one of whose accruals cannot be read: their cost is unknown. */
export async function readAgentsWithUnreadableCost(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<AgentId>> {
  if (!run.lost.what.has('cost')) return new Set();
  const statement = sql`SELECT DISTINCT agent FROM ${run.table('costs')} WHERE unreadable AND agent IS NOT NULL`;
  const rows = await queryRows(engine, statement, { agent: int }, signal);
  return new Set(rows.map(({ agent }) => run.agents[agent]).filter((id) => id !== undefined));
}

/** Costs over the whole run, or from a tick on, of the agents that were charged any. */
export async function readRunCosts(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
  fromTick = 0,
): Promise<ReadonlyMap<AgentId, AgentCosts>> {
  const sums = costColumns.map((column) => sql`${sumOf(ident(column))} AS ${ident(column)}`);
  const statement = sql`SELECT agent, ${join(sums, ', ')} FROM ${run.table('costs')} WHERE tick >= ${fromTick} AND agent IS NOT NULL
    GROUP BY agent ORDER BY agent`;
  const rows = await queryRows(engine, statement, spec, signal);
  return new Map(
    rows.flatMap(({ agent, ...parts }) => {
      const id = run.agents[agent];
      return id === undefined ? [] : [[id, costsOf(parts)] as const];
    }),
  );
}
