/** Runs a simulation and makes of it what the persister stores, no more than the level asks for. */
import { labMark } from '../../domain/labMark.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { agentId, type ExperimentId, type RunPurpose, type SimulationId } from '../../lib/ids.ts';
import type { JsonObject } from '../../lib/json.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import {
  includesLevel,
  type OfRun,
  type PersistenceLevel,
  type SimulationEvent as RecordedEvent,
  type SimulationRecord,
} from '../../persistence/simulationPersister.ts';
import type {
  AgentQueueSnapshotRow,
  DailyAgentMetricsRow,
  TickAgentStateRow,
  TickQueueSnapshotRow,
  TransactionRow,
} from '../../schema/models/checkedTables.ts';
import type { PolicyDecisionRow } from '../../schema/models/simulations.ts';
import type { NaiveTime } from '../../lib/storedTime.ts';
import type { SimulatedEvent } from '../simulator/events.ts';
import type {
  DailyOutcome,
  PaymentOutcome,
  SimulatedAgentTick,
  SimulatedTick,
  SimulationOutcome,
} from '../simulator/outcome.ts';
import { scenarioConfig, type ScenarioConfig } from '../simulator/scenarioConfig.ts';
import { simulate } from '../simulator/simulate.ts';
import { jsonHash, toJsonObject } from './toJson.ts';

/** A policy as it is stored and as it is evaluated. */
export interface AgentPolicy {
  readonly json: JsonObject;
  readonly loaded: LoadedPolicy;
}

export interface Scenario {
  readonly name: string;
  /** As written, stored with every run. */
  readonly json: JsonObject;
  readonly config: ScenarioConfig;
}

/** Where a run belongs; a run alone has none of it. */
interface RunPlace {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly purpose: RunPurpose;
}

interface RunRequest {
  readonly simulationId: SimulationId;
  readonly scenario: Scenario;
  readonly policies: ReadonlyMap<string, AgentPolicy>;
  readonly seed: number;
  readonly level: PersistenceLevel;
  readonly clock: () => NaiveTime;
  readonly place?: RunPlace;
}

export interface RecordedRun {
  readonly record: SimulationRecord;
  readonly outcome: SimulationOutcome;
  /** Events reported, stored or not. */
  readonly eventCount: number;
}

export function toRecordedEvent(event: SimulatedEvent): RecordedEvent {
  return {
    tick: event.tick,
    eventType: event.eventType,
    ...('agentId' in event ? { agentId: agentId(event.agentId) } : {}),
    ...('txId' in event ? { txId: event.txId } : {}),
    details: toJsonObject(event.details),
  };
}

export function recordRun(request: RunRequest): RecordedRun {
  const { scenario, policies, level, place, clock } = request;
  const { ticks_per_day: ticksPerDay, num_days: numDays } = scenario.config.simulation;
  const startTime = clock();
  const events: SimulatedEvent[] = [];
  const ticks: SimulatedTick[] = [];
  const outcome = simulate({
    scenario: scenario.config,
    policies: new Map([...policies].map(([agent, { loaded }]) => [agent, loaded])),
    seed: request.seed,
    ...(includesLevel(level, 'events') ? { log: (event) => events.push(event) } : {}),
    ...(includesLevel(level, 'full') ? { onTick: (state) => ticks.push(state) } : {}),
  });
  const record: SimulationRecord = {
    run: {
      simulationId: request.simulationId,
      configName: scenario.name,
      configHash: jsonHash(scenario.json),
      description: labMark,
      startTime,
      endTime: clock(),
      ticksPerDay,
      numDays,
      rngSeed: BigInt(request.seed),
      status: 'completed',
      totalTransactions: outcome.arrivals,
      totalSettlements: outcome.settlements,
      totalCostCents: outcome.totalCostCents,
      ...(place === undefined
        ? {}
        : { experimentId: place.experimentId, iteration: place.iteration, runPurpose: place.purpose }),
    },
    scenario: { config: scenario.json, numAgents: scenario.config.agents.length },
    policies: [...policies].map(([agent, { json }]) => ({
      agentId: agentId(agent),
      snapshotDay: 0,
      snapshotTick: 0,
      policyHash: jsonHash(json),
      policyJson: json,
      createdBy: 'init',
    })),
    events: events.map(toRecordedEvent),
    transactions: transactionRows(outcome, ticksPerDay),
    dailyMetrics: dailyMetricsRows(outcome),
    endOfDayQueues: endOfDayQueueRows(outcome),
    policyDecisions: policyDecisionRows(events, ticksPerDay),
    tickAgentStates: tickAgentStateRows(ticks),
    tickQueues: tickQueueRows(ticks),
  };
  return { record, outcome, eventCount: events.length };
}

