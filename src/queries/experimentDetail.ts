import type { IterationEvidence } from '../domain/verdict/evidence.ts';
import type { Json } from '../lib/json.ts';
import { numericParameters, unreadableParameters } from '../domain/policy/parameters.ts';
import { simulationId, type AgentId } from '../lib/ids.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../domain/experiment/normalised.ts';
import { judgedIterations } from './judged.ts';
import { readConfig, readExperimentRow } from './read/experimentRow.ts';
import {
  knownCosts,
  readCostsOf,
  agentsTotal,
  unreadableCosts,
  type StoredCosts,
  evaluationIterations,
  type StoredIteration,
} from './read/iterationRows.ts';
import { readLinkedRuns } from './read/runRows.ts';
import { collectInSlices } from './read/slices.ts';
import { defineQuery } from './query.ts';
import type { ExperimentScope } from './scope.ts';

/** Everything the experiment page draws; undefined when the file has no such experiment. */
export const experimentDetail = defineQuery({
  name: 'experimentDetail',
  scope: 'experiment',
  async run(engine, params: ExperimentScope, signal): Promise<ExperimentDetail | undefined> {
    const { fileId, experimentId } = params;
    const judged = judgedIterations.about({ fileId, experimentId });
    const row = await readExperimentRow(engine, params, signal);
    if (row === undefined) return undefined;
    const { stored, iterations, proposals } = await engine.ask(judged, signal);
    const costs = await collectInSlices(readCostsOf(stored.iterations), signal);
    const runs = await readLinkedRuns(
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
    const { evaluationSimulationId: run } = row;
    return {
      iteration: row.iteration,
      costsCents: knownCosts(ofIteration),
      unreadableCosts: unreadableCosts(row.costsPerAgent, priced),
      totalCents: agentsTotal(ofIteration, priced),
      ...known,
      recordedAt: row.recordedAt,
      evaluationSimulationId: run === undefined ? undefined : simulationId(run),
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
