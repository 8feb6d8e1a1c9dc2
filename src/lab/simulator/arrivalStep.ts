import type { Bank } from './bank.ts';
import {
  drawInteger,
  drawNormal,
  drawPoisson,
  drawUnit,
  drawWeighted,
  randomStream,
  type RandomGenerator,
} from './random.ts';
import type { AmountDistribution } from './scenarioConfig.ts';
import { admitPayment, endOfDayTick, type ArrivalProcess, type World } from './world.ts';

/** The streams of all banks that have an `arrival_config`. */
export function arrivalProcesses(banks: readonly Bank[], seed: number): ArrivalProcess[] {
  return banks.flatMap((bank) => {
    const config = bank.config.arrival_config;
    if (config === undefined) return [];
    const counterparties = banks.filter((other) => config.counterparty_weights[other.id] !== undefined);
    return [
      {
        bank,
        random: randomStream(seed, bank.index),
        counterparties,
        weights: counterparties.map((other) => config.counterparty_weights[other.id] ?? 0),
        ratePerTick: config.rate_per_tick,
      },
    ];
  });
}

function drawAmount(random: RandomGenerator, distribution: AmountDistribution): number {
  switch (distribution.type) {
    case 'Uniform':
      return drawInteger(random, distribution.min, distribution.max);
    case 'Normal':
      return distribution.mean + distribution.std_dev * drawNormal(random);
    case 'LogNormal': {
      const variance = Math.log(1 + (distribution.std_dev / distribution.mean) ** 2);
      const location = Math.log(distribution.mean) - variance / 2;
      return Math.exp(location + Math.sqrt(variance) * drawNormal(random));
    }
    case 'Exponential':
      return -Math.log(1 - drawUnit(random)) / distribution.lambda;
  }
}

/** A deadline is never before the tick after the arrival, and capped at the end of the day if so configured. */
export function deadlineAfter(world: World, ticks: number): number {
  const deadline = world.tick + Math.max(1, ticks);
  return world.scenario.deadline_cap_at_eod ? Math.min(deadline, endOfDayTick(world)) : deadline;
}

function arrive(world: World, process: ArrivalProcess): void {
  const { bank, random } = process;
  const config = bank.config.arrival_config;
  const receiver = process.counterparties[drawWeighted(random, process.weights) ?? -1];
  if (config === undefined || receiver === undefined) return;
  const amount = Math.max(1, Math.round(drawAmount(random, config.amount_distribution)));
  const [shortest, longest] = config.deadline_range;
  const [minFactor, maxFactor] = world.deadlineFactors;
  const min = Math.max(1, Math.round(shortest * minFactor));
  const max = Math.max(min, Math.round(longest * maxFactor));
  admitPayment(world, {
    sender: bank,
    receiver,
    amount,
    deadlineTick: deadlineAfter(world, drawInteger(random, min, max)),
    priority: config.priority,
    isDivisible: config.divisible,
  });
}

/** The random arrivals of this tick, bank by bank. */
export function drawArrivals(world: World): void {
  for (const process of world.arrivals) {
    const count = drawPoisson(process.random, process.ratePerTick * world.arrivalRateFactor);
    for (let i = 0; i < count; i += 1) arrive(world, process);
  }
}

/** Raises the priority of waiting payments as their deadline comes close, in even steps up to the full boost. */
export function escalatePriorities(world: World): void {
  const escalation = world.scenario.priority_escalation;
  if (escalation === undefined) return;
  const { start_escalating_at_ticks: window, max_boost: maxBoost } = escalation;
  for (const bank of world.banks) {
    for (const payment of bank.queue1) {
      const left = payment.deadlineTick - world.tick;
      if (left > window) continue;
      const boost = Math.ceil(maxBoost * (1 - Math.max(0, left) / (window + 1)));
      const escalated = Math.min(10, payment.basePriority + boost);
      if (escalated === payment.priority) continue;
      payment.priority = escalated;
      world.log?.({
        tick: world.tick,
        eventType: 'PriorityEscalated',
        txId: payment.id,
        details: {
          sender_id: bank.id,
          original_priority: payment.basePriority,
          escalated_priority: escalated,
          ticks_until_deadline: left,
          boost_applied: escalated - payment.basePriority,
        },
      });
    }
  }
}