/** Rows of level `full`, made as the persister asks for them. */
function agentStateRow({ tick, day }: SimulatedTick, agent: SimulatedAgentTick): OfRun<TickAgentStateRow> {
  const { costs, tickCosts } = agent;
  return {
    agentId: agent.agentId,
    tick,
    day,
    balanceCents: agent.balanceCents,
    balanceChangeCents: agent.balanceChangeCents,
    unsecuredCapCents: agent.unsecuredCapCents,
    postedCollateralCents: agent.postedCollateralCents,
    liquidityCostCents: costs.liquidity,
    delayCostCents: costs.delay,
    collateralCostCents: costs.collateral,
    penaltyCostCents: costs.penalty,
    splitFrictionCostCents: costs.splitFriction,
    liquidityCostDeltaCents: tickCosts.liquidity,
    delayCostDeltaCents: tickCosts.delay,
    collateralCostDeltaCents: tickCosts.collateral,
    penaltyCostDeltaCents: tickCosts.penalty,
    splitFrictionCostDeltaCents: tickCosts.splitFriction,
  };
}

function* tickAgentStateRows(ticks: readonly SimulatedTick[]): Generator<OfRun<TickAgentStateRow>> {
  for (const state of ticks) for (const agent of state.agents) yield agentStateRow(state, agent);
}

function* tickQueueRows(ticks: readonly SimulatedTick[]): Generator<OfRun<TickQueueSnapshotRow>> {
  for (const { tick, agents, queue2 } of ticks) {
    for (const agent of agents) {
      for (const [position, txId] of agent.queue1.entries()) {
        yield { agentId: agent.agentId, tick, queueType: 'queue1', position, txId };
      }
    }
    for (const [position, { senderId, txId }] of queue2.entries()) {
      yield { agentId: senderId, tick, queueType: 'rtgs', position, txId };
    }
  }
}

/** Decisions on payments, out of the events that report them. */
function* policyDecisionRows(
  events: readonly SimulatedEvent[],
  ticksPerDay: number,
): Generator<OfRun<PolicyDecisionRow>> {
  for (const event of events) {
    const { tick } = event;
    const at = { tick, day: Math.floor(tick / ticksPerDay) };
    if (event.eventType === 'PolicySubmit') {
      yield { ...at, agentId: agentId(event.agentId), decisionType: 'submit', txId: event.txId };
    } else if (event.eventType === 'PolicyHold' || event.eventType === 'PolicyDrop') {
      const decisionType = event.eventType === 'PolicyHold' ? 'hold' : 'drop';
      const { reason } = event.details;
      yield { ...at, agentId: agentId(event.agentId), decisionType, txId: event.txId, reason };
    } else if (event.eventType === 'PolicySplit') {
      const { num_splits: numSplits, child_ids: childTxIds } = event.details;
      yield {
        ...at,
        agentId: agentId(event.agentId),
        decisionType: 'split',
        txId: event.txId,
        numSplits,
        childTxIds,
      };
    }
  }
}

