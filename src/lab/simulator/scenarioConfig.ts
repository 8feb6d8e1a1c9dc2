/** The scenario as it is written down and stored (`config_json`): keys as in domain.md 3.7, nothing unread. */
import { z } from 'zod';

const ticks = z.int().nonnegative();
const schedule = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('OneTime'), tick: ticks }),
  z.strictObject({ type: z.literal('Repeating'), start_tick: ticks, interval: z.int().min(1) }),
]);

const between = { from_agent: z.string(), to_agent: z.string(), amount: z.int().min(1), schedule };

/** Something that happens at a known tick whatever the banks do (domain.md 3.7 and 7.2). */
const scenarioEventConfig = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('DirectTransfer'), ...between }),
  z.strictObject({
    type: z.literal('CustomTransactionArrival'),
    ...between,
    priority: z.int().min(0).max(10).default(5),
    /** Ticks after the arrival. */
    deadline: z.int().min(1),
    is_divisible: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('ScheduledSettlement'), ...between }),
  z.strictObject({ type: z.literal('CollateralAdjustment'), agent: z.string(), delta: z.int(), schedule }),
  z.strictObject({
    type: z.literal('GlobalArrivalRateChange'),
    multiplier: z.number().nonnegative(),
    schedule,
  }),
  z.strictObject({
    type: z.literal('AgentArrivalRateChange'),
    agent: z.string(),
    multiplier: z.number().nonnegative(),
    schedule,
  }),
  z.strictObject({
    type: z.literal('CounterpartyWeightChange'),
    agent: z.string(),
    counterparty: z.string(),
    new_weight: z.number().nonnegative(),
    auto_balance_others: z.boolean().default(false),
    schedule,
  }),
  z.strictObject({
    type: z.literal('DeadlineWindowChange'),
    min_ticks_multiplier: z.number().positive(),
    max_ticks_multiplier: z.number().positive(),
    schedule,
  }),
]);
export type ScenarioEventConfig = z.output<typeof scenarioEventConfig>;

const cents = z.int();
const positiveCents = z.int().nonnegative();
const rate = z.number().nonnegative();
const share = z.number().min(0).max(1);

/** A penalty per payment: a number of cents, or a rate of the amount in basis points. */
const penalty = z.union([
  positiveCents,
  z.strictObject({ mode: z.literal('fixed'), amount: positiveCents }),
  z.strictObject({ mode: z.literal('rate'), bps_per_event: rate }),
]);

/** Rates that are absent are 0, except the overdue factor, whose default is 5 (domain.md 1.2). */
const costRates = z.strictObject({
  overdraft_bps_per_tick: rate.default(0),
  delay_cost_per_tick_per_cent: rate.default(0),
  overdue_delay_multiplier: rate.default(5),
  priority_delay_multipliers: z
    .strictObject({ urgent_multiplier: rate, normal_multiplier: rate, low_multiplier: rate })
    .optional(),
  collateral_cost_per_tick_bps: rate.default(0),
  liquidity_cost_per_tick_bps: rate.default(0),
  deadline_penalty: penalty.default(0),
  eod_penalty: penalty.optional(),
  eod_penalty_per_transaction: positiveCents.optional(),
  split_friction_cost: positiveCents.default(0),
});

const lsmConfig = z.strictObject({
  enable_bilateral: z.boolean().default(false),
  enable_cycles: z.boolean().default(false),
  max_cycle_length: z.int().min(3).max(8).default(4),
  max_cycles_per_tick: z.int().min(1).default(10),
});

const amountDistribution = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Uniform'), min: z.int().min(1), max: z.int().min(1) }),
  z.strictObject({ type: z.literal('Normal'), mean: z.number().positive(), std_dev: rate }),
  /** Mean and deviation of the amount itself, not of its logarithm. */
  z.strictObject({ type: z.literal('LogNormal'), mean: z.number().positive(), std_dev: rate }),
  z.strictObject({ type: z.literal('Exponential'), lambda: z.number().positive() }),
]);
export type AmountDistribution = z.output<typeof amountDistribution>;

