import type {
  LoadedPolicy,
  PaymentAction,
  TreeNode,
  PaymentField,
} from '../../domain/policy/interpret/ast.ts';
import {
  bindNumeric,
  bindTree,
  type Decider,
  type Reader,
  type Readers,
} from '../../domain/policy/interpret/evaluate.ts';
import { bindBankAction, bindCollateralAction, countOf, type Act } from './bankActions.ts';
import { bankReaders, type BankContext } from './bankFields.ts';
import type { Payment, World } from './world.ts';
import { moveInQueue2 } from './queue2.ts';
import { engineHold, hold, holdReason, release, reprioritize, split } from './release.ts';
import { delayClass } from './costs.ts';

interface PaymentContext extends BankContext {
  readonly payment: Payment;
}

function delayOfOneTick({ world: { rates }, payment }: PaymentContext): number {
  const weight =
    rates.delayWeights[delayClass(payment.priority, payment.overdueSinceTick !== undefined)] ?? 0;
  return (payment.amount * weight) / rates.delayDenominator;
}

const paymentReaders: Readonly<Record<PaymentField, Reader<PaymentContext>>> = {
  amount: ({ payment }) => payment.amount,
  remaining_amount: ({ payment }) => payment.amount,
  // A payment settles in full or not at all.
  settled_amount: () => 0,
  arrival_tick: ({ payment }) => payment.arrivalTick,
  deadline_tick: ({ payment }) => payment.deadlineTick,
  priority: ({ payment }) => payment.priority,
  is_split: ({ payment }) => (payment.parent === undefined ? 0 : 1),
  is_past_deadline: ({ world, payment }) => (world.tick > payment.deadlineTick ? 1 : 0),
  is_overdue: ({ payment }) => (payment.overdueSinceTick === undefined ? 0 : 1),
  is_in_queue2: ({ payment }) => (payment.state === 'queue2' ? 1 : 0),
  overdue_duration: ({ world, payment }) =>
    payment.overdueSinceTick === undefined ? 0 : world.tick - payment.overdueSinceTick,
  ticks_to_deadline: ({ world, payment }) => payment.deadlineTick - world.tick,
  queue_age: ({ world, payment }) => world.tick - payment.arrivalTick,
  cost_delay_this_tx_one_tick: delayOfOneTick,
  cost_overdraft_this_amount_one_tick: ({ world, payment }) =>
    (payment.amount * world.rates.configured.overdraft_bps_per_tick) / 10_000,
};

type Tree<C> = Decider<C, Act<C>>;

/** A loaded policy tied to this engine's facts and actions. */
export interface BoundPolicy {
  readonly bankTree: Tree<BankContext> | undefined;
  readonly strategicCollateralTree: Tree<BankContext> | undefined;
  readonly endOfTickCollateralTree: Tree<BankContext> | undefined;
  readonly paymentTree: Tree<PaymentContext>;
  /** The payment tree once more, for payments in Queue 2; only when it can do anything to them. */
  readonly queue2Tree: Tree<PaymentContext> | undefined;
}

const register = (key: string) => (context: BankContext) => context.bank.registers.get(key) ?? 0;
const forBank: Readers<BankContext> = { fields: bankReaders, register };
const forPayment: Readers<PaymentContext> = { fields: { ...bankReaders, ...paymentReaders }, register };

/** Without a payment tree everything is released as it comes. */
const releaseAll: TreeNode<PaymentAction> = {
  kind: 'action',
  nodeId: 'release',
  action: { name: 'Release', priority: undefined, timedForTick: undefined },
};

function actsOnQueue2(node: TreeNode<PaymentAction>): boolean {
  return node.kind === 'action'
    ? node.action.name === 'WithdrawFromRtgs' || node.action.name === 'ResubmitToRtgs'
    : actsOnQueue2(node.onTrue) || actsOnQueue2(node.onFalse);
}

export function bindPolicy(policy: LoadedPolicy): BoundPolicy {
  const payment = policy.paymentTree ?? releaseAll;
  const { bankTree: bank, strategicCollateralTree: strategic, endOfTickCollateralTree: endOfTick } = policy;
  return {
    bankTree: bank && bindTree(bank, forBank, (action) => bindBankAction(action, forBank)),
    strategicCollateralTree:
      strategic && bindTree(strategic, forBank, (action) => bindCollateralAction(action, forBank)),
    endOfTickCollateralTree:
      endOfTick && bindTree(endOfTick, forBank, (action) => bindCollateralAction(action, forBank)),
    paymentTree: bindTree(payment, forPayment, (action) => bindPaymentAction(action, forPayment)),
    queue2Tree: actsOnQueue2(payment) ? bindTree(payment, forPayment, bindQueue2Action) : undefined,
  };
}