function transactionRow(
  payment: PaymentOutcome,
  ticksPerDay: number,
  lastTick: number,
): OfRun<TransactionRow> {
  const dayOf = (tick: number) => Math.floor(tick / ticksPerDay);
  const { settlementTick, status, parentTxId, splitIndex, submissionTick, declaredRtgsPriority } = payment;
  return {
    txId: payment.txId,
    senderId: payment.senderId,
    receiverId: payment.receiverId,
    amountCents: payment.amountCents,
    priority: payment.priority,
    isDivisible: payment.isDivisible,
    arrivalTick: payment.arrivalTick,
    arrivalDay: dayOf(payment.arrivalTick),
    deadlineTick: payment.deadlineTick,
    ...(settlementTick === undefined ? {} : { settlementTick, settlementDay: dayOf(settlementTick) }),
    status,
    ...(status === 'overdue' ? { overdueSinceTick: payment.overdueSinceTick } : {}),
    ...(status === 'dropped' ? { dropReason: 'Expired deadline' } : {}),
    amountSettledCents: payment.amountSettledCents,
    queue1Ticks: payment.queue1Ticks,
    queue2Ticks: payment.queue2Ticks,
    totalDelayTicks: (settlementTick ?? lastTick) - payment.arrivalTick,
    delayCostCents: payment.delayCostCents,
    ...(parentTxId === undefined ? {} : { parentTxId, splitIndex }),
    rtgsPriority: payment.rtgsPriority,
    ...(submissionTick === undefined ? {} : { rtgsSubmissionTick: submissionTick }),
    ...(declaredRtgsPriority === undefined ? {} : { declaredRtgsPriority }),
  };
}

/** Payments at the end of the run, in order of arrival; an open one is delayed up to the last tick. */
export function* transactionRows(
  outcome: SimulationOutcome,
  ticksPerDay: number,
): Generator<OfRun<TransactionRow>> {
  for (const payment of outcome.payments) yield transactionRow(payment, ticksPerDay, outcome.ticks - 1);
}

function overdraft(lowest: Cents): Cents {
  const zero = cents(0n);
  return lowest < zero ? subtractCents(zero, lowest) : zero;
}

function dailyRow(day: DailyOutcome): OfRun<DailyAgentMetricsRow> {
  return {
    agentId: day.agentId,
    day: day.day,
    openingBalanceCents: day.openingBalanceCents,
    closingBalanceCents: day.closingBalanceCents,
    minBalanceCents: day.minBalanceCents,
    maxBalanceCents: day.maxBalanceCents,
    unsecuredCapCents: day.unsecuredCapCents,
    peakOverdraftCents: overdraft(day.minBalanceCents),
    openingPostedCollateralCents: day.openingCollateralCents,
    closingPostedCollateralCents: day.closingCollateralCents,
    peakPostedCollateralCents: day.peakCollateralCents,
    collateralCapacityCents: day.collateralCapacityCents,
    numCollateralPosts: day.collateralPosts,
    numCollateralWithdrawals: day.collateralWithdrawals,
    numArrivals: day.arrivals,
    numSent: day.sent,
    numReceived: day.received,
    numSettled: day.settled,
    numDropped: day.dropped,
    queue1PeakSize: day.queue1Peak,
    queue1EodSize: day.queue1.length,
    liquidityCostCents: day.costs.liquidity,
    delayCostCents: day.costs.delay,
    collateralCostCents: day.costs.collateral,
    splitFrictionCostCents: day.costs.splitFriction,
    deadlinePenaltyCostCents: day.costs.penalty,
    totalCostCents: day.costs.total,
  };
}

function dailyMetricsRows(outcome: SimulationOutcome): readonly OfRun<DailyAgentMetricsRow>[] {
  return outcome.days.map(dailyRow);
}

function endOfDayQueueRows(outcome: SimulationOutcome): readonly OfRun<AgentQueueSnapshotRow>[] {
  return outcome.days.flatMap(({ agentId, day, queue1 }) =>
    queue1.map((transactionId, position) => ({ agentId, day, queueType: 'queue1', position, transactionId })),
  );
}

/** A scenario out of its JSON. Throws (a ZodError naming key and reason) when the simulator cannot read it. */
export function loadScenario(name: string, json: JsonObject): Scenario {
  return { name, json, config: scenarioConfig.parse(json) };
}
