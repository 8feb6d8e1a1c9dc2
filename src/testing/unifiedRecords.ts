/** Small, complete records of the unified schema for tests of what writes and reads it. */
import type { ExperimentEnd, NewExperiment } from '../persistence/experimentRepository.ts';
import type { SimulationEvent, SimulationRecord } from '../persistence/simulationPersister.ts';
import { formatSimulationId, type ExperimentId, type RunPurpose, type SimulationId } from '../lib/ids.ts';
import type {
  ExperimentIterationRow,
  SimulationRunRow,
  PolicyEvaluationRow,
} from '../schema/models/experiments.ts';
import type { TickAgentStateRow } from '../schema/models/checkedTables.ts';
import { naiveTime } from '../lib/storedTime.ts';
import { bankA, bankB } from './figureExperiment.ts';
import { cents } from '../lib/units.ts';

export const testTime = naiveTime('2026-11-23T04:53:50.906403');

export function newExperiment(experimentId: ExperimentId): NewExperiment {
  return {
    experimentId,
    experimentName: 'exp1',
    experimentType: 'generic',
    config: { name: 'exp1', master_seed: 43, optimized_agents: ['BANK_A', 'BANK_B'] },
    masterSeed: 43n,
    createdAt: testTime,
  };
}

export const experimentEnd: ExperimentEnd = {
  completedAt: naiveTime('2026-11-23T05:00:00.000000'),
  converged: true,
  convergenceReason: 'Stability achieved (5 consecutive stable iterations)',
};

export function iterationRow(
  experimentId: ExperimentId,
  iteration: number,
  costs: readonly [bigint, bigint] = [5000n, 5000n],
): ExperimentIterationRow {
  return {
    experimentId,
    iteration,
    costsPerAgent: new Map([
      [bankA, cents(costs[0])],
      [bankB, cents(costs[1])],
    ]),
    acceptedChanges: new Map([[bankA, true]]),
    policies: new Map([[bankA, { version: '2.0', parameters: { initial_liquidity_fraction: 0.5 } }]]),
    timestamp: testTime,
  };
}

export function evaluationRow(
  experimentId: ExperimentId,
  iteration: number,
  accepted: boolean,
): PolicyEvaluationRow {
  return {
    experimentId,
    iteration,
    agentId: bankA,
    evaluationMode: 'bootstrap',
    proposedPolicy: { version: '2.0' },
    oldCostCents: cents(5000n),
    newCostCents: cents(4000n),
    contextSimulationCostCents: cents(5000n),
    accepted,
    acceptanceReason: accepted ? 'passed: delta_sum > 0' : 'delta_sum ≤ 0',
    // Beyond 32 bits and beyond what a double holds exactly: money must survive both.
    deltaSumCents: cents(9_007_199_254_740_993n),
    numSamples: 1,
    sampleDetails: [
      {
        index: 0,
        seed: 58_745_492n,
        oldCostCents: cents(5000n),
        newCostCents: cents(4000n),
        deltaCents: cents(1000n),
      },
    ],
    timestamp: testTime,
    confidenceInterval95: [cents(3900n), cents(4100n)],
  };
}

/** A finished run that belongs to no experiment. */
function runRow(simulationId: SimulationId): SimulationRunRow {
  return {
    simulationId,
    configName: 'exp1',
    configHash: '',
    startTime: testTime,
    ticksPerDay: 2,
    numDays: 1,
    rngSeed: 1_088_125_515n,
    status: 'completed',
    totalTransactions: 1,
    totalSettlements: 1,
    totalCostCents: cents(5000n),
    durationSeconds: 0.5,
  };
}

function events(): SimulationEvent[] {
  const register = (tick: number, value: number): SimulationEvent => ({
    tick,
    eventType: 'StateRegisterSet',
    agentId: bankA,
    details: { register_key: 'bank_state_x', old_value: 0, new_value: value, reason: 'policy_action' },
  });
  return [
    { tick: 0, eventType: 'Arrival', txId: 'tx-1', details: { sender_id: 'BANK_A', amount: 1000 } },
    register(1, 1),
    register(1, 2.5),
    { tick: 2, eventType: 'EndOfDay', details: { day: 0, unsettled_count: 0, total_penalties: 0 } },
  ];
}

function agentState(tick: number): Omit<TickAgentStateRow, 'simulationId'> {
  const zero = cents(0n);
  return {
    agentId: bankA,
    tick,
    day: 0,
    balanceCents: cents(50_000n),
    balanceChangeCents: zero,
    unsecuredCapCents: zero,
    postedCollateralCents: zero,
    liquidityCostCents: zero,
    delayCostCents: zero,
    collateralCostCents: zero,
    penaltyCostCents: zero,
    splitFrictionCostCents: zero,
    liquidityCostDeltaCents: zero,
    delayCostDeltaCents: zero,
    collateralCostDeltaCents: zero,
    penaltyCostDeltaCents: zero,
    splitFrictionCostDeltaCents: zero,
  };
}

/** A run of two ticks alone, with something in every table that its level may fill. */
export function standaloneRecord(simulationId: SimulationId): SimulationRecord {
  return {
    run: runRow(simulationId),
    scenario: { config: { agents: [{ id: 'BANK_A' }, { id: 'BANK_B' }] }, numAgents: 2 },
    policies: [
      {
        agentId: bankA,
        snapshotDay: 0,
        snapshotTick: 0,
        policyHash: 'h',
        policyJson: { version: '2.0' },
        createdBy: 'init',
      },
    ],
    events: events(),
    transactions: [
      {
        txId: 'tx-1',
        senderId: bankA,
        receiverId: bankB,
        amountCents: cents(1000n),
        priority: 5,
        isDivisible: false,
        arrivalTick: 0,
        arrivalDay: 0,
        deadlineTick: 1,
        settlementTick: 1,
        settlementDay: 0,
        status: 'settled',
        amountSettledCents: cents(1000n),
        queue1Ticks: 1,
        queue2Ticks: 0,
        totalDelayTicks: 1,
        delayCostCents: cents(0n),
      },
    ],
    dailyMetrics: [],
    endOfDayQueues: [{ agentId: bankA, day: 0, queueType: 'queue1', position: 0, transactionId: 'tx-1' }],
    policyDecisions: [{ agentId: bankA, tick: 0, day: 0, decisionType: 'submit', txId: 'tx-1' }],
    tickAgentStates: [agentState(0), agentState(1)],
    tickQueues: [{ agentId: bankA, tick: 0, queueType: 'queue1', position: 0, txId: 'tx-1' }],
  };
}

/** The same run as part of an experiment. */
export function simulationRecord(
  experimentId: ExperimentId,
  iteration: number,
  purpose: RunPurpose = 'evaluation',
): SimulationRecord {
  const record = standaloneRecord(formatSimulationId({ experimentId, iteration, purpose }));
  return { ...record, run: { ...record.run, experimentId, iteration, runPurpose: purpose } };
}
