/** The offsetting step under deferred crediting, where the credits of the tick name what settled (domain.md 7.7). */
import { addCents, subtractCents } from '../../../lib/units.ts';
import { text, textList, type StoredEvent } from '../details.ts';
import { agentOf, paymentOf, settle } from '../replayMoves.ts';
import { queue2Order, type ReplayState } from '../replayState.ts';
import type { StepSettlement } from './step.ts';

/** Payers are debited here, the whole of each payment; payees when their credits come. */
function book(state: ReplayState, { txIds, way }: StepSettlement): void {
  for (const txId of txIds) {
    const { sender, receiver, amount } = paymentOf(state, txId);
    const payer = agentOf(state, sender);
    payer.balance = subtractCents(payer.balance, amount);
    const payee = agentOf(state, receiver);
    payee.pendingCredit = addCents(payee.pendingCredit, amount);
    settle(state, txId, way);
  }
}

function betweenBanks(state: ReplayState, { details }: StoredEvent, waiting: readonly string[]) {
  const [a, b] = [text(details, 'agent_a'), text(details, 'agent_b')];
  const one = (from: string, to: string) =>
    waiting.filter((txId) => {
      const { sender, receiver } = paymentOf(state, txId);
      return sender === from && receiver === to;
    });
  const [ab, ba] = [one(a, b), one(b, a)];
  return ab.length > 0 && ba.length > 0 ? [...ab, ...ba] : [];
}

/**
 * Settles the payments of Queue 2 that `named` holds: those of a cycle event first, then whole pairs of banks, and what
 * is left as an offset of its own.
 */
export function playNamed(
  state: ReplayState,
  events: readonly StoredEvent[],
  named: ReadonlySet<string>,
): readonly StepSettlement[] {
  let waiting = queue2Order(state).filter((txId) => named.has(txId));
  const settled: StepSettlement[] = [];
  const take = (way: StepSettlement['way'], txIds: readonly string[]) => {
    if (txIds.length === 0) return;
    waiting = waiting.filter((txId) => !txIds.includes(txId));
    const settlement = { way, pass: 1, txIds };
    book(state, settlement);
    settled.push(settlement);
  };
  for (const { eventType, details } of events) {
    if (eventType !== 'LsmCycleSettlement') continue;
    const txIds = textList(details, 'tx_ids');
    if (txIds.every((txId) => waiting.includes(txId))) take('cycle', txIds);
  }
  for (const event of events) {
    if (event.eventType !== 'LsmCycleSettlement') take('offset', betweenBanks(state, event, waiting));
  }
  take('offset', waiting);
  return settled;
}
