import type { Bank } from './bank.ts';
import { availableCents, book, canPay, creditBank, type SettledValue } from './settlement.ts';
import type { Payment, World } from './world.ts';
import { compactQueue2, leaveQueue2Settled } from './queue2.ts';

/** Queue 2 seen as a graph: who waits to pay whom, each pair's payments in queue order. */
interface QueuedPairs {
  /** Payments from one bank to another; undefined when there are none. */
  readonly between: (from: Bank, to: Bank) => readonly Payment[] | undefined;
  /** Whom a bank waits to pay, by the first payment to each. */
  readonly from: (bank: Bank) => readonly Bank[];
}

const nobody: readonly Bank[] = [];

/** One pass over the queue. Flat arrays by index: this is asked for in every tick with a queue. */
function queuedPairs(world: World): QueuedPairs {
  const size = world.banks.length;
  const cells: (Payment[] | undefined)[] = [];
  const receivers: (Bank[] | undefined)[] = [];
  for (const payment of world.queue2) {
    const { sender, receiver } = payment;
    const at = sender.index * size + receiver.index;
    const cell = cells[at];
    if (cell !== undefined) {
      cell.push(payment);
      continue;
    }
    cells[at] = [payment];
    const known = receivers[sender.index];
    if (known === undefined) receivers[sender.index] = [receiver];
    else known.push(receiver);
  }
  return {
    between: (from, to) => cells[from.index * size + to.index],
    from: (bank) => receivers[bank.index] ?? nobody,
  };
}

function sum(payments: readonly Payment[]): number {
  return payments.reduce((total, payment) => total + payment.amount, 0);
}

/** Moves a net position: out at once, in like every other credit. */
function bookNet(world: World, bank: Bank, net: number, sources: readonly string[]): void {
  if (net < 0) book(bank, net);
  else if (net > 0) creditBank(world, bank, net, sources);
}

/** In queue order, as many payments as fit into `limit`. */
function fitting(payments: readonly Payment[], limit: number): readonly Payment[] {
  let rest = limit;
  return payments.filter((payment) => {
    if (payment.amount > rest) return false;
    rest -= payment.amount;
    return true;
  });
}

/** Two lists of opposite payments whose net difference the net payer can cover; undefined when there is none. */
function balanced(
  forth: readonly Payment[],
  back: readonly Payment[],
): readonly [readonly Payment[], readonly Payment[]] | undefined {
  const [a, b] = [forth[0]?.sender, back[0]?.sender];
  if (a === undefined || b === undefined) return undefined;
  const surplus = sum(forth) - sum(back);
  const chosen =
    surplus >= 0
      ? ([fitting(forth, sum(back) + availableCents(a)), back] as const)
      : ([forth, fitting(back, sum(forth) + availableCents(b))] as const);
  const net = sum(chosen[0]) - sum(chosen[1]);
  const payer = net >= 0 ? a : b;
  const covered = net === 0 || canPay(payer, Math.abs(net));
  return covered && chosen[0].length > 0 && chosen[1].length > 0 ? chosen : undefined;
}

/** Settles `forth` (a to b) against `back` (b to a) so that only the difference moves. */
export function offset(
  world: World,
  forth: readonly Payment[],
  back: readonly Payment[],
  leave: (payment: Payment) => void,
): void {
  const [a, b] = [forth[0]?.sender, back[0]?.sender];
  if (a === undefined || b === undefined) return;
  const [amountA, amountB] = [sum(forth), sum(back)];
  const ids = (payments: readonly Payment[]) => payments.map((payment) => payment.id);
  bookNet(world, a, amountB - amountA, ids(back));
  bookNet(world, b, amountA - amountB, ids(forth));
  world.log?.({
    tick: world.tick,
    eventType: 'LsmBilateralOffset',
    details: {
      agent_a: a.id,
      agent_b: b.id,
      tx_ids: [...ids(forth), ...ids(back)],
      amount_a: amountA,
      amount_b: amountB,
      amount: amountA + amountB,
    },
  });
  for (const payment of [...forth, ...back]) leave(payment);
}

/** Offsets every pair of banks once, in the order of the scenario's agents. */
export function offsetBilaterally(world: World): SettledValue {
  let settlements = 0;
  let value = 0;
  const pairs = queuedPairs(world);
  for (const a of world.banks) {
    for (const b of pairs.from(a)) {
      const forth = pairs.between(a, b);
      const back = pairs.between(b, a);
      if (a.index > b.index || forth === undefined || back === undefined) continue;
      const chosen = balanced(forth, back);
      if (chosen === undefined) continue;
      offset(world, ...chosen, (payment) => leaveQueue2Settled(world, payment));
      settlements += chosen[0].length + chosen[1].length;
      value += sum(chosen[0]) + sum(chosen[1]);
    }
  }
  if (settlements > 0) compactQueue2(world);
  return { settlements, value };
}

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
