import { sql, type Sql } from '../lib/sql.ts';
import type { Engine } from '../engine/engine.ts';
import type { RunPurpose, SimulationId } from '../lib/ids.ts';
import {
  agentStateRegisters,
  policyDecisions,
  simulationEvents,
  simulations,
  type AgentStateRegisterRow,
  type SimulationEventRow,
  type SimulationRow,
} from '../schema/models/simulations.ts';
import { simulationRuns, type SimulationRunRow } from '../schema/models/experiments.ts';
import type { NaiveTime } from '../schema/naiveTime.ts';
import {
  includesLevel,
  persistenceLevelFor,
  type OfRun,
  type PersistenceLevel,
  type PersistencePolicy,
  type SimulationEvent,
  type SimulationRecord,
} from './simulationRecord.ts';
import type { RecordOf, Table } from '../schema/table.ts';
import { insertRecords, inTransaction, readRecords } from './records.ts';
import {
  agentQueueSnapshots,
  dailyAgentMetrics,
  policySnapshots,
  tickAgentStates,
  tickQueueSnapshots,
  transactions,
} from '../schema/models/checkedTables.ts';

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
