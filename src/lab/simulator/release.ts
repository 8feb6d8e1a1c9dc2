import type { Bank } from './bank.ts';
import { charge, splitCosts } from './costs.ts';
import { admitPayment, type Payment, type World } from './world.ts';

/** Reports that the policy keeps a payment where it is. */
export function hold(world: World, payment: Payment, reason: string): void {
  world.log?.({
    tick: world.tick,
    eventType: 'PolicyHold',
    agentId: payment.sender.id,
    txId: payment.id,
    details: { reason },
  });
}

/** Takes `payment` out of the tick's budget; false when it does not fit. */
function withinBudget(bank: Bank, payment: Payment): boolean {
  const { budget } = bank;
  if (budget === undefined) return true;
  const { receiver, amount } = payment;
  const spent = (budget.spent.get(receiver) ?? 0) + amount;
  const fits =
    amount <= budget.rest &&
    (budget.focus === undefined || budget.focus.has(receiver.id)) &&
    (budget.maxPerCounterparty === undefined || spent <= budget.maxPerCounterparty);
  if (!fits) return false;
  budget.rest -= amount;
  budget.spent.set(receiver, spent);
  return true;
}

function submit(world: World, payment: Payment): void {
  payment.state = 'released';
  payment.releaseAtTick = undefined;
  payment.submissionTick = world.tick;
  payment.declaredRtgsPriority ??= payment.rtgsPriority;
  world.released.push(payment);
  const { sender, receiver, amount } = payment;
  world.log?.({
    tick: world.tick,
    eventType: 'RtgsSubmission',
    txId: payment.id,
    details: {
      sender: sender.id,
      receiver: receiver.id,
      amount,
      internal_priority: payment.priority,
      rtgs_priority: payment.rtgsPriority,
    },
  });
  world.log?.({
    tick: world.tick,
    eventType: 'PolicySubmit',
    agentId: sender.id,
    txId: payment.id,
    details: {},
  });
}

/** Hands a payment to the settlement system, if the bank's budget of this tick allows it. */
export function release(world: World, payment: Payment): void {
  if (withinBudget(payment.sender, payment)) submit(world, payment);
  else hold(world, payment, 'BudgetExhausted');
}

export function reprioritize(world: World, payment: Payment, wanted: number): void {
  const priority = Math.min(10, Math.max(0, wanted));
  const before = payment.priority;
  if (priority === before) return;
  payment.priority = priority;
  payment.basePriority = priority;
  world.log?.({
    tick: world.tick,
    eventType: 'TransactionReprioritized',
    agentId: payment.sender.id,
    txId: payment.id,
    details: { old_priority: before, new_priority: priority },
  });
}

/** How a payment is cut: `now` parts are released at once, one more every `gapTicks` after. */
interface SplitPlan {
  readonly parts: number;
  readonly now: number;
  readonly gapTicks: number;
  readonly priorityBoost: number;
}

/** Why a payment cannot be cut into so many parts now; a part is at least one cent. */
function splitRefusal(payment: Payment, parts: number): string | undefined {
  if (parts < 2) return `Split failed: ${parts} parts`;
  if (parts > payment.amount) return `Split failed: ${parts} parts of ${payment.amount} cents`;
  return withinBudget(payment.sender, payment) ? undefined : 'BudgetExhausted';
}

/** Replaces a payment by its parts, equal but for the last, which takes the rest. */
export function split(world: World, payment: Payment, plan: SplitPlan): void {
  const { sender, amount } = payment;
  const { parts } = plan;
  const refusal = splitRefusal(payment, parts);
  if (refusal !== undefined) {
    hold(world, payment, refusal);
    return;
  }
  payment.state = 'split';
  payment.openParts = parts;
  const share = Math.floor(amount / parts);
  const children = Array.from({ length: parts }, (_, index) =>
    admitPayment(
      world,
      {
        ...payment,
        amount: index === parts - 1 ? amount - share * (parts - 1) : share,
        priority: Math.min(10, Math.max(0, payment.priority + plan.priorityBoost)),
      },
      { of: payment, index },
    ),
  );
  world.log?.({
    tick: world.tick,
    eventType: 'PolicySplit',
    agentId: sender.id,
    txId: payment.id,
    details: { num_splits: parts, child_ids: children.map((child) => child.id) },
  });
  for (const [index, child] of children.entries()) {
    const turn = Math.max(0, index - plan.now + 1);
    if (turn === 0 || plan.gapTicks === 0) submit(world, child);
    else child.releaseAtTick = world.tick + turn * plan.gapTicks;
  }
  charge(world, sender, splitCosts(world.rates.splitFrictionCents * (parts - 1)));
}

/** Reason words as the original engine writes them (domain.md 7.2, value notes). */

const holdReasons: readonly string[] = ['InsufficientLiquidity', 'AwaitingInflows', 'LowPriority'];
const collateralReasons: readonly string[] = [
  'UrgentLiquidityNeed',
  'PreemptivePosting',
  'LiquidityRestored',
  'EndOfDayCleanup',
  'DeadlineEmergency',
  'CostOptimization',
];

function custom(text: string): string {
  return `Custom(${JSON.stringify(text)})`;
}

/** The reason of a hold: one of the engine's own words, or the policy's in its debug form. */
export function holdReason(given: string | undefined, ticksToDeadline: number): string {
  if (given === undefined) return custom('Policy decision');
  if (given === 'NearDeadline') return `NearDeadline { ticks_remaining: ${Math.max(0, ticksToDeadline)} }`;
  return holdReasons.includes(given) ? given : custom(given);
}

export function collateralReason(given: string | undefined): string {
  if (given === undefined) return custom('Policy decision');
  return collateralReasons.includes(given) ? given : custom(given);
}

/** A hold that the engine decided, not the policy. */
export function engineHold(text: string): string {
  return custom(text);
}
