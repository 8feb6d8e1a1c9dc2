/** What a bank can pay in the offsetting step: cover by balance and credit, and limits of the day. */
import type { AgentId } from '../../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { agentOf } from '../replayMoves.ts';
import type { ReplayState } from '../replayState.ts';
import type { OffsettingRules } from './rules.ts';

/** Credit in cents: the unsecured cap, and posted collateral after the haircut, rounded down. */
function roomOf(state: ReplayState, rules: OffsettingRules, id: AgentId): Cents {
  const { unsecuredCap, postedCollateral } = agentOf(state, id);
  const share = 1 - (rules.haircuts.get(id) ?? 0);
  return addCents(unsecuredCap, cents(BigInt(Math.floor(Number(postedCollateral) * share))));
}

/** Whether a payment of `amount` leaves the bank within its balance and credit. */
export function covers(state: ReplayState, rules: OffsettingRules, id: AgentId, amount: Cents): boolean {
  const left = subtractCents(agentOf(state, id).balance, amount);
  return addCents(left, roomOf(state, rules, id)) >= 0n;
}

/** Whether the limits of the sender allow `amount` more to the receiver today. */
export function withinLimits(
  state: ReplayState,
  rules: OffsettingRules,
  sender: AgentId,
  receiver: AgentId,
  amount: Cents,
): boolean {
  const limits = rules.limits.get(sender);
  if (limits === undefined) return true;
  const { paidToday } = agentOf(state, sender);
  const bilateral = limits.bilateral.get(receiver);
  if (bilateral !== undefined && (paidToday.get(receiver) ?? 0n) + amount > bilateral) return false;
  if (limits.multilateral === undefined) return true;
  return [...paidToday.values()].reduce(addCents, amount) <= limits.multilateral;
}
