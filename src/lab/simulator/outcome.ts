/** What a run leaves behind, with money as `Cents` from here on. */
import type { RtgsPriority } from '../../domain/policy/interpret/ast.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import type { Bank } from './bank.ts';
import { chargedTotal, type CostBook } from './costs.ts';
import type { FinishedDay } from './dayStep.ts';
import { divideHalfUp } from './exact.ts';
import type { Payment, World } from './world.ts';

/** All six components and their sum (domain.md 1.2). */
export interface CostsByComponent {
  readonly liquidity: Cents;
  readonly delay: Cents;
  readonly collateral: Cents;
  readonly penalty: Cents;
  readonly splitFriction: Cents;
  readonly opportunity: Cents;
  readonly total: Cents;
}

function toCosts(book: Readonly<CostBook>): CostsByComponent {
  return {
    liquidity: cents(book.liquidity),
    delay: cents(book.delay),
    collateral: cents(book.collateral),
    penalty: cents(book.penalty),
    splitFriction: cents(book.splitFriction),
    opportunity: cents(book.opportunity),
    total: cents(chargedTotal(book)),
  };
}

/** One agent at the end; costs are of the whole run, not of its last day. */
interface AgentOutcome {
  readonly agentId: AgentId;
  readonly balanceCents: Cents;
  readonly postedCollateralCents: Cents;
  readonly costs: CostsByComponent;
  /** Whole payments; parts of a split one are not counted. */
  readonly arrivals: number;
  readonly settlements: number;
  /** Ids still waiting, in queue order. */
  readonly queue1: readonly string[];
  readonly queue2: readonly string[];
}

/** One agent on one day. The opening balance includes the morning's allocation, the closing one is after its return. */
export interface DailyOutcome {
  readonly agentId: AgentId;
  readonly day: number;
  readonly openingBalanceCents: Cents;
  readonly closingBalanceCents: Cents;
  readonly minBalanceCents: Cents;
  readonly maxBalanceCents: Cents;
  readonly unsecuredCapCents: Cents;
  readonly openingCollateralCents: Cents;
  readonly closingCollateralCents: Cents;
  readonly peakCollateralCents: Cents;
  readonly collateralCapacityCents: Cents;
  readonly collateralPosts: number;
  readonly collateralWithdrawals: number;
  readonly arrivals: number;
  readonly sent: number;
  readonly received: number;
  readonly settled: number;
  readonly dropped: number;
  readonly queue1Peak: number;
  /** Ids left in Queue 1, in order. */
  readonly queue1: readonly string[];
  readonly costs: CostsByComponent;
}

type PaymentStatus = 'pending' | 'settled' | 'overdue' | 'dropped';

/** One payment at the end, a whole one or a part. */
export interface PaymentOutcome {
  readonly txId: string;
  readonly senderId: AgentId;
  readonly receiverId: AgentId;
  readonly amountCents: Cents;
  readonly amountSettledCents: Cents;
  readonly priority: number;
  readonly isDivisible: boolean;
  readonly arrivalTick: number;
  readonly deadlineTick: number;
  readonly settlementTick: number | undefined;
  readonly status: PaymentStatus;
  readonly overdueSinceTick: number | undefined;
  readonly queue1Ticks: number;
  readonly queue2Ticks: number;
  /** Rounded once for the payment; agents are charged once per tick, so the parts may differ by a cent each. */
  readonly delayCostCents: Cents;
  readonly parentTxId: string | undefined;
  readonly splitIndex: number | undefined;
  readonly rtgsPriority: RtgsPriority;
  readonly submissionTick: number | undefined;
  readonly declaredRtgsPriority: RtgsPriority | undefined;
}

export interface SimulationOutcome {
  readonly ticks: number;
  readonly agents: readonly AgentOutcome[];
  readonly days: readonly DailyOutcome[];
  readonly payments: readonly PaymentOutcome[];
  readonly arrivals: number;
  readonly settlements: number;
  readonly totalCostCents: Cents;
}

function statusOf(payment: Payment): PaymentStatus {
  switch (payment.state) {
    case 'settled':
      return 'settled';
    case 'dropped':
      return 'dropped';
    case 'queue1':
    case 'released':
    case 'queue2':
    case 'split':
      return payment.overdueSinceTick === undefined ? 'pending' : 'overdue';
  }
}

function paymentOutcome(
  world: World,
  payment: Payment,
  settledParts: ReadonlyMap<Payment, number>,
): PaymentOutcome {
  const settled = payment.settlementTick !== undefined ? payment.amount : (settledParts.get(payment) ?? 0);
  return {
    txId: payment.id,
    senderId: agentId(payment.sender.id),
    receiverId: agentId(payment.receiver.id),
    amountCents: cents(payment.amount),
    amountSettledCents: cents(settled),
    priority: payment.priority,
    isDivisible: payment.isDivisible,
    arrivalTick: payment.arrivalTick,
    deadlineTick: payment.deadlineTick,
    settlementTick: payment.settlementTick,
    status: statusOf(payment),
    overdueSinceTick: payment.overdueSinceTick,
    queue1Ticks: payment.queue1Ticks,
    queue2Ticks: payment.queue2Ticks,
    delayCostCents: cents(divideHalfUp(payment.delayNumerator, world.rates.delayDenominator)),
    parentTxId: payment.parent?.id,
    splitIndex: payment.splitIndex,
    rtgsPriority: payment.rtgsPriority,
    submissionTick: payment.submissionTick,
    declaredRtgsPriority: payment.declaredRtgsPriority,
  };
}

export function paymentOutcomes(world: World): readonly PaymentOutcome[] {
  const settledParts = new Map<Payment, number>();
  for (const { parent, settlementTick, amount } of world.payments) {
    if (parent === undefined || settlementTick === undefined) continue;
    settledParts.set(parent, (settledParts.get(parent) ?? 0) + amount);
  }
  return world.payments.map((payment) => paymentOutcome(world, payment, settledParts));
}

export function agentOutcome(world: World, bank: Bank): AgentOutcome {
  return {
    agentId: agentId(bank.id),
    balanceCents: cents(bank.balance),
    postedCollateralCents: cents(bank.postedCollateral),
    costs: toCosts(bank.costs),
    arrivals: bank.arrivals,
    settlements: bank.settlements,
    queue1: bank.queue1.map((payment) => payment.id),
    queue2: world.queue2.filter((payment) => payment.sender === bank).map((payment) => payment.id),
  };
}

export function dailyOutcome({ bank, day, figures, ...closing }: FinishedDay): DailyOutcome {
  return {
    agentId: agentId(bank.id),
    day,
    openingBalanceCents: cents(figures.openingBalance),
    closingBalanceCents: cents(closing.closingBalance),
    minBalanceCents: cents(figures.minBalance),
    maxBalanceCents: cents(figures.maxBalance),
    unsecuredCapCents: cents(bank.config.unsecured_cap),
    openingCollateralCents: cents(figures.openingCollateral),
    closingCollateralCents: cents(closing.closingCollateral),
    peakCollateralCents: cents(figures.peakCollateral),
    collateralCapacityCents: cents(bank.collateralCapacity),
    collateralPosts: figures.collateralPosts,
    collateralWithdrawals: figures.collateralWithdrawals,
    arrivals: figures.arrivals,
    sent: figures.sent,
    received: figures.received,
    settled: figures.settled,
    dropped: figures.dropped,
    queue1Peak: figures.queue1Peak,
    queue1: closing.queue1,
    costs: toCosts(figures.costs),
  };
}

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

export function simulatedTick(world: World): SimulatedTick {
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
