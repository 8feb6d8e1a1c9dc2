/**
 * Each event's effect on balances, queues and costs (domain.md 7.2 to 7.4). Written without a look at the
 * simulator: a second reading of the same catalogue, so that the two can disagree.
 */
import type { JsonObject } from '../../lib/json.ts';
import { addCents, cents, subtractCents } from '../../lib/units.ts';
import {
  agent,
  IncompleteEvent,
  innerObject,
  money,
  moneyList,
  object,
  ownAgent,
  ownPayment,
  text,
  textList,
  type StoredEvent,
} from './details.ts';
import {
  agentOf,
  countPaid,
  credit,
  debit,
  enterQueue2,
  isQueued,
  leaveQueues,
  moveNet,
  paymentOf,
  settle,
  addCosts,
  type ReplayState,
} from './replayState.ts';

/** Says what an event claims and what the replay finds. */
export type Note = (what: string, claimed: unknown, found: unknown) => void;

type Effect = (state: ReplayState, event: StoredEvent, note: Note) => void;

function arrive(state: ReplayState, txId: string, details: JsonObject): void {
  const sender = agent(details, 'sender_id');
  state.payments.set(txId, {
    sender,
    receiver: agent(details, 'receiver_id'),
    amount: money(details, 'amount'),
    rtgsPriority: 'Normal',
    parent: undefined,
    openParts: 0,
  });
  agentOf(state, sender).queue1.add(txId);
  agentOf(state, sender).arrivals += 1;
}

function split(state: ReplayState, txId: string, details: JsonObject): void {
  const parts = textList(details, 'child_ids');
  leaveQueues(state, txId);
  paymentOf(state, txId).openParts = parts.length;
  for (const part of parts) {
    const child = paymentOf(state, part);
    child.parent = txId;
    // The part's `Arrival` counted as one, before it was known to be a part.
    agentOf(state, child.sender).arrivals -= 1;
  }
}

function settleAtOnce(state: ReplayState, event: StoredEvent, note: Note): void {
  const { details } = event;
  const txId = ownPayment(event);
  const sender = agent(details, 'sender');
  const amount = money(details, 'amount');
  note('sender_balance_before', money(details, 'sender_balance_before'), agentOf(state, sender).balance);
  debit(state, sender, amount);
  note('sender_balance_after', money(details, 'sender_balance_after'), agentOf(state, sender).balance);
  const receiver = agent(details, 'receiver');
  credit(state, receiver, amount);
  // A scheduled settlement of the scenario has no payment order behind it (domain.md 7.4).
  if (txId.startsWith('scheduled_settlement_')) return;
  countPaid(state, sender, receiver, amount);
  settle(state, txId, 'rtgs');
}

function offset(state: ReplayState, details: JsonObject): void {
  const surplus = subtractCents(money(details, 'amount_b'), money(details, 'amount_a'));
  moveNet(state, agent(details, 'agent_a'), surplus);
  moveNet(state, agent(details, 'agent_b'), subtractCents(cents(0n), surplus));
  for (const txId of textList(details, 'tx_ids')) settle(state, txId, 'offset');
}

function settleCycle(state: ReplayState, details: JsonObject): void {
  const ids = textList(details, 'agents');
  const nets = moneyList(details, 'net_positions');
  // The first agent is repeated at the end.
  for (const [i, net] of nets.slice(0, -1).entries()) {
    const id = ids[i];
    if (id === undefined) throw new IncompleteEvent('a net position without an agent');
    moveNet(state, agent({ id }, 'id'), net);
  }
  for (const txId of textList(details, 'tx_ids')) settle(state, txId, 'cycle');
}

function accrue(state: ReplayState, event: StoredEvent, note: Note): void {
  const charged = agentOf(state, ownAgent(event));
  const costs = object(event.details, 'costs');
  const total = money(costs, 'total');
  const listed = {
    liquidity: money(costs, 'liquidity_cost'),
    delay: money(costs, 'delay_cost'),
    collateral: money(costs, 'collateral_cost'),
    penalty: money(costs, 'penalty_cost'),
    splitFriction: money(costs, 'split_friction_cost'),
  };
  const sum = Object.values(listed).reduce(addCents);
  // Files of the original leave the opportunity cost out of the list but not of the total (domain.md 7.3).
  const opportunity =
    costs.liquidity_opportunity_cost === undefined
      ? subtractCents(total, sum)
      : money(costs, 'liquidity_opportunity_cost');
  note('total of a cost accrual', total, addCents(sum, opportunity));
  const accrued = { ...listed, opportunity, total };
  addCosts(charged.costs, accrued);
  addCosts(charged.tickCosts, accrued);
  addCosts(charged.dayCosts, accrued);
}

