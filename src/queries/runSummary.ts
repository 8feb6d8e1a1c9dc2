import type { Engine } from '../engine/engine.ts';
import type { AgentId } from '../schema/ids.ts';
import { addCents, cents } from '../schema/units.ts';
import type { RunSummary } from '../schema/answers.ts';
import { readRunBalances } from './read/runBalances.ts';
import { noCosts, readRunCosts } from './read/runCosts.ts';
import { readRunCounts } from './read/runCounts.ts';
import { readRunRow } from './read/runRow.ts';
import type { RunScope } from './scope.ts';

/** One run recounted from its events; undefined when the file knows no such run. */
export async function runSummary(
  engine: Engine,
  params: RunScope,
  signal?: AbortSignal,
): Promise<RunSummary | undefined> {
  const row = await readRunRow(engine, params, signal);
  const counts = await readRunCounts(engine, params, signal);
  if (row === undefined && counts.eventCount === 0) return undefined;
  const costs = await readRunCosts(engine, params, signal);
  const balances = await readRunBalances(engine, params, row?.configJson, signal);
  const agents = new Set<AgentId>([...balances.keys(), ...costs.keys()]);
  return {
    run: row?.facts,
    ...counts,
    agents: [...agents].map((agentId) => ({
      agentId,
      costs: costs.get(agentId) ?? noCosts,
      balances: balances.get(agentId),
    })),
    totalCostCents: [...costs.values()].reduce((sum, { totalCents }) => addCents(sum, totalCents), cents(0n)),
  };
}
