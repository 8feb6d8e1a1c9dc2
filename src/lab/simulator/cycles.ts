import type { Bank } from './bank.ts';
import { canPay } from './ledger.ts';
import { bookNet } from './offsetting.ts';
import type { Payment } from './payment.ts';
import { queuedPairs } from './queuedPairs.ts';
import { compactQueue2, leaveQueue2Settled } from './queue2.ts';
import type { SettledValue } from './settlement.ts';
import type { World } from './world.ts';

/** The payments of a cycle in order: each one's receiver is the next one's sender. */
type Cycle = readonly Payment[];

/** Inflow minus outflow of each sender of the cycle, in its order. */
function netPositions(cycle: Cycle): number[] {
  return cycle.map((payment, i) => (cycle.at(i - 1)?.amount ?? 0) - payment.amount);
}

/** True when the sender of `payment` can pay what it owes beyond what `incoming` brings. */
function isCovered(incoming: Payment, payment: Payment): boolean {
  const net = incoming.amount - payment.amount;
  return net >= 0 || canPay(payment.sender, -net);
}

/**
 * The first covered cycle of three or more banks. Between two banks the oldest queued payment is taken; a
 * cycle starts at its first bank in the order of the scenario, so none is looked at twice. A bank that could
 * not pay its net outflow ends a path at once: that keeps the search small however long the queue is.
 */
function findCycle(world: World, longest: number): Cycle | undefined {
  const pairs = queuedPairs(world);
  const path: Payment[] = [];
  const extend = (start: Bank, at: Bank): boolean => {
    const incoming = path.at(-1);
    for (const next of pairs.from(at)) {
      if (next.index < start.index) continue;
      const payment = pairs.between(at, next)?.[0];
      if (payment === undefined) continue;
      if (incoming !== undefined && !isCovered(incoming, payment)) continue;
      const first = path[0];
      if (next === start) {
        if (path.length < 2 || first === undefined || !isCovered(payment, first)) continue;
        path.push(payment);
        return true;
      }
      if (path.length + 1 >= longest || path.some((earlier) => earlier.receiver === next)) continue;
      path.push(payment);
      if (extend(start, next)) return true;
      path.pop();
    }
    return false;
  };
  return world.banks.some((bank) => extend(bank, bank)) ? path : undefined;
}

function settleCycle(world: World, cycle: Cycle): number {
  const nets = netPositions(cycle);
  const senders = cycle.map((payment) => payment.sender);
  for (const [i, sender] of senders.entries()) {
    const incoming = cycle.at(i - 1);
    bookNet(world, sender, nets[i] ?? 0, incoming === undefined ? [] : [incoming.id]);
  }
  const value = cycle.reduce((total, payment) => total + payment.amount, 0);
  const outflows = nets.map((net) => Math.max(0, -net));
  const maxOutflow = Math.max(...outflows);
  const agents = senders.map((sender) => sender.id);
  world.log?.({
    tick: world.tick,
    eventType: 'LsmCycleSettlement',
    details: {
      // The first agent and its position are repeated at the end, as in the original (domain.md 7.2).
      agents: [...agents, ...agents.slice(0, 1)],
      tx_amounts: cycle.map((payment) => payment.amount),
      total_value: value,
      net_positions: [...nets, ...nets.slice(0, 1)],
      max_net_outflow: maxOutflow,
      max_net_outflow_agent: agents[outflows.indexOf(maxOutflow)] ?? '',
      tx_ids: cycle.map((payment) => payment.id),
      cycle_value: value,
    },
  });
  for (const payment of cycle) leaveQueue2Settled(world, payment);
  compactQueue2(world);
  return value;
}

/** Settles cycles one after the other, up to the scenario's limit per tick. */
export function settleCycles(world: World): SettledValue {
  const { max_cycle_length: longest, max_cycles_per_tick: most } = world.scenario.lsm_config;
  let settlements = 0;
  let value = 0;
  for (let found = 0; found < most && world.queue2.length >= 3; found += 1) {
    const cycle = findCycle(world, longest);
    if (cycle === undefined) break;
    settlements += cycle.length;
    value += settleCycle(world, cycle);
  }
  return { settlements, value };
}