function scenarioEvent(state: ReplayState, details: JsonObject): void {
  const inner = innerObject(details, 'details_json');
  const type = text(details, 'scenario_event_type');
  if (type === 'direct_transfer') {
    const amount = money(inner, 'amount');
    debit(state, agent(inner, 'from_agent'), amount);
    const payee = agentOf(state, agent(inner, 'to_agent'));
    payee.balance = addCents(payee.balance, amount);
  } else if (type === 'collateral_adjustment') {
    const adjusted = agentOf(state, agent(inner, 'agent'));
    if (state.offsetting !== undefined) {
      adjusted.unsecuredCap = addCents(adjusted.unsecuredCap, money(inner, 'delta'));
      return;
    }
    const posted = addCents(adjusted.postedCollateral, money(inner, 'delta'));
    adjusted.postedCollateral = posted < 0n ? cents(0n) : posted;
  }
}

function collateral(state: ReplayState, event: StoredEvent, sign: 1n | -1n, note: Note): void {
  const bank = agentOf(state, ownAgent(event));
  bank.postedCollateral = addCents(bank.postedCollateral, cents(sign * money(event.details, 'amount')));
  note('new_total of collateral', money(event.details, 'new_total'), bank.postedCollateral);
}

function pool(state: ReplayState, event: StoredEvent, sign: 1n | -1n, note: Note): void {
  const bank = agentOf(state, ownAgent(event));
  bank.balance = addCents(bank.balance, cents(sign * money(event.details, 'amount')));
  note('balance_after the pool', money(event.details, 'balance_after'), bank.balance);
}

/** In the original a withdrawn payment is in no queue; in our lab it is back in Queue 1. */
function withdraw(state: ReplayState, txId: string): void {
  leaveQueues(state, txId);
  if (state.offsetting === undefined) agentOf(state, paymentOf(state, txId).sender).queue1.add(txId);
}

/** In the original a withdrawn payment goes to Queue 1, to be released anew; in our lab straight to Queue 2. */
function resubmit(state: ReplayState, txId: string, details: JsonObject): void {
  const payment = paymentOf(state, txId);
  payment.rtgsPriority = text(details, 'new_rtgs_priority');
  if (state.offsetting !== undefined) {
    if (!isQueued(state, txId)) agentOf(state, payment.sender).queue1.add(txId);
    return;
  }
  enterQueue2(state, txId);
}

function release(state: ReplayState, txId: string, details: JsonObject): void {
  const amount = money(details, 'amount');
  const [sender, receiver] = [agent(details, 'sender'), agent(details, 'receiver')];
  debit(state, sender, amount);
  credit(state, receiver, amount);
  countPaid(state, sender, receiver, amount);
  settle(state, txId, 'release');
}

function applyCredits(state: ReplayState, event: StoredEvent, note: Note): void {
  const payee = agentOf(state, ownAgent(event));
  note('deferred credit', money(event.details, 'amount'), payee.pendingCredit);
  payee.balance = addCents(payee.balance, payee.pendingCredit);
  payee.pendingCredit = cents(0n);
}

const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['LiquidityAllocation', (state, event, note) => pool(state, event, 1n, note)],
  ['LiquidityReturn', (state, event, note) => pool(state, event, -1n, note)],
  ['ScenarioEventExecuted', (state, { details }) => scenarioEvent(state, details)],
  ['Arrival', (state, event) => arrive(state, ownPayment(event), event.details)],
  ['PolicySubmit', (state, event) => leaveQueues(state, ownPayment(event))],
  ['PolicyDrop', (state, event) => leaveQueues(state, ownPayment(event))],
  ['PolicySplit', (state, event) => split(state, ownPayment(event), event.details)],
  [
    'RtgsSubmission',
    (state, event) => {
      paymentOf(state, ownPayment(event)).rtgsPriority = text(event.details, 'rtgs_priority');
    },
  ],
  ['QueuedRtgs', (state, event) => enterQueue2(state, ownPayment(event))],
  ['RtgsWithdrawal', (state, event) => withdraw(state, ownPayment(event))],
  ['RtgsResubmission', (state, event) => resubmit(state, ownPayment(event), event.details)],
  ['RtgsImmediateSettlement', settleAtOnce],
  ['Queue2LiquidityRelease', (state, event) => release(state, ownPayment(event), event.details)],
  ['LsmBilateralOffset', (state, { details }) => offset(state, details)],
  ['LsmCycleSettlement', (state, { details }) => settleCycle(state, details)],
  ['DeferredCreditApplied', applyCredits],
  ['CostAccrual', accrue],
  ['CollateralPost', (state, event, note) => collateral(state, event, 1n, note)],
  ['CollateralWithdraw', (state, event, note) => collateral(state, event, -1n, note)],
  ['CollateralTimerWithdrawn', (state, event, note) => collateral(state, event, -1n, note)],
]);

/** Applies one event. What only explains (holds, registers, limits, overdue notes) moves nothing. */
export function applyEvent(state: ReplayState, event: StoredEvent, note: Note): void {
  effects.get(event.eventType)?.(state, event, note);
}
