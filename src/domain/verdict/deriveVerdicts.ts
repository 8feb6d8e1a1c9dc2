import type { AgentId } from '../../lib/ids.ts';
import type { Proposal, StoredJudgement } from '../experiment/normalised.ts';
import {
  allByIterationAndAgent,
  byIterationAndAgent,
  type DecisionEvidence,
  type EvaluationEvidence,
  type ExchangeEvidence,
  type Following,
  type IterationEvidence,
  type VerdictEvidence,
} from './evidence.ts';
import {
  conflictWords,
  inOrderOfTrust,
  noCurrentPolicy,
  otherThanProposed,
  pendingBecause,
  policyConflict,
  verdictNotReadable,
} from './notes.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import { numericParameters, unreadableParameters } from '../policy/parameters.ts';
import { samePolicy } from '../policy/policyJson.ts';
import { classifyRejection, type Verdict, type VerdictSource } from '../experiment/verdict.ts';
import { firstBy } from '../../lib/groupBy.ts';

/** The proposals of one experiment, judged; by iteration, then in the order of the policies. */
export function deriveVerdicts(evidence: VerdictEvidence): Proposal[] {
  return [...verdictsByIteration(evidence)].flat();
}

/** The same one iteration at a time, so that a caller may pause between two of ten thousand. */
export function* verdictsByIteration(evidence: VerdictEvidence): Generator<readonly Proposal[], void> {
  const rows = firstBy(evidence.iterations, (row) => row.iteration);
  const evaluations = allByIterationAndAgent(evidence.evaluations);
  const decisions = byIterationAndAgent(evidence.decisions);
  const exchanges = byIterationAndAgent(evidence.exchanges);
  const sources = [evaluations, decisions, exchanges];
  const last = evidence.iterations.reduce((most, row) => Math.max(most, row.iteration), -1);
  const iterations = new Set([...rows.keys(), ...sources.flatMap((source) => [...source.keys()])]);

  for (const iteration of [...iterations].sort((a, b) => a - b)) {
    const row = rows.get(iteration);
    const agents = new Set<AgentId>(row?.policies.keys());
    for (const source of sources) for (const agent of source.get(iteration)?.keys() ?? []) agents.add(agent);
    for (const agent of row?.flaggedAccepted ?? []) agents.add(agent);
    yield [...agents].flatMap((agentId) => {
      const around = {
        current: row?.policies.get(agentId),
        following: following(rows.get(iteration + 1), agentId, iteration < last),
      };
      const [evaluation, ...otherEvaluations] = inOrderOfTrust(
        evaluations.get(iteration)?.get(agentId) ?? [],
        around,
      );
      const verdict = judge({
        iteration,
        agentId,
        ...around,
        evaluation,
        otherEvaluations,
        decision: decisions.get(iteration)?.get(agentId),
        exchange: exchanges.get(iteration)?.get(agentId),
        flaggedAccepted: row?.flaggedAccepted.has(agentId) === true,
      });
      return verdict === undefined ? [] : [verdict];
    });
  }
}

function following(next: IterationEvidence | undefined, agent: AgentId, laterRows: boolean): Following {
  if (next === undefined) return { kind: laterRows ? 'gap' : 'end' };
  const policy = next.policies.get(agent);
  return policy === undefined || policy === null ? { kind: 'vanished' } : { kind: 'policy', policy };
}

/** Everything about one agent in one iteration. */
interface Case {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly current: Json | undefined;
  readonly following: Following;
  readonly evaluation: EvaluationEvidence | undefined;
  /** Further rows of the same iteration and agent. */
  readonly otherEvaluations: readonly EvaluationEvidence[];
  readonly decision: DecisionEvidence | undefined;
  readonly exchange: ExchangeEvidence | undefined;
  readonly flaggedAccepted: boolean;
}

/** The proposal of one agent in one iteration and its verdict, first match wins (domain.md 9.4); none: undefined. */
function judge(known: Case): Proposal | undefined {
  const { evaluation } = known;
  if (evaluation?.accepted !== undefined) return fromEvaluation(known, evaluation, evaluation.accepted);
  const derived = withoutEvaluation(known);
  return evaluation === undefined ? derived : withNumbersOf(known, evaluation, derived);
}

function withoutEvaluation(known: Case): Proposal | undefined {
  if (known.decision !== undefined) return fromDecision(known, known.decision);
  if (known.flaggedAccepted) return fromFlag(known);
  if (known.following.kind === 'policy') return fromNextPolicy(known, known.following.policy);
  return withoutNextPolicy(known, known.following.kind);
}

/** A row that does not tell its verdict still tells its numbers. */
function withNumbersOf(known: Case, row: EvaluationEvidence, derived: Proposal | undefined): Proposal {
  const judged =
    derived ?? proposal(known, 'pending', 'evaluation row', row.reason, row.policy, verdictNotReadable);
  return { ...judged, ...numbersOf(row) };
}

function fromEvaluation(known: Case, row: EvaluationEvidence, accepted: boolean): Proposal {
  const verdict = accepted ? 'accepted' : 'rejected';
  const policy = row.policy ?? (accepted ? nextPolicy(known) : undefined);
  const others = known.otherEvaluations.flatMap(judgementOf);
  return {
    ...proposal(known, verdict, 'evaluation row', row.reason, policy),
    ...conflict(known, verdict, policy),
    ...(others.length === 0 ? {} : { otherRows: others }),
    ...numbersOf(row),
  };
}

