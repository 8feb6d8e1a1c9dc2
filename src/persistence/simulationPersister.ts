import type { Engine } from '../engine/engine.ts';
import type { RunPurpose, SimulationId, AgentId } from '../lib/ids.ts';
import type { JsonObject } from '../lib/json.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { NaiveTime } from '../lib/storedTime.ts';
import {
  agentQueueSnapshots,
  dailyAgentMetrics,
  policySnapshots,
  tickAgentStates,
  tickQueueSnapshots,
  transactions,
  type AgentQueueSnapshotRow,
  type DailyAgentMetricsRow,
  type PolicySnapshotRow,
  type TickAgentStateRow,
  type TickQueueSnapshotRow,
  type TransactionRow,
} from '../schema/models/checkedTables.ts';
import { simulationRuns, type SimulationRunRow } from '../schema/models/experiments.ts';
import {
  agentStateRegisters,
  policyDecisions,
  simulationEvents,
  simulations,
  type AgentStateRegisterRow,
  type SimulationEventRow,
  type SimulationRow,
  type PolicyDecisionRow,
} from '../schema/models/simulations.ts';
import type { RecordOf, Table } from '../schema/table.ts';
import { insertRecords, inTransaction, readRecords } from './records.ts';
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

/** Stores runs at the level their purpose has, and reads them back. */
export interface SimulationPersister {
  /** What would be stored of a run of this purpose; ask before computing what is not. */
  levelFor(purpose: RunPurpose): PersistenceLevel;
  /** One run in one transaction; says at which level it was stored. */
  save(record: SimulationRecord): Promise<PersistenceLevel>;
  /** The same inside a transaction of the caller's. */
  write(record: SimulationRecord): Promise<PersistenceLevel>;
  loadRun(id: SimulationId): Promise<SimulationRunRow | undefined>;
  /** Rows of one run from any table that has a `simulation_id`, in the order they were written. */
  loadRows<T extends Table>(table: T, id: SimulationId): Promise<readonly RecordOf<T>[]>;
}

const orderOf = (table: Table): Sql =>
  table.name === simulationEvents.name ? sql`tick, event_timestamp, rowid` : sql`rowid`;

export function createSimulationPersister(
  engine: Engine,
  policy: PersistencePolicy,
  clock: () => NaiveTime,
): SimulationPersister {
  const write = async (record: SimulationRecord): Promise<PersistenceLevel> => {
    const level = persistenceLevelFor(policy, record.run.runPurpose ?? 'standalone');
    await writeSimulation(engine, record, level, clock());
    return level;
  };
  return {
    levelFor: (purpose) => persistenceLevelFor(policy, purpose),
    write,
    save: (record) => inTransaction(engine, () => write(record)),
    async loadRun(id) {
      const [run] = await readRecords(engine, simulationRuns, { where: sql`simulation_id = ${id}` });
      return run;
    },
    loadRows: (table, id) =>
      readRecords(engine, table, { where: sql`simulation_id = ${id}`, orderBy: orderOf(table) }),
  };
}

function* ofRun<Row>(simulationId: SimulationId, rows: Iterable<OfRun<Row>>) {
  for (const row of rows) yield { ...row, simulationId };
}

function scenarioRow({ run, scenario }: SimulationRecord): SimulationRow {
  const ticks = run.ticksPerDay * run.numDays;
  const { durationSeconds } = run;
  return {
    simulationId: run.simulationId,
    configFile: run.configName,
    configHash: run.configHash,
    rngSeed: run.rngSeed,
    ticksPerDay: run.ticksPerDay,
    numDays: run.numDays,
    numAgents: scenario.numAgents,
    configJson: scenario.config,
    status: run.status,
    startedAt: run.startTime,
    completedAt: run.endTime,
    totalArrivals: run.totalTransactions,
    totalSettlements: run.totalSettlements,
    totalCostCents: run.totalCostCents,
    durationSeconds,
    ticksPerSecond:
      durationSeconds === undefined || durationSeconds <= 0 ? undefined : ticks / durationSeconds,
  };
}

/** Ids and days of events; registers are collected in passing. */
function* eventRows(
  { run, events }: SimulationRecord,
  registers: RegisterCollector,
  now: NaiveTime,
): Generator<SimulationEventRow> {
  let index = 0;
  for (const event of events) {
    registers.see(event);
    yield {
      ...event,
      eventId: `${run.simulationId}-event${index}`,
      simulationId: run.simulationId,
      day: Math.floor(event.tick / run.ticksPerDay),
      eventTimestamp: now,
      createdAt: now,
    };
    index += 1;
  }
}

/** Stores what `level` covers of one run; the caller holds the transaction. */
async function writeSimulation(
  engine: Engine,
  record: SimulationRecord,
  level: PersistenceLevel,
  now: NaiveTime,
): Promise<void> {
  const { simulationId } = record.run;
  if (!includesLevel(level, 'summary')) return;
  await insertRecords(engine, simulationRuns, [record.run]);

  if (!includesLevel(level, 'events')) return;
  const registers = new RegisterCollector();
  await insertRecords(engine, simulations, [scenarioRow(record)]);
  await insertRecords(engine, policySnapshots, ofRun(simulationId, record.policies));
  await insertRecords(engine, simulationEvents, eventRows(record, registers, now));
  await insertRecords(engine, agentStateRegisters, ofRun(simulationId, registers.rows()));
  await insertRecords(engine, transactions, ofRun(simulationId, record.transactions));
  await insertRecords(engine, dailyAgentMetrics, ofRun(simulationId, record.dailyMetrics));
  await insertRecords(engine, agentQueueSnapshots, ofRun(simulationId, record.endOfDayQueues));

  if (!includesLevel(level, 'full')) return;
  await insertRecords(engine, policyDecisions, ofRun(simulationId, record.policyDecisions));
  await insertRecords(engine, tickAgentStates, ofRun(simulationId, record.tickAgentStates));
  await insertRecords(engine, tickQueueSnapshots, ofRun(simulationId, record.tickQueues));
}

/** Keeps the last value of each register in each tick, as `agent_state_registers` wants it. */
class RegisterCollector {
  readonly #last = new Map<string, OfRun<AgentStateRegisterRow>>();

  see(event: SimulationEvent): void {
    if (event.eventType !== 'StateRegisterSet' || event.agentId === undefined) return;
    const { register_key: registerKey, new_value: registerValue } = event.details;
    if (typeof registerKey !== 'string' || typeof registerValue !== 'number') {
      throw new TypeError(`StateRegisterSet at tick ${event.tick} has no register_key and new_value`);
    }
    const { tick, agentId } = event;
    this.#last.set(JSON.stringify([tick, agentId, registerKey]), {
      tick,
      agentId,
      registerKey,
      registerValue,
    });
  }

  /** In the order in which they were first set. */
  rows(): readonly OfRun<AgentStateRegisterRow>[] {
    return [...this.#last.values()];
  }
}
