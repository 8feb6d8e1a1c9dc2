import type { Engine } from '../../engine/engine.ts';
import { int, list, nullable, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { parseJson } from '../../lib/json.ts';
import { agentId, simulationId, type AgentId, type SimulationId } from '../../lib/ids.ts';
import { ofExperiment, type IterationScope } from '../scope.ts';

/** Where one iteration stands among those that are stored. */
export interface IterationIndex {
  readonly previousIteration: number | undefined;
  readonly nextIteration: number | undefined;
  /** -1 when no iteration is stored. */
  readonly lastIteration: number;
  /** Every agent that the experiment records a cost for, in any iteration. */
  readonly pricedAgents: ReadonlySet<AgentId>;
  readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
}

const placeSpec = {
  previous: nullable(int),
  next: nullable(int),
  last: nullable(int),
  agentKeys: list(text),
};
const runSpec = { iteration: int, run: text };

export async function readIterationIndex(
  engine: Engine,
  params: IterationScope,
  signal: AbortSignal | undefined,
): Promise<IterationIndex> {
  const condition = ofExperiment(params);
  const k = params.iteration;
  const place = sql`SELECT max(iteration) FILTER (iteration < ${k}) AS previous,
      min(iteration) FILTER (iteration > ${k}) AS next, max(iteration) AS last,
      (SELECT coalesce(list(DISTINCT agent_key), []) FROM iteration_costs WHERE ${condition}) AS agent_keys
    FROM iterations WHERE ${condition}`;
  const [found] = await queryRows(engine, place, placeSpec, signal);
  const linked = sql`SELECT iteration, evaluation_simulation_id AS run FROM iterations
    WHERE ${condition} AND evaluation_simulation_id IS NOT NULL`;
  const runs = await queryRows(engine, linked, runSpec, signal);
  return {
    previousIteration: found?.previous,
    nextIteration: found?.next,
    lastIteration: found?.last ?? -1,
    pricedAgents: new Set(found?.agentKeys.map(agentOfKey)),
    evaluationIterations: new Map(runs.map(({ iteration, run }) => [simulationId(run), iteration])),
  };
}

/** `agent_key` is the text between the quotes of the JSON, escapes and all. */
export function agentOfKey(key: string): AgentId {
  const parsed = parseJson(`"${key}"`);
  return agentId(parsed.ok && typeof parsed.value === 'string' ? parsed.value : key);
}
