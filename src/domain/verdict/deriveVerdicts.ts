import type { AgentId } from '../../lib/ids.ts';
import type { Proposal } from '../experiment/normalised.ts';
import { allByIterationAndAgent, byIterationAndAgent } from './byIterationAndAgent.ts';
import type { Following, IterationEvidence, VerdictEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import { inOrderOfTrust } from './policyConflict.ts';

/** The proposals of one experiment, judged; by iteration, then in the order of the policies. */
export function deriveVerdicts(evidence: VerdictEvidence): Proposal[] {
  return [...verdictsByIteration(evidence)].flat();
}

/** The same one iteration at a time, so that a caller may pause between two of ten thousand. */
export function* verdictsByIteration(evidence: VerdictEvidence): Generator<readonly Proposal[], void> {
  const rows = new Map(evidence.iterations.map((row) => [row.iteration, row]));
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
