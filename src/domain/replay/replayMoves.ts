/** Money and payments moving in a replay; each move is one step that several events share. */
import type { AgentId } from '../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../lib/units.ts';
import { IncompleteEvent } from './details.ts';
import type { ReplayedAgent, ReplayedPayment, ReplayState, SettlementWay } from './replayState.ts';

export function agentOf(state: ReplayState, id: AgentId): ReplayedAgent {
  const found = state.agents.get(id);
  if (found === undefined) throw new IncompleteEvent(`the agent ${id} is not in the scenario`);
  return found;
}

export function paymentOf(state: ReplayState, id: string): ReplayedPayment {
  const found = state.payments.get(id);
  if (found === undefined) throw new IncompleteEvent(`the payment ${id} never arrived`);
  return found;
}

export function debit(state: ReplayState, id: AgentId, amount: Cents): void {
  const payer = agentOf(state, id);
  payer.balance = subtractCents(payer.balance, amount);
}

export function credit(state: ReplayState, id: AgentId, amount: Cents): void {
  const payee = agentOf(state, id);
  if (state.deferredCrediting) payee.pendingCredit = addCents(payee.pendingCredit, amount);
  else payee.balance = addCents(payee.balance, amount);
}

/** Net positions: out at once, in like any credit. */
export function moveNet(state: ReplayState, id: AgentId, net: Cents): void {
  if (net > 0n) credit(state, id, net);
  else debit(state, id, subtractCents(cents(0n), net));
}

export function leaveQueues(state: ReplayState, txId: string): void {
  agentOf(state, paymentOf(state, txId).sender).queue1.delete(txId);
  for (const waiting of state.queue2.values()) waiting.delete(txId);
}

/** From Queue 1 too: parts of a split one of the original are queued without a `PolicySubmit`. */
export function enterQueue2(state: ReplayState, txId: string): void {
  leaveQueues(state, txId);
  const { rtgsPriority } = paymentOf(state, txId);
  const waiting = state.queue2.get(state.offsetting === undefined ? rtgsPriority : 'Normal');
  if (waiting === undefined) throw new IncompleteEvent(`unknown class ${rtgsPriority}`);
  waiting.add(txId);
}

/** Whether a payment waits in Queue 2. */
export function isQueued(state: ReplayState, txId: string): boolean {
  return [...state.queue2.values()].some((waiting) => waiting.has(txId));
}

/** Outflow of the day, which limits count. */
export function countPaid(state: ReplayState, sender: AgentId, receiver: AgentId, amount: Cents): void {
  const { paidToday } = agentOf(state, sender);
  paidToday.set(receiver, addCents(paidToday.get(receiver) ?? cents(0n), amount));
}

/** A payment is settled; a split one is when its last part is. */
export function settle(state: ReplayState, txId: string, way: SettlementWay): void {
  leaveQueues(state, txId);
  const { sender, parent } = paymentOf(state, txId);
  const earlier = state.settlements.get(txId);
  if (earlier !== undefined)
    throw new IncompleteEvent(`the payment ${txId} settled before, in tick ${earlier.tick}`);
  state.settlements.set(txId, { tick: state.tick, way });
  if (parent === undefined) {
    agentOf(state, sender).settlements += 1;
    return;
  }
  const whole = paymentOf(state, parent);
  whole.openParts -= 1;
  if (whole.openParts > 0) return;
  agentOf(state, sender).settlements += 1;
  state.settlements.set(parent, { tick: state.tick, way: 'children' });
}
