/** One pass of the loop (domain.md 9.3): measure, decide whether to stop, ask, judge. */
import type { JsonObject } from '../../lib/json.ts';
import type { IterationBundle } from '../../persistence/experimentRepository.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { ExperimentEventRow } from '../../schema/models/experimentEvents.ts';
import type { PolicyEvaluationRow } from '../../schema/models/policyEvaluations.ts';
import { cents } from '../../lib/units.ts';
import { toJsonObject } from '../record/toJson.ts';
import type { Policies } from './compare.ts';
import { stopOf } from './convergence.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { ask, exchangeEvent, type Exchange } from './exchange.ts';
import { judge } from './judge.ts';
import type { Laboratory } from './laboratory.ts';
import { historyOf, progressOf, totalOfRow, type Memory } from './memory.ts';

/** What the proposals of one iteration left behind. */
interface Proposals {
  readonly accepted: ReadonlySet<AgentId>;
  readonly events: readonly JsonEvent[];
  readonly evaluations: readonly PolicyEvaluationRow[];
}
type JsonEvent = readonly [type: string, data: JsonObject];

function runEvent({ run, purpose, seed, costs }: Evaluation): JsonEvent {
  return [
    'simulation_run',
    toJsonObject({
      simulation_id: run.record.run.simulationId,
      purpose,
      seed,
      ticks: run.outcome.ticks,
      total_cost: run.outcome.totalCostCents,
      per_agent_costs: Object.fromEntries(
        run.outcome.agents
          .filter((agent) => costs.has(agent.agentId))
          .map((agent) => [agent.agentId, agent.costs.total]),
      ),
      num_events: run.eventCount,
    }),
  ];
}

function evaluationEvent({ costs }: Evaluation): JsonEvent {
  const total = cents([...costs.values()].reduce((sum, cost) => sum + cost, 0n));
  return ['evaluation', toJsonObject({ total_cost: total, per_agent_costs: Object.fromEntries(costs) })];
}

/** An invalid proposal has no evaluation row; this event says what was proposed and why it was not tried. */
function invalidEvent(
  agentId: AgentId,
  policy: JsonObject,
  error: string,
  cost: bigint | undefined,
): JsonEvent {
  return [
    'policy_rejected',
    toJsonObject({
      agent_id: agentId,
      proposed_policy: policy,
      validation_errors: [error],
      rejection_reason: 'validation_failed',
      old_cost: cost ?? null,
      new_cost: null,
    }),
  ];
}

function withError(exchange: Exchange, error: string, json: JsonObject): Exchange {
  return { ...exchange, reading: { kind: 'invalid', json, error } };
}

/** Asks for every agent in turn; an accepted policy is in force when the next agent's is compared. */
async function propose(
  lab: Laboratory,
  memory: Memory,
  evaluation: Evaluation,
  current: Policies,
): Promise<Proposals> {
  const iteration = memory.iterations.length;
  const policies = new Map(current);
  const accepted = new Set<AgentId>();
  const events: JsonEvent[] = [];
  const evaluations: PolicyEvaluationRow[] = [];
  for (const agentId of lab.agents) {
    const policy = current.get(agentId);
    const costCents = evaluation.costs.get(agentId);
    if (policy === undefined || costCents === undefined) throw new Error(`no policy of ${agentId}`);
    const context = {
      masterSeed: lab.config.master_seed,
      iteration,
      agentId,
      policy: policy.json,
      costCents,
      history: historyOf(memory, agentId),
    };
    let exchange = await ask(lab.proposer, context, lab.elapsed);
    const { reading } = exchange;
    if (reading.kind === 'policy') {
      const judgement = judge(lab, iteration, evaluation, policies, agentId, reading.policy);
      if (judgement.kind === 'fault') exchange = withError(exchange, judgement.error, reading.policy.json);
      else {
        if (judgement.row !== undefined) evaluations.push(judgement.row);
        if (judgement.accepted) {
          accepted.add(agentId);
          policies.set(agentId, reading.policy);
        }
      }
    }
    events.push(['llm_interaction', exchangeEvent(agentId, exchange)]);
    if (exchange.reading.kind === 'invalid') {
      events.push(invalidEvent(agentId, exchange.reading.json, exchange.reading.error, costCents));
    }
  }
  return { accepted, events, evaluations };
}

/** Everything that iteration `memory.iterations.length` leaves behind, ready to be stored as one. */
export async function runIteration(
  lab: Laboratory,
  memory: Memory,
  policies: Policies,
): Promise<IterationBundle> {
  const { experimentId, agents, clock } = lab;
  const iteration = memory.iterations.length;
  const evaluation = evaluate(lab, iteration, policies);
  const timestamp = clock();
  const { costs, purpose, run } = evaluation;
  const progress = progressOf(memory, agents);
  const soFar = { ...progress, costs: [...progress.costs, totalOfRow({ costsPerAgent: costs })] };
  const stop = stopOf(lab.config.evaluation.mode, soFar, lab.config.convergence);
  const { accepted, events, evaluations }: Proposals =
    stop === undefined
      ? await propose(lab, memory, evaluation, policies)
      : { accepted: new Set(), events: [], evaluations: [] };
  const isStored = lab.levelFor(purpose) !== 'none';
  const all = [...(isStored ? [runEvent(evaluation)] : []), evaluationEvent(evaluation), ...events];
  return {
    iteration: {
      experimentId,
      iteration,
      costsPerAgent: costs,
      acceptedChanges: new Map(agents.map((agentId) => [agentId, accepted.has(agentId)])),
      policies: new Map([...policies].map(([agentId, { json }]) => [agentId, json])),
      timestamp,
      ...(isStored ? { evaluationSimulationId: run.record.run.simulationId } : {}),
    },
    runs: [run.record],
    events: all.map(([eventType, eventData]): ExperimentEventRow => ({
      experimentId,
      iteration,
      eventType,
      eventData,
      timestamp: clock(),
    })),
    evaluations,
  };
}