function numbersOf(row: EvaluationEvidence) {
  return {
    oldCostCents: row.oldCostCents,
    newCostCents: row.newCostCents,
    deltaSumCents: row.deltaSumCents,
    sampleCount: row.sampleCount,
    settlementRate: row.settlementRate,
    newCostStdDevCents: row.newCostStdDevCents,
    newCostIntervalCents: row.newCostIntervalCents,
    ...(row.unreadable === undefined ? {} : { unreadable: row.unreadable }),
  };
}

function fromDecision(known: Case, event: DecisionEvidence): Proposal {
  const { verdict, reason } = event;
  const policy =
    event.policy ?? usable(known.exchange) ?? (verdict === 'accepted' ? nextPolicy(known) : undefined);
  return {
    ...proposal(known, verdict, 'event', reason, policy),
    ...conflict(known, verdict, policy),
    ...(verdict === 'invalid' ? { invalidBecause: causeOf(event.policy ?? known.exchange?.policy) } : {}),
    oldCostCents: event.oldCostCents,
    newCostCents: event.newCostCents,
  };
}

function fromFlag(known: Case): Proposal {
  const policy = usable(known.exchange) ?? nextPolicy(known);
  return {
    ...proposal(known, 'accepted', 'accepted_changes', undefined, policy),
    ...conflict(known, 'accepted', policy),
  };
}

/** A recorded verdict against the policies before and after. */
function conflict(
  known: Case,
  verdict: 'accepted' | 'rejected' | 'invalid',
  policy: Json | undefined,
): Pick<Proposal, 'note' | 'policyConflict'> {
  const found = policyConflict(known, verdict, policy);
  return found === undefined ? {} : { policyConflict: found, note: conflictWords[found] };
}

function judgementOf(row: EvaluationEvidence): StoredJudgement[] {
  const { accepted, reason, oldCostCents, newCostCents, deltaSumCents } = row;
  return accepted === undefined ? [] : [{ accepted, reason, oldCostCents, newCostCents, deltaSumCents }];
}

function fromNextPolicy(known: Case, next: Json): Proposal | undefined {
  const { current, exchange } = known;
  const proposed = usable(exchange);
  const derived = 'derived from the next iteration';
  if (current === undefined) {
    if (exchange === undefined) return undefined;
    if (samePolicy(proposed, next)) return proposal(known, 'accepted', derived, undefined, next);
    if (unreadable(exchange)) return invalid(known, exchange);
    return proposal(known, 'pending', derived, undefined, proposed, noCurrentPolicy);
  }
  if (!samePolicy(current, next)) {
    return proposal(known, 'accepted', derived, undefined, next, otherThanProposed(exchange, proposed, next));
  }
  if (exchange === undefined) return undefined;
  if (unreadable(exchange)) return invalid(known, exchange);
  const verdict = samePolicy(proposed, current) ? 'no_change' : 'rejected';
  return proposal(known, verdict, derived, undefined, proposed);
}

function withoutNextPolicy(known: Case, kind: 'vanished' | 'gap' | 'end'): Proposal | undefined {
  const { exchange } = known;
  if (exchange === undefined) return undefined;
  if (unreadable(exchange)) return invalid(known, exchange);
  return proposal(known, 'pending', 'no next iteration', undefined, exchange.policy, pendingBecause(kind));
}

/** A parse error counts even beside a parsed policy: that one failed validation. */
function unreadable(exchange: ExchangeEvidence): boolean {
  return exchange.parsingError !== undefined || !isJsonObject(exchange.policy);
}

function usable(exchange: ExchangeEvidence | undefined): Json | undefined {
  return exchange === undefined || unreadable(exchange) ? undefined : exchange.policy;
}

function nextPolicy(known: Case): Json | undefined {
  return known.following.kind === 'policy' ? known.following.policy : undefined;
}

function invalid(known: Case, exchange: ExchangeEvidence): Proposal {
  return {
    ...proposal(known, 'invalid', 'exchange', exchange.parsingError, exchange.policy),
    invalidBecause: causeOf(exchange.policy),
  };
}

/** A policy that was parsed can only have failed validation. */
function causeOf(policy: Json | undefined): 'not parsed' | 'failed validation' {
  return isJsonObject(policy) ? 'failed validation' : 'not parsed';
}

function proposal(
  { iteration, agentId }: Case,
  verdict: Verdict,
  verdictSource: VerdictSource,
  reason: string | undefined,
  policy: Json | undefined,
  note?: string,
): Proposal {
  const odd = unreadableParameters(policy);
  return {
    iteration,
    agentId,
    verdict,
    verdictSource,
    rejectionKind: verdict === 'rejected' ? classifyRejection(reason) : undefined,
    reason,
    parameters: numericParameters(policy),
    oldCostCents: undefined,
    newCostCents: undefined,
    deltaSumCents: undefined,
    sampleCount: undefined,
    settlementRate: undefined,
    newCostStdDevCents: undefined,
    newCostIntervalCents: undefined,
    ...(note === undefined ? {} : { note }),
    ...(odd.size === 0 ? {} : { unreadableParameters: odd }),
  };
}
