import { z } from 'zod';

import type { AgentId, ExperimentId } from '../../lib/ids.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { SimulationPersister } from '../../persistence/simulationPersister.ts';
import type { NaiveTime } from '../../lib/storedTime.ts';
import type { Scenario } from '../record/recordRun.ts';
import type { Proposer } from './proposer.ts';

const evaluationModes = ['deterministic-pairwise', 'deterministic-temporal', 'bootstrap'] as const;
export type EvaluationMode = (typeof evaluationModes)[number];

const acceptance = z.strictObject({
  require_statistical_significance: z.boolean().default(false),
  max_coefficient_of_variation: z.number().positive().optional(),
  /** Share of payments that must settle, where the rate is known. */
  min_settlement_rate: z.number().min(0).max(1).default(0.95),
});
export type LabAcceptanceRules = z.output<typeof acceptance>;

const convergence = z.strictObject({
  max_iterations: z.int().min(1),
  stability_threshold: z.number().nonnegative().default(0.05),
  stability_window: z.int().min(1).default(5),
  /** The two below are read in bootstrap mode only. */
  cv_threshold: z.number().positive().default(0.03),
  regret_threshold: z.number().nonnegative().default(0.1),
});
export type ConvergenceRules = z.output<typeof convergence>;

/** What an experiment is told to do; stored whole in `experiments.config` (keys of domain.md 3.7 and more). */
export const experimentConfig = z.strictObject({
  name: z.string().min(1),
  description: z.string(),
  master_seed: z.int(),
  evaluation: z.strictObject({
    mode: z.enum(evaluationModes),
    num_samples: z.int().min(2).default(50),
    acceptance: acceptance.default({ require_statistical_significance: false, min_settlement_rate: 0.95 }),
  }),
  convergence,
  optimized_agents: z.array(z.string()).min(1),
});
export type LabExperimentConfig = z.output<typeof experimentConfig>;
export type ExperimentConfigInput = z.input<typeof experimentConfig>;

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
