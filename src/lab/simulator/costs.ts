import type { Bank } from './bank.ts';
import type { AccruedCosts } from './events.ts';
import { applyRate, divideHalfUp, rateOf, safe, withCommonDenominator, type Rate } from './exact.ts';
import type { Payment, World } from './world.ts';
import type { ScenarioConfig } from './scenarioConfig.ts';

type Penalty = ScenarioConfig['cost_rates']['deadline_penalty'];

/** The price list of a scenario, made exact once (domain.md 1.2). */
export interface CostRates {
  readonly overdraft: Rate;
  readonly collateral: Rate;
  readonly opportunity: Rate;
  readonly splitFrictionCents: number;
  readonly deadlinePenalty: (amountCents: number) => number;
  readonly eodPenalty: (amountCents: number) => number;
  /** Delay weights of a payment by `delayClass`, over `delayDenominator`. */
  readonly delayWeights: readonly number[];
  readonly delayDenominator: number;
  /** As configured, for the fields that a policy reads. */
  readonly configured: ScenarioConfig['cost_rates'];
}

function penaltyOf(penalty: Penalty): (amountCents: number) => number {
  if (typeof penalty === 'number') return () => penalty;
  if (penalty.mode === 'fixed') return () => penalty.amount;
  const rate = rateOf([penalty.bps_per_event], true);
  return (amountCents) => applyRate(amountCents, rate);
}

/** Index into `delayWeights`: priority band (low 0-3, normal 4-7, urgent 8-10), and whether overdue. */
export function delayClass(priority: number, overdue: boolean): number {
  const band = priority >= 8 ? 2 : priority >= 4 ? 1 : 0;
  return overdue ? band + 3 : band;
}

export function compileRates(rates: ScenarioConfig['cost_rates']): CostRates {
  const bands = rates.priority_delay_multipliers;
  const factors = [bands?.low_multiplier ?? 1, bands?.normal_multiplier ?? 1, bands?.urgent_multiplier ?? 1];
  const delay = withCommonDenominator(
    [1, rates.overdue_delay_multiplier].flatMap((overdue) =>
      factors.map((factor) => rateOf([rates.delay_cost_per_tick_per_cent, factor, overdue])),
    ),
  );
  return {
    overdraft: rateOf([rates.overdraft_bps_per_tick], true),
    collateral: rateOf([rates.collateral_cost_per_tick_bps], true),
    opportunity: rateOf([rates.liquidity_cost_per_tick_bps], true),
    splitFrictionCents: rates.split_friction_cost,
    deadlinePenalty: penaltyOf(rates.deadline_penalty),
    eodPenalty: penaltyOf(rates.eod_penalty ?? rates.eod_penalty_per_transaction ?? 0),
    delayWeights: delay.numerators,
    delayDenominator: delay.denominator,
    configured: rates,
  };
}

/** Costs by component, in cents. `penalty` holds deadline and end-of-day penalties. */
export interface CostBook {
  liquidity: number;
  delay: number;
  collateral: number;
  penalty: number;
  splitFriction: number;
  opportunity: number;
}

export function emptyBook(): CostBook {
  return { liquidity: 0, delay: 0, collateral: 0, penalty: 0, splitFriction: 0, opportunity: 0 };
}

export function chargedTotal(book: Readonly<CostBook>): number {
  return safe(
    book.liquidity + book.delay + book.collateral + book.penalty + book.splitFriction + book.opportunity,
  );
}

function addTo(book: CostBook, costs: Readonly<CostBook>): void {
  book.liquidity += costs.liquidity;
  book.delay += costs.delay;
  book.collateral += costs.collateral;
  book.penalty += costs.penalty;
  book.splitFriction += costs.splitFriction;
  book.opportunity += costs.opportunity;
}

export function clearBook(book: CostBook): void {
  book.liquidity = 0;
  book.delay = 0;
  book.collateral = 0;
  book.penalty = 0;
  book.splitFriction = 0;
  book.opportunity = 0;
}

