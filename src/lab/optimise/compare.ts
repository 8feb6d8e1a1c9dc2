/**
 * Measures a proposal against the policy in force, on the same payments, and decides. Means that become money are
 * floored exactly; the rest judges, and may round.
 */
import { mean, meanInterval, sampleDeviation } from '../../domain/acceptance/statistics.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { AgentPolicy, Scenario } from '../record/recordRun.ts';
import type { CostsByComponent, SimulationOutcome } from '../simulator/outcome.ts';
import { simulate } from '../simulator/simulate.ts';
import type { LabAcceptanceRules } from './laboratory.ts';
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

/** Floor of the mean of whole numbers, without a rounding on the way. */
export function flooredMeanOf(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  const count = BigInt(values.length);
  const quotient = sum / count;
  return Number(sum % count < 0n ? quotient - 1n : quotient);
}

/** One proposal measured against the policy in force; costs in cents, pairs in the same order. */
export interface MeasuredPair {
  readonly oldCosts: readonly number[];
  readonly newCosts: readonly number[];
  /** Settled share with the proposal; unknown in bootstrap mode. */
  readonly settlementRate: number | undefined;
}

export interface Decision {
  readonly accepted: boolean;
  /** In the words of domain.md 6.4. */
  readonly reason: string;
}

export function deltasOf({ oldCosts, newCosts }: MeasuredPair): readonly number[] {
  return oldCosts.map((oldCost, i) => oldCost - (newCosts[i] ?? oldCost));
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}

/** The rule that turns the proposal down, or undefined. In the order of domain.md 6.3. */
function refusal(comparison: MeasuredPair, rules: LabAcceptanceRules): string | undefined {
  const { newCosts, settlementRate } = comparison;
  const floor = rules.min_settlement_rate;
  if (settlementRate !== undefined && settlementRate < floor) {
    const [rate, least] = [(settlementRate * 100).toFixed(1), (floor * 100).toFixed(0)];
    return `Settlement rate ${rate}% below minimum ${least}%. Policy rejected.`;
  }
  const deltas = deltasOf(comparison);
  if (deltas.reduce((sum, delta) => sum + delta, 0) <= 0) return 'delta_sum ≤ 0';
  // Of the paired savings; the original tests the interval of the new cost (docs/decisions).
  const interval = rules.require_statistical_significance ? meanInterval(deltas) : undefined;
  if (interval !== undefined && interval[0] <= 0) {
    const [low, high] = interval.map(Math.trunc);
    return `Improvement not statistically significant: 95% CI [${low}, ${high}] includes zero`;
  }
  const limit = rules.max_coefficient_of_variation;
  const [deviation, average] = [sampleDeviation(newCosts), mean(newCosts)];
  if (limit !== undefined && deviation !== undefined && average > 0 && deviation / average > limit) {
    return (
      `Variance too high: CV=${(deviation / average).toFixed(2)} exceeds threshold ${limit}. ` +
      `Policy is unstable (std_dev=${dollars(deviation)}, mean=${dollars(average)})`
    );
  }
  return undefined;
}

export function decide(comparison: MeasuredPair, rules: LabAcceptanceRules): Decision {
  const reason = refusal(comparison, rules);
  if (reason !== undefined) return { accepted: false, reason };
  const tested = rules.require_statistical_significance && comparison.newCosts.length > 1;
  const limit = rules.max_coefficient_of_variation;
  const passed = [
    'delta_sum > 0',
    ...(tested ? ['CI > 0'] : []),
    ...(limit === undefined ? [] : [`CV ≤ ${limit}`]),
  ];
  return { accepted: true, reason: `passed: ${passed.join(', ')}` };
}