/** Decides and acts. */
export function follow<C>(tree: Tree<C> | undefined, context: C): void {
  tree?.decide(context)(context, () => tree.path(context));
}

function drop(world: World, payment: Payment): void {
  payment.state = 'dropped';
  payment.sender.day.dropped += 1;
  world.log?.({
    tick: world.tick,
    eventType: 'PolicyDrop',
    agentId: payment.sender.id,
    txId: payment.id,
    details: { reason: 'Expired deadline' },
  });
}

function bindRelease(
  action: Extract<PaymentAction, { name: 'Release' | 'ReleaseWithCredit' }>,
  readers: Readers<PaymentContext>,
): Act<PaymentContext> {
  const { priority } = action;
  const timed = action.timedForTick && bindNumeric(action.timedForTick, readers);
  return (context) => {
    const { world, payment } = context;
    const target = timed && countOf(timed(context), 'timed_for_tick');
    if (target !== undefined && target > world.tick) {
      hold(world, payment, engineHold(`Timed for tick ${target}`));
      return;
    }
    if (priority !== undefined) reprioritize(world, payment, priority);
    release(world, payment);
  };
}

function bindStaggerSplit(
  action: Extract<PaymentAction, { name: 'StaggerSplit' }>,
  readers: Readers<PaymentContext>,
): Act<PaymentContext> {
  const parts = bindNumeric(action.numSplits, readers);
  const now = bindNumeric(action.staggerFirstNow, readers);
  const gap = bindNumeric(action.staggerGapTicks, readers);
  const boost = bindNumeric(action.priorityBoostChildren, readers);
  return (context) =>
    split(context.world, context.payment, {
      parts: countOf(parts(context), 'num_splits'),
      now: countOf(now(context), 'stagger_first_now'),
      gapTicks: Math.max(0, countOf(gap(context), 'stagger_gap_ticks')),
      priorityBoost: countOf(boost(context), 'priority_boost_children'),
    });
}

/** What a leaf does to a payment that waits in Queue 1. Actions on Queue 2 leave it waiting. */
function bindPaymentAction(action: PaymentAction, readers: Readers<PaymentContext>): Act<PaymentContext> {
  switch (action.name) {
    case 'Release':
    case 'ReleaseWithCredit':
      return bindRelease(action, readers);
    case 'PaceAndRelease':
    case 'Split': {
      const parts = bindNumeric(action.numSplits, readers);
      return (context) => {
        const count = countOf(parts(context), 'num_splits');
        split(context.world, context.payment, { parts: count, now: count, gapTicks: 0, priorityBoost: 0 });
      };
    }
    case 'StaggerSplit':
      return bindStaggerSplit(action, readers);
    case 'Hold': {
      const { reason } = action;
      return ({ world, payment }) =>
        hold(world, payment, holdReason(reason, payment.deadlineTick - world.tick));
    }
    case 'Drop':
      return ({ world, payment }) => drop(world, payment);
    case 'Reprioritize': {
      const priority = bindNumeric(action.newPriority, readers);
      return (context) =>
        reprioritize(context.world, context.payment, countOf(priority(context), 'new_priority'));
    }
    case 'WithdrawFromRtgs':
    case 'ResubmitToRtgs':
      return ({ world, payment }) => hold(world, payment, engineHold('Not in Queue 2'));
  }
}

function withdraw(world: World, payment: Payment): void {
  payment.state = 'queue1';
  payment.sender.queue2Count -= 1;
  payment.sender.queue1.push(payment);
  world.log?.({
    tick: world.tick,
    eventType: 'RtgsWithdrawal',
    txId: payment.id,
    details: { sender: payment.sender.id, original_rtgs_priority: payment.rtgsPriority },
  });
  payment.submissionTick = undefined;
}

/** What a leaf does to a payment in Queue 2: take it back, change its class, or leave it alone. */
function bindQueue2Action(action: PaymentAction): Act<PaymentContext> {
  switch (action.name) {
    case 'WithdrawFromRtgs':
      return ({ world, payment }) => withdraw(world, payment);
    case 'ResubmitToRtgs': {
      const { rtgsPriority: wanted } = action;
      return ({ world, payment }) => {
        const before = payment.rtgsPriority;
        if (before === wanted) return;
        payment.rtgsPriority = wanted;
        world.log?.({
          tick: world.tick,
          eventType: 'RtgsResubmission',
          txId: payment.id,
          details: { sender: payment.sender.id, old_rtgs_priority: before, new_rtgs_priority: wanted },
        });
        moveInQueue2(world, payment);
      };
    }
    case 'Release':
    case 'ReleaseWithCredit':
    case 'PaceAndRelease':
    case 'Split':
    case 'StaggerSplit':
    case 'Hold':
    case 'Drop':
    case 'Reprioritize':
      return () => undefined;
  }
}