/** As the event of domain.md 7.2 writes it, with the component that the original omits. */
function toAccruedCosts(book: Readonly<CostBook>): AccruedCosts {
  return {
    liquidity_cost: book.liquidity,
    delay_cost: book.delay,
    collateral_cost: book.collateral,
    penalty_cost: book.penalty,
    split_friction_cost: book.splitFriction,
    liquidity_opportunity_cost: book.opportunity,
    total: chargedTotal(book),
  };
}

/** A charge of split friction alone. */
export function splitCosts(cents: number): CostBook {
  return { ...emptyBook(), splitFriction: cents };
}

/** Charges a bank and reports it; charges of nothing are not reported. */
export function charge(world: World, bank: Bank, costs: CostBook): void {
  if (chargedTotal(costs) <= 0) return;
  addTo(bank.tickCosts, costs);
  addTo(bank.day.costs, costs);
  addTo(bank.costs, costs);
  world.log?.({
    tick: world.tick,
    eventType: 'CostAccrual',
    agentId: bank.id,
    details: { costs: toAccruedCosts(costs) },
  });
}

/** Marks a payment as overdue once its deadline has passed and returns the penalty, 0 otherwise. */
function markOverdue(world: World, payment: Payment): number {
  if (payment.overdueSinceTick !== undefined || world.tick <= payment.deadlineTick) return 0;
  payment.overdueSinceTick = world.tick;
  payment.deadlinePenaltyCents = world.rates.deadlinePenalty(payment.amount);
  world.log?.({
    tick: world.tick,
    eventType: 'TransactionWentOverdue',
    txId: payment.id,
    details: {
      sender_id: payment.sender.id,
      receiver_id: payment.receiver.id,
      amount: payment.amount,
      remaining_amount: payment.amount,
      deadline_tick: payment.deadlineTick,
      ticks_overdue: world.tick - payment.deadlineTick,
      deadline_penalty_cost: payment.deadlinePenaltyCents,
    },
  });
  return payment.deadlinePenaltyCents;
}

/** Adds one tick of waiting to a payment and to its sender's delay. Returns the deadline penalty, if now due. */
function waitOneTick(world: World, payment: Payment): number {
  const penalty = markOverdue(world, payment);
  const weight =
    world.rates.delayWeights[delayClass(payment.priority, payment.overdueSinceTick !== undefined)];
  const delay = payment.amount * (weight ?? 0);
  payment.delayNumerator = safe(payment.delayNumerator + delay);
  payment.sender.delayNumerator = safe(payment.sender.delayNumerator + delay);
  return penalty;
}

/** Overdue marking, then the costs of the tick for every bank (domain.md 1.2), each rounded once. */
export function accrueCosts(world: World): void {
  const { rates } = world;
  const penalties: number[] = [];
  for (const bank of world.banks) {
    bank.delayNumerator = 0;
    let due = 0;
    for (const payment of bank.queue1) {
      payment.queue1Ticks += 1;
      due += waitOneTick(world, payment);
    }
    penalties.push(due);
  }
  for (const payment of world.queue2) {
    payment.queue2Ticks += 1;
    const { index } = payment.sender;
    penalties[index] = (penalties[index] ?? 0) + waitOneTick(world, payment);
  }
  for (const bank of world.banks) {
    if (bank.balance < bank.day.minBalance) bank.day.minBalance = bank.balance;
    if (bank.balance > bank.day.maxBalance) bank.day.maxBalance = bank.balance;
    charge(world, bank, {
      splitFriction: 0,
      liquidity: applyRate(Math.max(0, -bank.balance), rates.overdraft),
      delay: divideHalfUp(bank.delayNumerator, rates.delayDenominator),
      collateral: applyRate(bank.postedCollateral, rates.collateral),
      penalty: penalties[bank.index] ?? 0,
      opportunity: applyRate(bank.allocated, rates.opportunity),
    });
  }
}
