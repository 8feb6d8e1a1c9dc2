import type { ExperimentFacts } from '../domain/answers/experiments.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../domain/experiment/normalised.ts';
import { numericParameters, unreadableParameters } from '../domain/policy/parameters.ts';
import type { IterationEvidence } from '../domain/verdict/evidence.ts';
import type { Engine } from '../engine/engine.ts';
import { boolean, int, queryRows, type RowOf } from '../engine/rows.ts';
import type { AgentId } from '../lib/ids.ts';
import type { Json } from '../lib/json.ts';
import { sql } from '../lib/sql.ts';
import { exchangeUse, noUse } from './exchangeUse.ts';
import { judgedIterations } from './judged.ts';
import { defineQuery } from './query.ts';
import { readConfig, readExperimentRow, experimentKey } from './read/experimentRow.ts';
import {
  knownCosts,
  agentsTotal,
  unreadableCosts,
  type StoredCosts,
  evaluationIterations,
  type StoredIteration,
} from './read/iterationRows.ts';
import { linkedRuns, runsOfExperiment } from './read/runRows.ts';
import { type ExperimentScope, ofExperiment } from './scope.ts';

/** Everything the experiment page draws; undefined when the file has no such experiment. */
export const experimentDetail = defineQuery({
  name: 'experimentDetail',
  scope: 'experiment',
  async run(engine, params: ExperimentScope, signal): Promise<ExperimentDetail | undefined> {
    const { fileId, experimentId } = params;
    const judged = judgedIterations.about({ fileId, experimentId });
    const row = await readExperimentRow(engine, params, signal);
    if (row === undefined) return undefined;
    const { stored, iterations, costs, proposals } = await engine.ask(judged, signal);
    const runs = await linkedRuns(
      engine,
      params,
      {
        config: readConfig(row.config, row.masterSeed),
        lastIteration: stored.iterations.at(-1)?.iteration ?? -1,
        evaluationIterations: evaluationIterations(stored.iterations),
      },
      signal,
    );
    return {
      agents: agentsOf(iterations, costs, proposals),
      iterations: iterationRows(stored.iterations, iterations, costs),
      proposals,
      runs,
    };
  },
});

/** In order of first appearance: policies, then costs, then proposals. */
function agentsOf(
  iterations: readonly IterationEvidence[],
  costs: readonly StoredCosts[],
  proposals: readonly Proposal[],
): readonly AgentId[] {
  const agents = new Set<AgentId>();
  for (const { policies } of iterations) for (const agent of policies.keys()) agents.add(agent);
  for (const ofIteration of costs) for (const agent of ofIteration.keys()) agents.add(agent);
  for (const { agentId } of proposals) agents.add(agentId);
  return [...agents];
}

function iterationRows(
  stored: readonly StoredIteration[],
  evidence: readonly IterationEvidence[],
  costs: readonly StoredCosts[],
): IterationRow[] {
  const priced = new Set(costs.flatMap((ofIteration) => [...ofIteration.keys()]));
  const parameters = new Map<ReadonlyMap<AgentId, Json>, Parameters>();
  return stored.map((row, position) => {
    const policies = evidence[position]?.policies ?? new Map<AgentId, Json>();
    const known = parameters.get(policies) ?? parametersOf(policies);
    parameters.set(policies, known);
    const ofIteration = costs[position] ?? new Map<AgentId, undefined>();
    return {
      iteration: row.iteration,
      costsCents: knownCosts(ofIteration),
      unreadableCosts: unreadableCosts(row.costsPerAgent, priced),
      totalCents: agentsTotal(ofIteration, priced),
      ...known,
    };
  });
}

type Parameters = Pick<IterationRow, 'parameters' | 'unreadableParameters'>;

function parametersOf(policies: ReadonlyMap<AgentId, Json>): Parameters {
  const odd = [...policies].map(([agent, policy]) => [agent, unreadableParameters(policy)] as const);
  return {
    parameters: new Map([...policies].map(([agent, policy]) => [agent, numericParameters(policy)])),
    unreadableParameters: new Map(odd.filter(([, found]) => found.size > 0)),
  };
}

const factsSpec = {
  iterations: int,
  evaluations: int,
  exchanges: int,
  runs: int,
  simulationEvents: int,
  samples: int,
};

/** From this day on each agent's cost is its own (domain.md 9.3). */
const ownCostsSince = '2025-12-18';

/** Configuration of one experiment and what the file records for it; undefined when it has no such experiment. */
export const experimentFacts = defineQuery({
  name: 'experimentFacts',
  scope: 'experiment',
  async run(engine, params: ExperimentScope, signal): Promise<ExperimentFacts | undefined> {
    const { fileId, experimentId } = params;
    const row = await readExperimentRow(engine, params, signal);
    if (row === undefined) return undefined;
    const config = readConfig(row.config, row.masterSeed);
    const shared = row.createdAt !== undefined && row.createdAt < ownCostsSince;
    const [recorded, use, costsSplitEqually] = await Promise.all([
      readCounts(engine, params, signal),
      engine.ask(exchangeUse.about({ fileId, experimentId }), signal),
      config.evaluationMode === 'bootstrap' && shared && allAgentsCostTheSame(engine, params, signal),
    ]);
    return {
      config,
      configText: row.config ?? '',
      recorded,
      ...(use.get(experimentKey(params)) ?? noUse),
      costsSplitEqually,
    };
  },
});

async function readCounts(
  engine: Engine,
  params: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof factsSpec>> {
  const condition = ofExperiment(params);
  const runs = sql`SELECT simulation_id FROM simulation_runs WHERE ${runsOfExperiment(params)}`;
  const statement = sql`SELECT
    (SELECT count(*) FROM iterations WHERE ${condition}) AS iterations,
    (SELECT count(*) FROM evaluations WHERE ${condition}) AS evaluations,
    (SELECT count(*) FROM experiment_events WHERE ${condition} AND event_type = 'llm_interaction') AS exchanges,
    (SELECT count(*) FROM (${runs})) AS runs,
    (SELECT count(*) FROM simulation_events
      WHERE file_id = ${params.fileId} AND simulation_id IN (${runs})) AS simulation_events,
    (SELECT coalesce(sum(sample_count), 0)::BIGINT FROM evaluations
      WHERE ${condition} AND sample_count > 1) AS samples`;
  const [counts] = await queryRows(engine, statement, factsSpec, signal);
  if (counts === undefined) throw new TypeError('a statement of scalars gave no row');
  return counts;
}

async function allAgentsCostTheSame(
  engine: Engine,
  params: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const statement = sql`SELECT coalesce(min(agents) > 1 AND bool_and(lowest = highest), false) AS equal FROM (
    SELECT count(*) AS agents, min(cost_cents) AS lowest, max(cost_cents) AS highest
    FROM iteration_costs WHERE ${ofExperiment(params)} GROUP BY iteration)`;
  const [found] = await queryRows(engine, statement, { equal: boolean }, signal);
  return found?.equal === true;
}
