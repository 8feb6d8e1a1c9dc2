import type { JsonObject } from '../../lib/json.ts';
import { deadlineAfter } from './arrivalStep.ts';
import { adjustCollateral } from './collateral.ts';
import { book, canPay, creditBank } from './settlement.ts';
import type { ScenarioEventConfig } from './scenarioConfig.ts';
import { admitPayment, bankCalled, type World } from './world.ts';

/** Ticks of the run at which each event happens. */
export function schedule(
  events: readonly ScenarioEventConfig[],
  ticks: number,
): ReadonlyMap<number, readonly ScenarioEventConfig[]> {
  const byTick = new Map<number, ScenarioEventConfig[]>();
  for (const event of events) {
    const [first, step] =
      event.schedule.type === 'OneTime'
        ? [event.schedule.tick, ticks]
        : [event.schedule.start_tick, event.schedule.interval];
    for (let tick = first; tick < ticks; tick += step) {
      byTick.set(tick, [...(byTick.get(tick) ?? []), event]);
    }
  }
  return byTick;
}

type Of<Type extends ScenarioEventConfig['type']> = Extract<ScenarioEventConfig, { type: Type }>;

function customArrival(world: World, event: Of<'CustomTransactionArrival'>): JsonObject {
  const payment = admitPayment(world, {
    sender: bankCalled(world, event.from_agent),
    receiver: bankCalled(world, event.to_agent),
    amount: event.amount,
    deadlineTick: deadlineAfter(world, event.deadline),
    priority: event.priority,
    isDivisible: event.is_divisible,
  });
  return {
    from_agent: event.from_agent,
    to_agent: event.to_agent,
    amount: event.amount,
    priority: event.priority,
    deadline: world.tick + event.deadline,
    is_divisible: event.is_divisible,
    tx_id: payment.id,
  };
}

function directTransfer(world: World, event: Of<'DirectTransfer'>): JsonObject {
  book(bankCalled(world, event.from_agent), -event.amount);
  book(bankCalled(world, event.to_agent), event.amount);
  return { from_agent: event.from_agent, to_agent: event.to_agent, amount: event.amount };
}

/** Settles at once or not at all; its money is told by an ordinary settlement event with an id of its own. */
function scheduledSettlement(world: World, event: Of<'ScheduledSettlement'>): JsonObject {
  const { from_agent, to_agent, amount } = event;
  const [sender, receiver] = [bankCalled(world, from_agent), bankCalled(world, to_agent)];
  if (!canPay(sender, amount)) {
    return { from_agent, to_agent, amount, settled: false, reason: 'InsufficientLiquidity' };
  }
  world.scheduledSettlements += 1;
  const txId = `scheduled_settlement_${world.scheduledSettlements}`;
  const before = sender.balance;
  book(sender, -amount);
  creditBank(world, receiver, amount, [txId]);
  world.log?.({
    tick: world.tick,
    eventType: 'RtgsImmediateSettlement',
    txId,
    details: {
      sender: sender.id,
      receiver: receiver.id,
      amount,
      sender_balance_before: before,
      sender_balance_after: sender.balance,
    },
  });
  return { from_agent, to_agent, amount, settled: true };
}

function agentRateChange(world: World, event: Of<'AgentArrivalRateChange'>): JsonObject {
  const process = world.arrivals.find(({ bank }) => bank.id === event.agent);
  const oldRate = process?.ratePerTick ?? 0;
  const newRate = oldRate * event.multiplier;
  if (process !== undefined) process.ratePerTick = newRate;
  return { agent: event.agent, multiplier: event.multiplier, old_rate: oldRate, new_rate: newRate };
}

/** Sets one weight; with `auto_balance_others` the others share what is left of 1 in their old proportion. */
function weightChange(world: World, event: Of<'CounterpartyWeightChange'>): JsonObject {
  const process = world.arrivals.find(({ bank }) => bank.id === event.agent);
  const chosen = process?.counterparties.findIndex((bank) => bank.id === event.counterparty) ?? -1;
  if (process !== undefined && chosen >= 0) {
    const others = process.weights.reduce((sum, weight, i) => (i === chosen ? sum : sum + weight), 0);
    for (const [i, weight] of process.weights.entries()) {
      if (i === chosen) process.weights[i] = event.new_weight;
      else if (event.auto_balance_others && others > 0) {
        process.weights[i] = (weight / others) * Math.max(0, 1 - event.new_weight);
      }
    }
  }
  return {
    agent: event.agent,
    counterparty: event.counterparty,
    new_weight: event.new_weight,
    auto_balance_others: event.auto_balance_others,
  };
}

/** Does what the event says; the answer is its name and details as they are reported. */
function execute(world: World, event: ScenarioEventConfig): readonly [string, JsonObject] {
  switch (event.type) {
    case 'CustomTransactionArrival':
      return ['custom_transaction_arrival', customArrival(world, event)];
    case 'DirectTransfer':
      return ['direct_transfer', directTransfer(world, event)];
    case 'ScheduledSettlement':
      return ['scheduled_settlement', scheduledSettlement(world, event)];
    case 'CollateralAdjustment': {
      adjustCollateral(bankCalled(world, event.agent), event.delta);
      return ['collateral_adjustment', { agent: event.agent, delta: event.delta }];
    }
    case 'GlobalArrivalRateChange':
      world.arrivalRateFactor *= event.multiplier;
      return ['global_arrival_rate_change', { multiplier: event.multiplier }];
    case 'AgentArrivalRateChange':
      return ['agent_arrival_rate_change', agentRateChange(world, event)];
    case 'CounterpartyWeightChange':
      return ['counterparty_weight_change', weightChange(world, event)];
    case 'DeadlineWindowChange': {
      const { min_ticks_multiplier: min, max_ticks_multiplier: max } = event;
      world.deadlineFactors = [world.deadlineFactors[0] * min, world.deadlineFactors[1] * max];
      return ['deadline_window_change', { min_ticks_multiplier: min, max_ticks_multiplier: max }];
    }
  }
}

/** The scenario's own events of this tick, in the order of the configuration. */
export function runScenarioEvents(world: World): void {
  for (const event of world.scheduled.get(world.tick) ?? []) {
    const [type, details] = execute(world, event);
    world.log?.({
      tick: world.tick,
      eventType: 'ScenarioEventExecuted',
      details: { scenario_event_type: type, details_json: JSON.stringify(details) },
    });
  }
}
