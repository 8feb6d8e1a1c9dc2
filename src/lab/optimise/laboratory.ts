import type { SimulationPersister } from '../../persistence/simulationPersister.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { AgentId, ExperimentId } from '../../lib/ids.ts';
import type { NaiveTime } from '../../schema/naiveTime.ts';
import type { Scenario } from '../record/recordRun.ts';
import type { LabExperimentConfig } from './experimentConfig.ts';
import type { Proposer } from './proposer.ts';

/** One experiment with everything that its iterations need and do not change. */
export interface Laboratory {
  readonly experimentId: ExperimentId;
  readonly config: LabExperimentConfig;
  readonly agents: readonly AgentId[];
  readonly scenario: Scenario;
  readonly proposer: Proposer;
  readonly clock: () => NaiveTime;
  /** Seconds on a stopwatch, for the latency of exchanges. */
  readonly elapsed: () => number;
  readonly levelFor: SimulationPersister['levelFor'];
}

/** The policy that every agent starts with (domain.md 1.4). */
export function defaultPolicy(agentId: string): JsonObject {
  return {
    version: '2.0',
    policy_id: `${agentId}_default`,
    parameters: { initial_liquidity_fraction: 0.5 },
    payment_tree: { type: 'action', node_id: 'default_release', action: 'Release' },
    strategic_collateral_tree: { type: 'action', node_id: 'hold_collateral', action: 'HoldCollateral' },
  };
}
