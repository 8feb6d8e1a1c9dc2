import type { AgentId } from '../../lib/ids.ts';

/** What a mark stands for: an iteration, or one agent's policy and proposal in it. */
export interface MarkTarget {
  readonly iteration: number;
  readonly agentId?: AgentId;
}
