import type { AgentId, RunPurpose } from '../lib/ids.ts';
import type { JsonObject } from '../lib/json.ts';
import type {
  AgentQueueSnapshotRow,
  DailyAgentMetricsRow,
  PolicySnapshotRow,
  TickAgentStateRow,
  TickQueueSnapshotRow,
  TransactionRow,
} from '../schema/models/checkedTables.ts';
import type { SimulationRunRow } from '../schema/models/experiments.ts';
import type { PolicyDecisionRow } from '../schema/models/simulations.ts';

/** A row of a run before the persister says which run. */
export type OfRun<Row> = Omit<Row, 'simulationId'>;

/** One event in the order it happened; its id, day and times are the persister's. */
export interface SimulationEvent {
  readonly tick: number;
  readonly eventType: string;
  /** Only where the event has a field of that very name (domain.md 7.1). */
  readonly agentId?: AgentId;
  readonly txId?: string;
  /** Every other field. */
  readonly details: JsonObject;
}

/**
 * A finished run, ready to be stored. What the level leaves out is not iterated, so a generator costs nothing
 * there. `agent_state_registers` are taken from the `StateRegisterSet` events.
 */
export interface SimulationRecord {
  readonly run: SimulationRunRow;
  /** Level `summary` ends here. From level `events` on: the `simulations` row that makes a re-run possible. */
  readonly scenario: { readonly config: JsonObject; readonly numAgents: number };
  readonly policies: Iterable<OfRun<PolicySnapshotRow>>;
  readonly events: Iterable<SimulationEvent>;
  readonly transactions: Iterable<OfRun<TransactionRow>>;
  readonly dailyMetrics: Iterable<OfRun<DailyAgentMetricsRow>>;
  readonly endOfDayQueues: Iterable<OfRun<AgentQueueSnapshotRow>>;
  /** From here on level `full` only. */
  readonly policyDecisions: Iterable<OfRun<PolicyDecisionRow>>;
  readonly tickAgentStates: Iterable<OfRun<TickAgentStateRow>>;
  readonly tickQueues: Iterable<OfRun<TickQueueSnapshotRow>>;
}

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
