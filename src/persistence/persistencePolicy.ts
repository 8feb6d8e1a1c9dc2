import type { RunPurpose } from '../lib/ids.ts';

/**
 * How much of a simulation is stored (domain.md 8); each level includes the one before it.
 * `summary`: the run row only. `events`: plus events, payments, daily metrics, end-of-day queues, registers
 * and policies. `full`: plus the state of every agent and queue at every tick and every policy decision.
 */
export const persistenceLevels = ['none', 'summary', 'events', 'full'] as const;
export type PersistenceLevel = (typeof persistenceLevels)[number];

/** What an experiment stores about itself. */
export interface PersistencePolicy {
  readonly simulationPersistence: PersistenceLevel;
  /** Runs of purpose `bootstrap` are many and can be made again from their seeds. */
  readonly persistBootstrapTransactions: boolean;
  /** A run of purpose `final` is stored whatever the level. */
  readonly persistFinalEvaluation: boolean;
  /** Rejected proposals keep their evaluation row, not only accepted ones. */
  readonly persistAllPolicyIterations: boolean;
}

export const defaultPersistencePolicy: PersistencePolicy = {
  simulationPersistence: 'full',
  persistBootstrapTransactions: false,
  persistFinalEvaluation: true,
  persistAllPolicyIterations: true,
};

/** The level at which a run of this purpose is stored; the rule of domain.md 8, in its order. */
export function persistenceLevelFor(policy: PersistencePolicy, purpose: RunPurpose): PersistenceLevel {
  const level = policy.simulationPersistence;
  if (purpose === 'final' && policy.persistFinalEvaluation) return level === 'none' ? 'summary' : level;
  if (level === 'none') return 'none';
  if (purpose === 'bootstrap') return policy.persistBootstrapTransactions ? level : 'none';
  return level;
}

/** Whether `level` stores what belongs to `wanted`. */
export function includesLevel(level: PersistenceLevel, wanted: PersistenceLevel): boolean {
  return persistenceLevels.indexOf(level) >= persistenceLevels.indexOf(wanted);
}

/** Whether the judgement of a proposal is stored. */
export function storesEvaluation(policy: PersistencePolicy, accepted: boolean): boolean {
  return accepted || policy.persistAllPolicyIterations;
}
