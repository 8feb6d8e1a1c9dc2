/** The three classic scenarios, and one of five banks with offsetting (domain.md 3.7 and 3.8 name their like). */
import type { ScenarioInput } from '../simulator/scenarioConfig.ts';

const rates = (opportunityBps: number): ScenarioInput['cost_rates'] => ({
  liquidity_cost_per_tick_bps: opportunityBps,
  delay_cost_per_tick_per_cent: 0.2,
  overdraft_bps_per_tick: 0,
  collateral_cost_per_tick_bps: 0,
  eod_penalty_per_transaction: 100_000,
  deadline_penalty: 50_000,
  split_friction_cost: 0,
});

function order(from: string, to: string, amount: number, tick: number) {
  return {
    type: 'CustomTransactionArrival' as const,
    from_agent: from,
    to_agent: to,
    amount,
    priority: 5,
    deadline: 2,
    schedule: { type: 'OneTime' as const, tick },
  };
}

function twoBanks(pool: number) {
  return ['BANK_A', 'BANK_B'].map((id) => ({
    id,
    opening_balance: 0,
    unsecured_cap: 0,
    liquidity_pool: pool,
  }));
}

/** Two periods, known payments: B pays first, so A can live on what comes in. */
export const twoPeriods: ScenarioInput = {
  simulation: { ticks_per_day: 2, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(500),
  agents: twoBanks(100_000),
  scenario_events: [
    order('BANK_A', 'BANK_B', 15_000, 1),
    order('BANK_B', 'BANK_A', 15_000, 0),
    order('BANK_B', 'BANK_A', 5_000, 1),
  ],
};

/** Three periods, both banks alike: each pays the same amounts at the same times. */
export const threePeriods: ScenarioInput = {
  simulation: { ticks_per_day: 3, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(333),
  agents: twoBanks(100_000),
  scenario_events: [
    order('BANK_A', 'BANK_B', 20_000, 0),
    order('BANK_B', 'BANK_A', 20_000, 0),
    order('BANK_A', 'BANK_B', 20_000, 1),
    order('BANK_B', 'BANK_A', 20_000, 1),
  ],
};

type Weights = Readonly<Record<string, number>>;

function randomPayer(id: string, weights: Weights, pool: number, rate: number, deadlines: [number, number]) {
  return {
    id,
    opening_balance: 0,
    unsecured_cap: 0,
    liquidity_pool: pool,
    arrival_config: {
      rate_per_tick: rate,
      amount_distribution: { type: 'LogNormal' as const, mean: 10_000, std_dev: 5_000 },
      counterparty_weights: { ...weights },
      deadline_range: deadlines,
    },
  };
}

/** Twelve periods, random payments. */
export const twelvePeriods: ScenarioInput = {
  simulation: { ticks_per_day: 12, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(83),
  agents: [
    randomPayer('BANK_A', { BANK_B: 1 }, 1_000_000, 2, [3, 8]),
    randomPayer('BANK_B', { BANK_A: 1 }, 1_000_000, 2, [3, 8]),
  ],
};

const five = ['ALPINE', 'BALTIC', 'CELTIC', 'DANUBE', 'EXMOOR'];

/** Each bank pays the next one most of the time: rings form in Queue 2, and so do pairs. */
function nextMostly(i: number): Weights {
  return Object.fromEntries(
    five.flatMap((id, j) => (j === i ? [] : [[id, j === (i + 1) % five.length ? 6 : 1]])),
  );
}

/** Five banks over two days; both kinds of offsetting over Queue 2. */
export const fiveBanks: ScenarioInput = {
  simulation: { ticks_per_day: 10, num_days: 2, rng_seed: 42 },
  cost_rates: {
    ...rates(40),
    delay_cost_per_tick_per_cent: 0.002,
    deadline_penalty: 500,
    eod_penalty_per_transaction: 2_000,
  },
  lsm_config: { enable_bilateral: true, enable_cycles: true, max_cycle_length: 5 },
  agents: five.map((id, i) => randomPayer(id, nextMostly(i), 150_000, 1.2, [2, 6])),
};
