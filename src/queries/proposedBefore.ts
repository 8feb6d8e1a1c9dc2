import { earlierSame } from '../domain/policy/history/repeats.ts';
import type { AgentId, ExperimentId } from '../lib/ids.ts';
import { experimentList } from './experimentList.ts';
import { policyHistory } from './policyHistory.ts';
import { defineQuery } from './query.ts';
import type { FileScope } from './scope.ts';

/** How often the policy of a proposal was proposed before, by the same agent in the same experiment. */
export interface ProposedBefore {
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
