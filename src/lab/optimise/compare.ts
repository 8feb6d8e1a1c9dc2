/** Measures a proposal against the policy in force, on the same payments. */
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { AgentPolicy, Scenario } from '../record/recordRun.ts';
import type { CostsByComponent, SimulationOutcome } from '../simulator/outcome.ts';
import { simulate } from '../simulator/simulate.ts';
import type { MeasuredPair } from './acceptance.ts';
import type { ResampledDay } from './resample.ts';

export type Policies = ReadonlyMap<AgentId, AgentPolicy>;

export function costUnder(outcome: SimulationOutcome, agentId: string): CostsByComponent {
  const agent = outcome.agents.find((candidate) => candidate.agentId === agentId);
  if (agent === undefined) throw new RangeError(`no agent is called "${agentId}"`);
  return agent.costs;
}

function run(scenario: Scenario, policies: Policies, seed: number): SimulationOutcome {
  const loaded = new Map([...policies].map(([agent, policy]) => [agent, policy.loaded]));
  return simulate({ scenario: scenario.config, policies: loaded, seed });
}

/** Costs stay below 2^53: the simulator refuses anything else. */
const number = (value: Cents) => Number(value);

function breakdown(costs: CostsByComponent): ReadonlyMap<string, Cents> {
  return new Map([
    ['liquidity_cost', costs.liquidity],
    ['delay_cost', costs.delay],
    ['collateral_cost', costs.collateral],
    ['penalty_cost', costs.penalty],
    ['split_friction_cost', costs.splitFriction],
    ['liquidity_opportunity_cost', costs.opportunity],
  ]);
}

/** Mean ticks from arrival to settlement of whole payments; undefined when none settled. */
function averageDelay(outcome: SimulationOutcome): number | undefined {
  const delays = outcome.payments.flatMap(({ parentTxId, settlementTick, arrivalTick }) =>
    parentTxId === undefined && settlementTick !== undefined ? [settlementTick - arrivalTick] : [],
  );
  return delays.length === 0 ? undefined : delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
}

/** A comparison with what is known about the run with the proposal. */
export interface PairedRun {
  readonly comparison: MeasuredPair;
  readonly averageDelay: number | undefined;
  /** The agent's own components with the proposal; they add up to its new cost. */
  readonly breakdown: ReadonlyMap<string, Cents>;
}

/** Two runs of the whole system with one seed, alike but for one agent's policy. */
export function comparePair(
  scenario: Scenario,
  policies: Policies,
  agentId: AgentId,
  proposal: AgentPolicy,
  seed: number,
): PairedRun {
  const before = run(scenario, policies, seed);
  const after = run(scenario, new Map(policies).set(agentId, proposal), seed);
  const costs = costUnder(after, agentId);
  return {
    comparison: {
      oldCosts: [number(costUnder(before, agentId).total)],
      newCosts: [number(costs.total)],
      settlementRate: after.arrivals === 0 ? undefined : after.settlements / after.arrivals,
    },
    averageDelay: averageDelay(after),
    breakdown: breakdown(costs),
  };
}

/** Cost of one policy on each sample, in cents. */
export function costsOnSamples(
  samples: readonly ResampledDay[],
  agentId: AgentId,
  policy: AgentPolicy,
): readonly number[] {
  const policies = new Map([[agentId, policy.loaded]]);
  return samples.map(({ scenario, seed }) =>
    number(costUnder(simulate({ scenario, policies, seed }), agentId).total),
  );
}
