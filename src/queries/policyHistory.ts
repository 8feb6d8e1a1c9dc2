import type { HistoryEntry, PolicyHistory } from '../domain/answers/desk.ts';
import type { IterationPolicy } from '../domain/policy/history/origins.ts';
import { policyStructure, earlierSame } from '../domain/policy/history/repeats.ts';
import { samePolicy } from '../domain/policy/policyJson.ts';
import { byIterationAndAgent, type IterationEvidence } from '../domain/verdict/evidence.ts';
import { firstBy } from '../lib/groupBy.ts';
import type { AgentId, ExperimentId } from '../lib/ids.ts';
import { isJsonObject, type Json } from '../lib/json.ts';
import { experimentList } from './experimentList.ts';
import { judgedIterations } from './judged.ts';
import { defineQuery } from './query.ts';
import { evaluationEvidence } from './read/evaluationRows.ts';
import { collectInSlices } from './read/slices.ts';
import type { ExperimentScope, FileScope } from './scope.ts';

/** Every proposal of an experiment with what it builds, and the policies that came into force; no text is kept. */
export const policyHistory = defineQuery({
  name: 'policyHistory',
  scope: 'experiment',
  async run(engine, { fileId, experimentId }: ExperimentScope, signal): Promise<PolicyHistory> {
    const judged = await engine.ask(judgedIterations.about({ fileId, experimentId }), signal);
    const { stored, iterations, proposals } = judged;
    const evaluations = byIterationAndAgent(
      await collectInSlices(evaluationEvidence(stored.evaluations, stored.iterations), signal),
    );
    const decisions = byIterationAndAgent(stored.decisions);
    const exchanges = byIterationAndAgent(stored.exchanges);
    const rows = firstBy(iterations, (row) => row.iteration);

    function* entries(): Generator<HistoryEntry, void> {
      for (const { iteration: k, agentId, verdict, rejectionKind, reason } of proposals) {
        const following = rows.get(k + 1)?.policies.get(agentId);
        const recorded =
          evaluations.get(k)?.get(agentId)?.policy ??
          decisions.get(k)?.get(agentId)?.policy ??
          exchanges.get(k)?.get(agentId)?.policy;
        const policy = isJsonObject(recorded) ? recorded : verdict === 'accepted' ? following : undefined;
        yield {
          iteration: k,
          agentId,
          verdict,
          rejectionKind,
          reason,
          policy,
          structure: policyStructure(policy),
        };
      }
    }
    return {
      entries: await collectInSlices(entries(), signal),
      inForceByAgent: await policiesInForceOf(iterations, signal),
    };
  },
});

/** Of each agent the policies in force, where they changed. */
async function policiesInForceOf(
  iterations: readonly IterationEvidence[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, readonly IterationPolicy[]>> {
  const inForceByAgent = new Map<AgentId, { iteration: number; policy: Json }[]>();
  function* steps(): Generator<undefined, void> {
    for (const { iteration, policies } of iterations) {
      for (const [agent, policy] of policies) {
        const inForce = inForceByAgent.get(agent) ?? [];
        inForceByAgent.set(agent, inForce);
        if (!samePolicy(inForce.at(-1)?.policy, policy)) inForce.push({ iteration, policy });
      }
      yield undefined;
    }
  }
  await collectInSlices(steps(), signal);
  return inForceByAgent;
}

/** How often the policy of a proposal was proposed before, by the same agent in the same experiment. */
interface ProposedBefore {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  /** Earlier proposals of the same policy, names apart; undefined where no policy was read. */
  readonly times: number | undefined;
}

/** One row per proposal of a file. */
export const proposedBefore = defineQuery({
  name: 'proposedBefore',
  scope: 'one file',
  async run(engine, { fileId }: FileScope, signal): Promise<readonly ProposedBefore[]> {
    const found: ProposedBefore[] = [];
    for (const { experimentId } of await engine.ask(experimentList.about({ fileId }), signal)) {
      // Not kept: what each proposal builds weighs much more than what is counted of it.
      const { entries } = await policyHistory.run(engine, { fileId, experimentId }, signal);
      const times = earlierSame(entries);
      entries.forEach(({ iteration, agentId }, i) => {
        found.push({ experimentId, iteration, agentId, times: times[i] });
      });
    }
    return found;
  },
});
