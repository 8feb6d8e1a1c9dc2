import { agentId, type AgentId } from '../../lib/ids.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import { toCosts, type CostsByComponent } from './outcome.ts';
import type { World } from './world.ts';

/** One agent at the end of one tick: what persistence level `full` stores. */
export interface SimulatedAgentTick {
  readonly agentId: AgentId;
  readonly balanceCents: Cents;
  /** The first tick's change is the whole balance (domain.md 2.17). */
  readonly balanceChangeCents: Cents;
  readonly unsecuredCapCents: Cents;
  readonly postedCollateralCents: Cents;
  /** Of the run so far, and of this tick alone. */
  readonly costs: CostsByComponent;
  readonly tickCosts: CostsByComponent;
  /** Ids in Queue 1, in order. */
  readonly queue1: readonly string[];
}

/** The whole system at the end of one tick. */
export interface SimulatedTick {
  readonly tick: number;
  readonly day: number;
  readonly agents: readonly SimulatedAgentTick[];
  /** The whole Queue 2 in its order, each payment with its sender. */
  readonly queue2: readonly { readonly senderId: AgentId; readonly txId: string }[];
}

export function tickState(world: World): SimulatedTick {
  return {
    tick: world.tick,
    day: world.day,
    agents: world.banks.map((bank) => ({
      agentId: agentId(bank.id),
      balanceCents: cents(bank.balance),
      balanceChangeCents: subtractCents(cents(bank.balance), cents(bank.balanceAtLastTick)),
      unsecuredCapCents: cents(bank.config.unsecured_cap),
      postedCollateralCents: cents(bank.postedCollateral),
      costs: toCosts(bank.costs),
      tickCosts: toCosts(bank.tickCosts),
      queue1: bank.queue1.map((payment) => payment.id),
    })),
    queue2: world.queue2.map((payment) => ({ senderId: agentId(payment.sender.id), txId: payment.id })),
  };
}
