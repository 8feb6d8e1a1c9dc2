import { z } from 'zod';

const ticks = z.int().nonnegative();
const schedule = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('OneTime'), tick: ticks }),
  z.strictObject({ type: z.literal('Repeating'), start_tick: ticks, interval: z.int().min(1) }),
]);

const between = { from_agent: z.string(), to_agent: z.string(), amount: z.int().min(1), schedule };

/** Something that happens at a known tick whatever the banks do (domain.md 3.7 and 7.2). */
export const scenarioEventConfig = z.discriminatedUnion('type', [
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
