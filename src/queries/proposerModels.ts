import { experimentId, type AgentId, type ExperimentId } from '../lib/ids.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { defineQuery } from './query.ts';
import { inDeskScope, type DeskScope } from './scope.ts';

/** Which model an agent's proposer was in an iteration, and what its answer took. */
export interface ProposerTurn {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly model: string | undefined;
  readonly promptWords: number | undefined;
  readonly responseWords: number | undefined;
  readonly latencySeconds: number | undefined;
}

/** One turn per experiment, iteration and agent, the last one recorded. */
export const proposerModels = defineQuery({
  name: 'proposerModels',
  scope: 'one file',
  async run(engine, params: DeskScope, signal): Promise<readonly ProposerTurn[]> {
    const condition = inDeskScope(params);
    const heads = await exchangeHeads(engine, { condition, fields: 'meters' }, signal);
    const turns = new Map<string, ProposerTurn>();
    for (const head of [...heads].sort((a, b) => a.eventId - b.eventId)) {
      const { iteration, agentId, model, promptWords, responseWords, latencySeconds } = head;
      const meters = { model, promptWords, responseWords, latencySeconds };
      const id = experimentId(head.experimentId);
      turns.set(`${id}\n${iteration}\n${agentId}`, { experimentId: id, iteration, agentId, ...meters });
    }
    return [...turns.values()];
  },
});
