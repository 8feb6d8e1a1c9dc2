/** What an experiment is told to do; stored whole in `experiments.config` (keys of domain.md 3.7 and more). */
import { z } from 'zod';

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
