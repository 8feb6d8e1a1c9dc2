/** What each bank-level field means here; the engine's own definitions where domain.md gives them. */
import type { BankField } from '../../domain/policy/interpret/ast.ts';
import type { Reader } from '../../domain/policy/interpret/evaluate.ts';
import type { Bank } from './bank.ts';
import { excessCollateral, remainingCapacity, requiredCollateral } from './collateral.ts';
import { availableCents } from './settlement.ts';
import type { World } from './world.ts';

export interface BankContext {
  readonly world: World;
  readonly bank: Bank;
}

function value(payments: readonly { readonly amount: number }[]): number {
  return payments.reduce((sum, payment) => sum + payment.amount, 0);
}

/** `part / whole`, 0 when there is no whole. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

const creditUsed = ({ bank }: BankContext) => Math.max(0, -bank.balance);
const headroom = (context: BankContext) => context.bank.overdraftLimit - creditUsed(context);
const liquidity = ({ bank }: BankContext) => availableCents(bank);
const queue1Value = ({ bank }: BankContext) => value(bank.queue1);
const ticksPerDay = ({ world }: BankContext) => world.scenario.simulation.ticks_per_day;

/** No queued payment has a deadline: infinitely far, so that "is it close?" is answered with no. */
function nearestQueue2Deadline({ world, bank }: BankContext): number {
  const own = world.queue2.filter((payment) => payment.sender === bank);
  return Math.min(Infinity, ...own.map((payment) => payment.deadlineTick));
}

function penaltyRate(penalty: unknown, resolve: (amountCents: number) => number): number {
  // A penalty in basis points has no single value without a payment.
  return typeof penalty === 'object' && penalty !== null && 'bps_per_event' in penalty ? 0 : resolve(0);
}

const dayProgress = (context: BankContext) => context.world.tickInDay / ticksPerDay(context);
const throughput = ({ bank }: BankContext) => share(bank.day.settledValue, bank.day.arrivedValue);
/** An even day: after tick n of N, (n + 1) / N of the day's value should be settled. */
const expectedThroughput = (context: BankContext) => (context.world.tickInDay + 1) / ticksPerDay(context);

export const bankReaders: Readonly<Record<BankField, Reader<BankContext>>> = {
  balance: ({ bank }) => bank.balance,
  credit_limit: ({ bank }) => bank.overdraftLimit,
  available_liquidity: liquidity,
  credit_used: creditUsed,
  effective_liquidity: liquidity,
  credit_headroom: headroom,
  is_using_credit: ({ bank }) => (bank.balance < 0 ? 1 : 0),
  liquidity_buffer: ({ bank }) => bank.config.liquidity_buffer,
  outgoing_queue_size: ({ bank }) => bank.queue1.length,
  incoming_expected_count: ({ world, bank }) =>
    world.queue2.filter((payment) => payment.receiver === bank).length,
  liquidity_pressure: (context) => share(queue1Value(context), queue1Value(context) + liquidity(context)),
  // The limit binds always in this engine.
  is_overdraft_capped: () => 1,
  queue1_total_value: queue1Value,
  queue1_liquidity_gap: (context) => Math.max(0, queue1Value(context) - liquidity(context)),
  headroom: (context) => liquidity(context) - queue1Value(context),
  current_tick: ({ world }) => world.tick,
  rtgs_queue_size: ({ world }) => world.queue2.length,
  rtgs_queue_value: ({ world }) => value(world.queue2),
  total_agents: ({ world }) => world.banks.length,
  posted_collateral: ({ bank }) => bank.postedCollateral,
  max_collateral_capacity: ({ bank }) => bank.collateralCapacity,
  remaining_collateral_capacity: ({ bank }) => remainingCapacity(bank),
  collateral_utilization: ({ bank }) => share(bank.postedCollateral, bank.collateralCapacity),
  allowed_overdraft_limit: ({ bank }) => bank.overdraftLimit,
  overdraft_headroom: headroom,
  overdraft_utilization: (context) => share(creditUsed(context), context.bank.overdraftLimit),
  collateral_haircut: ({ bank }) => bank.config.collateral_haircut,
  unsecured_cap: ({ bank }) => bank.config.unsecured_cap,
  required_collateral_for_usage: ({ bank }) => requiredCollateral(bank),
  excess_collateral: ({ bank }) => excessCollateral(bank),
  queue2_size: ({ world }) => world.queue2.length,
  queue2_count_for_agent: ({ bank }) => bank.queue2Count,
  queue2_nearest_deadline: nearestQueue2Deadline,
  ticks_to_nearest_queue2_deadline: (context) => nearestQueue2Deadline(context) - context.world.tick,
  cost_overdraft_bps_per_tick: ({ world }) => world.rates.configured.overdraft_bps_per_tick,
  cost_delay_per_tick_per_cent: ({ world }) => world.rates.configured.delay_cost_per_tick_per_cent,
  cost_collateral_bps_per_tick: ({ world }) => world.rates.configured.collateral_cost_per_tick_bps,
  cost_split_friction: ({ world }) => world.rates.splitFrictionCents,
  cost_deadline_penalty: ({ world: { rates } }) =>
    penaltyRate(rates.configured.deadline_penalty, rates.deadlinePenalty),
  cost_eod_penalty: ({ world: { rates } }) => penaltyRate(rates.configured.eod_penalty, rates.eodPenalty),
  system_ticks_per_day: ticksPerDay,
  system_current_day: ({ world }) => world.day,
  system_tick_in_day: ({ world }) => world.tickInDay,
  ticks_remaining_in_day: (context) => ticksPerDay(context) - context.world.tickInDay - 1,
  day_progress_fraction: dayProgress,
  is_eod_rush: (context) => (dayProgress(context) >= context.world.scenario.eod_rush_threshold ? 1 : 0),
  system_queue2_pressure_index: ({ world }) => {
    const queued = value(world.queue2);
    return share(queued, queued + world.banks.reduce((sum, bank) => sum + Math.max(0, bank.balance), 0));
  },
  my_throughput_fraction_today: throughput,
  expected_throughput_fraction_by_now: expectedThroughput,
  throughput_gap: (context) => throughput(context) - expectedThroughput(context),
};
