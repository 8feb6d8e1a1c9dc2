/** Rows of level `full`, made as the persister asks for them. */
import type { OfRun } from '../../persistence/simulationRecord.ts';
import { agentId } from '../../lib/ids.ts';
import type { PolicyDecisionRow } from '../../schema/models/policyDecisions.ts';
import type { TickAgentStateRow } from '../../schema/models/tickAgentStates.ts';
import type { TickQueueSnapshotRow } from '../../schema/models/tickQueueSnapshots.ts';
import type { SimulationEvent } from '../simulator/events.ts';
import type { AgentTick, TickState } from '../simulator/tickState.ts';

function agentStateRow({ tick, day }: TickState, agent: AgentTick): OfRun<TickAgentStateRow> {
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

export function* tickAgentStateRows(ticks: readonly TickState[]): Generator<OfRun<TickAgentStateRow>> {
  for (const state of ticks) for (const agent of state.agents) yield agentStateRow(state, agent);
}

export function* tickQueueRows(ticks: readonly TickState[]): Generator<OfRun<TickQueueSnapshotRow>> {
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
export function* policyDecisionRows(
  events: readonly SimulationEvent[],
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
