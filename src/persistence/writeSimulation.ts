import type { Engine } from '../engine/engine.ts';
import type { SimulationId } from '../lib/ids.ts';
import { agentQueueSnapshots } from '../schema/models/agentQueueSnapshots.ts';
import { agentStateRegisters } from '../schema/models/agentStateRegisters.ts';
import { dailyAgentMetrics } from '../schema/models/dailyAgentMetrics.ts';
import { policyDecisions } from '../schema/models/policyDecisions.ts';
import { policySnapshots } from '../schema/models/policySnapshots.ts';
import { simulationEvents, type SimulationEventRow } from '../schema/models/simulationEvents.ts';
import { simulationRuns } from '../schema/models/simulationRuns.ts';
import { simulations, type SimulationRow } from '../schema/models/simulations.ts';
import { tickAgentStates } from '../schema/models/tickAgentStates.ts';
import { tickQueueSnapshots } from '../schema/models/tickQueueSnapshots.ts';
import { transactions } from '../schema/models/transactions.ts';
import type { NaiveTime } from '../schema/naiveTime.ts';
import { includesLevel, type PersistenceLevel } from '../schema/persistencePolicy.ts';
import { insertRecords } from './insertRecords.ts';
import { RegisterCollector } from './registerCollector.ts';
import type { OfRun, SimulationRecord } from './simulationRecord.ts';

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
export async function writeSimulation(
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