const arrivalConfig = z.strictObject({
  rate_per_tick: rate,
  amount_distribution: amountDistribution,
  counterparty_weights: z.record(z.string(), rate),
  deadline_range: z.tuple([z.int().min(1), z.int().min(1)]),
  priority: z.int().min(0).max(10).default(5),
  divisible: z.boolean().default(false),
});

const policyConfig = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Fifo') }),
  z.strictObject({ type: z.literal('Deadline'), urgency_threshold: ticks }),
  z.strictObject({
    type: z.literal('LiquidityAware'),
    target_buffer: positiveCents,
    urgency_threshold: ticks,
  }),
  z.strictObject({
    type: z.literal('LiquiditySplitting'),
    max_splits: z.int().min(2),
    min_split_amount: z.int().min(1),
  }),
  z.strictObject({ type: z.literal('MockSplitting'), num_splits: z.int().min(2) }),
  z.strictObject({ type: z.literal('InlineJson'), json_string: z.string() }),
]);
export type PolicyConfig = z.output<typeof policyConfig>;

const agentConfig = z.strictObject({
  id: z.string().min(1),
  opening_balance: cents,
  unsecured_cap: positiveCents.default(0),
  liquidity_pool: positiveCents.optional(),
  liquidity_allocation_fraction: share.optional(),
  liquidity_buffer: positiveCents.default(0),
  posted_collateral: positiveCents.default(0),
  /** Absent: ten times the unsecured cap. */
  max_collateral_capacity: positiveCents.optional(),
  collateral_haircut: share.default(0),
  limits: z
    .strictObject({
      bilateral_limits: z.record(z.string(), positiveCents).default({}),
      multilateral_limit: positiveCents.optional(),
    })
    .optional(),
  arrival_config: arrivalConfig.optional(),
  policy: policyConfig.default({ type: 'Fifo' }),
});
export type AgentConfig = z.output<typeof agentConfig>;

export const scenarioConfig = z
  .strictObject({
    simulation: z.strictObject({
      ticks_per_day: z.int().min(1),
      num_days: z.int().min(1),
      rng_seed: z.int(),
    }),
    deferred_crediting: z.boolean().default(false),
    deadline_cap_at_eod: z.boolean().default(false),
    entry_disposition_offsetting: z.boolean().default(false),
    algorithm_sequencing: z.boolean().default(false),
    queue1_ordering: z.enum(['Fifo', 'priority_deadline']).default('Fifo'),
    eod_rush_threshold: share.default(0.8),
    priority_escalation: z
      .strictObject({ start_escalating_at_ticks: z.int().min(1), max_boost: z.int().min(0).max(10) })
      .optional(),
    cost_rates: costRates,
    lsm_config: lsmConfig.default({
      enable_bilateral: false,
      enable_cycles: false,
      max_cycle_length: 4,
      max_cycles_per_tick: 10,
    }),
    agents: z.array(agentConfig).min(1),
    scenario_events: z.array(scenarioEventConfig).default([]),
  })
  .superRefine((scenario, context) => {
    const ids = scenario.agents.map((agent) => agent.id);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (new Set(ids).size !== ids.length) refuse('two agents have the same id');
    const named = [
      ...scenario.agents.flatMap((agent) => Object.keys(agent.arrival_config?.counterparty_weights ?? {})),
      ...scenario.agents.flatMap((agent) => Object.keys(agent.limits?.bilateral_limits ?? {})),
      ...scenario.scenario_events.flatMap((event) =>
        'from_agent' in event
          ? [event.from_agent, event.to_agent]
          : 'agent' in event
            ? [event.agent, ...('counterparty' in event ? [event.counterparty] : [])]
            : [],
      ),
    ];
    for (const id of named) if (!ids.includes(id)) refuse(`no agent is called "${id}"`);
    for (const { id, arrival_config: arrivals } of scenario.agents) {
      if (arrivals?.counterparty_weights[id] !== undefined) refuse(`${id} cannot pay itself`);
      if (arrivals !== undefined && arrivals.deadline_range[0] > arrivals.deadline_range[1]) {
        refuse(`${id}: the deadline range runs backwards`);
      }
    }
  });
export type ScenarioConfig = z.output<typeof scenarioConfig>;
/** As a person writes it: everything with a default may be left out. */
export type ScenarioInput = z.input<typeof scenarioConfig>;
