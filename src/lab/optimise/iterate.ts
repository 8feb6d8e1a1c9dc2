/** One pass of the loop (domain.md 9.3): measure, decide whether to stop, ask, judge. */
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import type { IterationBundle } from '../../persistence/experimentRepository.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { ExperimentEventRow, PolicyEvaluationRow } from '../../schema/models/experiments.ts';
import { cents } from '../../lib/units.ts';
import { toJsonObject } from '../record/toJson.ts';
import type { Policies } from './compare.ts';
import { stopOf } from './convergence.ts';
import { evaluate, judge, type Evaluation } from './evaluate.ts';
import type { Laboratory } from './laboratory.ts';
import { historyOf, progressOf, totalOfRow, type Memory } from './memory.ts';
import { samePolicy } from '../../domain/policy/policyJson.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { AgentPolicy } from '../record/recordRun.ts';
import type { ProposalContext, Proposer, ProposerAnswer } from './proposer.ts';

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

/** What an answer turned out to be. */
type Reading =
  | { readonly kind: 'policy'; readonly policy: AgentPolicy }
  /** The very policy in force: nothing to compare. */
  | { readonly kind: 'no_change'; readonly policy: AgentPolicy }
  /** JSON, but no policy that can be evaluated. */
  | { readonly kind: 'invalid'; readonly json: JsonObject; readonly error: string }
  | { readonly kind: 'unparsable'; readonly error: string };

interface Exchange {
  readonly answer: ProposerAnswer;
  readonly model: string;
  readonly reading: Reading;
  readonly latencySeconds: number;
}

/** The JSON of an answer: the whole of it, or the first fenced block. */
function jsonText(raw: string): string {
  return /```(?:json)?\s*\n([\s\S]*?)```/.exec(raw)?.[1] ?? raw;
}

function readAnswer(raw: string, current: JsonObject): Reading {
  const parsed = parseJson(jsonText(raw));
  if (!parsed.ok) return { kind: 'unparsable', error: `no JSON: ${parsed.error}` };
  if (!isJsonObject(parsed.value)) return { kind: 'unparsable', error: 'the answer is not a JSON object' };
  const json = parsed.value;
  const loaded = loadPolicy(json);
  if (!loaded.ok) return { kind: 'invalid', json, error: describeProblems(loaded.error) };
  const policy = { json, loaded: loaded.value };
  return { kind: samePolicy(json, current) ? 'no_change' : 'policy', policy };
}

async function ask(proposer: Proposer, context: ProposalContext, elapsed: () => number): Promise<Exchange> {
  const start = elapsed();
  const answer = await proposer.propose(context);
  return {
    answer,
    model: proposer.model,
    reading: readAnswer(answer.rawResponse, context.policy),
    latencySeconds: elapsed() - start,
  };
}

/** Words between white space: what the original calls tokens (domain.md 0.10). */
function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** The event of domain.md 5.1, key by key. */
function exchangeEvent(agentId: string, exchange: Exchange): JsonObject {
  const { answer, reading } = exchange;
  const { systemPrompt, userPrompt, rawResponse } = answer;
  const failed = reading.kind === 'invalid' || reading.kind === 'unparsable';
  return {
    agent_id: agentId,
    system_prompt: systemPrompt,
    user_prompt: userPrompt,
    raw_response: rawResponse,
    parsed_policy:
      reading.kind === 'unparsable' ? null : reading.kind === 'invalid' ? reading.json : reading.policy.json,
    parsing_error: failed ? reading.error : null,
    model: exchange.model,
    prompt_tokens: wordCount(systemPrompt) + wordCount(userPrompt),
    completion_tokens: wordCount(rawResponse),
    latency_seconds: exchange.latencySeconds,
  };
}
