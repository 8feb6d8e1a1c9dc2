/**
 * Bootstrap samples (domain.md 1.3): an agent's payments of the context run, drawn with replacement and played
 * in a sandbox of three parties, so that one agent's policy is judged against many days like that one.
 */
import { drawInteger, randomStream } from '../simulator/random.ts';
import type { PaymentOutcome, SimulationOutcome } from '../simulator/outcome.ts';
import type { AgentConfig, ScenarioConfig, ScenarioEventConfig } from '../simulator/scenarioConfig.ts';
import { sampleSeed } from './seeds.ts';

const source = 'SANDBOX_SOURCE';
const sink = 'SANDBOX_SINK';

export interface ResampledDay {
  readonly index: number;
  readonly seed: number;
  readonly scenario: ScenarioConfig;
}

function partner(id: string, openingBalance: number): AgentConfig {
  return {
    id,
    opening_balance: openingBalance,
    unsecured_cap: 0,
    liquidity_buffer: 0,
    posted_collateral: 0,
    collateral_haircut: 0,
    policy: { type: 'Fifo' },
  };
}

const drawAll = <T>(items: readonly T[], seed: number, stream: number): readonly T[] => {
  const random = randomStream(seed, stream);
  return items.flatMap(() => items[drawInteger(random, 0, items.length - 1)] ?? []);
};

function outgoing(agent: string, payment: PaymentOutcome): ScenarioEventConfig {
  return {
    type: 'CustomTransactionArrival',
    from_agent: agent,
    to_agent: sink,
    amount: Number(payment.amountCents),
    priority: payment.priority,
    deadline: payment.deadlineTick - payment.arrivalTick,
    is_divisible: payment.isDivisible,
    schedule: { type: 'OneTime', tick: payment.arrivalTick },
  };
}

/** Money comes in when it could first be used in the context run: with deferred crediting a tick later. */
function incoming(agent: string, payment: PaymentOutcome, deferred: boolean): readonly ScenarioEventConfig[] {
  if (payment.settlementTick === undefined) return [];
  return [
    {
      type: 'DirectTransfer',
      from_agent: source,
      to_agent: agent,
      amount: Number(payment.amountCents),
      schedule: { type: 'OneTime', tick: payment.settlementTick + (deferred ? 1 : 0) },
    },
  ];
}

function sandbox(
  scenario: ScenarioConfig,
  agent: AgentConfig,
  events: readonly ScenarioEventConfig[],
): ScenarioConfig {
  const alone: AgentConfig = { ...agent, arrival_config: undefined, limits: undefined };
  return {
    ...scenario,
    entry_disposition_offsetting: false,
    lsm_config: { ...scenario.lsm_config, enable_bilateral: false, enable_cycles: false },
    agents: [alone, partner(source, 0), partner(sink, 0)],
    scenario_events: [...events],
  };
}

/** The samples of one agent; whole payments only, as the parts of a split one are the policy's doing. */
export function resample(
  scenario: ScenarioConfig,
  context: SimulationOutcome,
  agentId: string,
  seedOfIteration: number,
  count: number,
): readonly ResampledDay[] {
  const agent = scenario.agents.find(({ id }) => id === agentId);
  if (agent === undefined) throw new RangeError(`no agent is called "${agentId}"`);
  const whole = context.payments.filter(({ parentTxId }) => parentTxId === undefined);
  const sent = whole.filter(({ senderId }) => senderId === agentId);
  const received = whole.filter(({ receiverId }) => receiverId === agentId);
  return Array.from({ length: count }, (_, index) => {
    const seed = sampleSeed(seedOfIteration, index);
    const events = [
      ...drawAll(received, seed, 1).flatMap((payment) =>
        incoming(agentId, payment, scenario.deferred_crediting),
      ),
      ...drawAll(sent, seed, 0).map((payment) => outgoing(agentId, payment)),
    ];
    return { index, seed, scenario: sandbox(scenario, agent, events) };
  });
}
