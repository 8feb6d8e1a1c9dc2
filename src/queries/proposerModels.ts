import type { AgentId } from '../lib/ids.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { defineQuery } from './query.ts';
import { ofExperiment, type ExperimentScope } from './scope.ts';

/** Which model an agent's proposer was in an iteration. */
export interface ProposerTurn {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly model: string | undefined;
}

/** One turn per iteration and agent, the last one recorded. */
export const proposerModels = defineQuery({
  name: 'proposerModels',
  scope: 'experiment',
  async run(engine, params: ExperimentScope, signal): Promise<readonly ProposerTurn[]> {
    const condition = ofExperiment(params);
    const heads = await exchangeHeads(engine, { condition, fields: 'meters' }, signal);
    const turns = new Map<string, ProposerTurn>();
    for (const { iteration, agentId, model } of [...heads].sort((a, b) => a.eventId - b.eventId)) {
      turns.set(`${iteration} ${agentId}`, { iteration, agentId, model });
    }
    return [...turns.values()];
  },
});
