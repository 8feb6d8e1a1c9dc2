import type { JsonObject } from '../lib/json.ts';
import type { AgentId } from '../lib/ids.ts';
import type {
  AgentQueueSnapshotRow,
  DailyAgentMetricsRow,
  PolicySnapshotRow,
  TickAgentStateRow,
  TickQueueSnapshotRow,
  TransactionRow,
} from '../schema/models/checkedTables.ts';
import type { PolicyDecisionRow } from '../schema/models/simulations.ts';
import type { SimulationRunRow } from '../schema/models/experiments.ts';

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
