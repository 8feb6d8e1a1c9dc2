/**
 * What an experiment knows of itself, always out of its stored rows: a run that was killed and reopened
 * remembers exactly what one that never stopped does, and so decides alike.
 */
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { AgentId } from '../../lib/ids.ts';
import type {
  ExperimentEventRow,
  ExperimentIterationRow,
  PolicyEvaluationRow,
} from '../../schema/models/experiments.ts';
import type { AgentPolicy } from '../record/recordRun.ts';
import type { Policies } from './compare.ts';
import type { LoopHistory } from './convergence.ts';
import type { PastProposal } from './proposer.ts';
import { ownParameters } from './localSearch.ts';

export interface Memory {
  readonly iterations: readonly ExperimentIterationRow[];
  readonly events: readonly ExperimentEventRow[];
  readonly evaluations: readonly PolicyEvaluationRow[];
}

/** A policy that was stored because it could be loaded. */
export function requirePolicy(json: JsonObject): AgentPolicy {
  const loaded = loadPolicy(json);
  if (!loaded.ok) throw new Error(`a stored policy cannot be loaded: ${describeProblems(loaded.error)}`);
  return { json, loaded: loaded.value };
}

function exchangeOf(memory: Memory, iteration: number, agentId: AgentId): JsonObject | undefined {
  return memory.events.findLast(
    (event) =>
      event.iteration === iteration &&
      event.eventType === 'llm_interaction' &&
      event.eventData.agent_id === agentId,
  )?.eventData;
}

function proposedIn(exchange: JsonObject | undefined): JsonObject | undefined {
  const policy = exchange?.parsed_policy;
  return isJsonObject(policy) ? policy : undefined;
}

/** Policies in force after the last stored iteration; undefined before the first. */
export function policiesAfter(memory: Memory): Policies | undefined {
  const last = memory.iterations.at(-1);
  if (last === undefined) return undefined;
  return new Map(
    [...last.policies].map(([agentId, policy]) => {
      const accepted = last.acceptedChanges.get(agentId) === true;
      const proposed = accepted ? proposedIn(exchangeOf(memory, last.iteration, agentId)) : undefined;
      if (accepted && proposed === undefined)
        throw new Error(`the accepted policy of ${agentId} is not stored`);
      return [agentId, requirePolicy(proposed ?? policy)];
    }),
  );
}

/** The proposals of one agent so far, with what became of them. */
export function historyOf(memory: Memory, agentId: AgentId): readonly PastProposal[] {
  return memory.iterations.flatMap((row): PastProposal[] => {
    const { iteration } = row;
    const exchange = exchangeOf(memory, iteration, agentId);
    if (exchange === undefined) return [];
    const evaluation = memory.evaluations.find(
      (candidate) => candidate.iteration === iteration && candidate.agentId === agentId,
    );
    const judged = evaluation && (evaluation.accepted ? 'accepted' : 'rejected');
    const unjudged =
      exchange.parsing_error !== null
        ? 'invalid'
        : row.acceptedChanges.get(agentId) === true
          ? 'accepted'
          : 'no_change';
    return [
      {
        iteration,
        verdict: judged ?? unjudged,
        policy: proposedIn(exchange),
        oldCostCents: evaluation?.oldCostCents,
        newCostCents: evaluation?.newCostCents,
      },
    ];
  });
}

/** Sum over agents, in cents; exact, as the simulator keeps costs below 2^53. */
export function totalOfRow(row: Pick<ExperimentIterationRow, 'costsPerAgent'>): number {
  return Number([...row.costsPerAgent.values()].reduce((sum, cost) => sum + cost, 0n));
}

function proposedFractions(memory: Memory, agentId: AgentId): readonly (number | undefined)[] {
  return memory.iterations.flatMap(({ iteration }) => {
    const exchange = exchangeOf(memory, iteration, agentId);
    const policy = proposedIn(exchange);
    return exchange === undefined ? [] : [policy && ownParameters(policy).initial_liquidity_fraction];
  });
}

export function progressOf(memory: Memory, agents: readonly AgentId[]): LoopHistory {
  return {
    costs: memory.iterations.map(totalOfRow),
    proposedFractions: agents.map((agentId) => proposedFractions(memory, agentId)),
  };
}
