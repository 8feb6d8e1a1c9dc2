import { PolicyFault } from '../../domain/policy/interpret/evaluate.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { PolicyEvaluationRow } from '../../schema/models/policyEvaluations.ts';
import { cents } from '../../lib/units.ts';
import type { AgentPolicy } from '../record/recordRun.ts';
import { decide } from './acceptance.ts';
import { comparePair, costsOnSamples, type Policies } from './compare.ts';
import type { Evaluation } from './evaluate.ts';
import { pairRow, samplesRow } from './evaluationRow.ts';
import type { Laboratory } from './laboratory.ts';
import { iterationSeed } from './seeds.ts';

/** What became of a proposal that could be loaded. `fault`: it broke down while it was tried. */
export type Judgement =
  | { readonly kind: 'judged'; readonly accepted: boolean; readonly row: PolicyEvaluationRow | undefined }
  | { readonly kind: 'fault'; readonly error: string };

/** Runs the comparison that the mode asks for and decides (domain.md 6.3). */
function compareAndDecide(
  lab: Laboratory,
  iteration: number,
  evaluation: Evaluation,
  policies: Policies,
  agentId: AgentId,
  proposal: AgentPolicy,
): Judgement {
  const { mode, acceptance } = lab.config.evaluation;
  const base = {
    experimentId: lab.experimentId,
    iteration,
    agentId,
    proposal,
    contextCostCents: evaluation.costs.get(agentId) ?? cents(0n),
    timestamp: lab.clock(),
  };
  const own = evaluation.samples.get(agentId);
  if (own !== undefined) {
    const newCosts = costsOnSamples(own.samples, agentId, proposal);
    const comparison = { oldCosts: own.oldCosts, newCosts, settlementRate: undefined };
    const decision = decide(comparison, acceptance);
    const row = samplesRow({ ...base, decision }, comparison, own.samples);
    return { kind: 'judged', accepted: decision.accepted, row };
  }
  const seed = iterationSeed(lab.config.master_seed, iteration, agentId);
  const pair = comparePair(lab.scenario, policies, agentId, proposal, seed);
  // Temporal mode takes every policy that works; it was tried above only to see that it does.
  if (mode === 'deterministic-temporal') return { kind: 'judged', accepted: true, row: undefined };
  const decision = decide(pair.comparison, acceptance);
  return { kind: 'judged', accepted: decision.accepted, row: pairRow({ ...base, decision }, pair, seed) };
}

export function judge(...asked: Parameters<typeof compareAndDecide>): Judgement {
  try {
    return compareAndDecide(...asked);
  } catch (cause) {
    if (cause instanceof PolicyFault) return { kind: 'fault', error: cause.message };
    throw cause;
  }
}
