/**
 * The policies in force, measured: one run of the whole system, and in bootstrap mode many samples of it; and the
 * judgement of a proposal against them.
 */
import { meanInterval, sampleDeviation } from '../../domain/acceptance/statistics.ts';
import { PolicyFault } from '../../domain/policy/interpret/evaluate.ts';
import { formatSimulationId, type AgentId, type ExperimentId, type RunPurpose } from '../../lib/ids.ts';
import { cents, type Cents } from '../../lib/units.ts';
import type { PolicyEvaluationRow } from '../../schema/models/experiments.ts';
import { recordRun, type AgentPolicy, type RecordedRun } from '../record/recordRun.ts';
import { toJsonObject } from '../record/toJson.ts';
import {
  comparePair,
  costsOnSamples,
  costUnder,
  decide,
  deltasOf,
  flooredMeanOf,
  type Decision,
  type MeasuredPair,
  type PairedRun,
  type Policies,
} from './compare.ts';
import type { Laboratory } from './laboratory.ts';
import { resample, type ResampledDay } from './resample.ts';
import { iterationSeed } from './seeds.ts';

/** One agent's samples, and what its policy in force costs on each. */
interface AgentSamples {
  readonly samples: readonly ResampledDay[];
  readonly oldCosts: readonly number[];
}

export interface Evaluation {
  readonly run: RecordedRun;
  readonly purpose: RunPurpose;
  readonly seed: number;
  readonly costs: ReadonlyMap<AgentId, Cents>;
  /** Bootstrap mode only. */
  readonly samples: ReadonlyMap<AgentId, AgentSamples>;
}

/** Seed of an iteration's own run: that of the first optimised agent (domain.md 4.4). */
function seedOfRun(lab: Laboratory, iteration: number): number {
  return iterationSeed(lab.config.master_seed, iteration, lab.agents[0] ?? '');
}

/** The run of a purpose, made at the level at which it will be stored. */
export function runFor(
  lab: Laboratory,
  iteration: number,
  purpose: RunPurpose,
  policies: Policies,
): RecordedRun {
  const { experimentId } = lab;
  return recordRun({
    simulationId: formatSimulationId({ experimentId, iteration, purpose }),
    scenario: lab.scenario,
    policies,
    seed: seedOfRun(lab, iteration),
    level: lab.levelFor(purpose),
    clock: lab.clock,
    place: { experimentId, iteration, purpose },
  });
}

export function evaluate(lab: Laboratory, iteration: number, policies: Policies): Evaluation {
  const seed = seedOfRun(lab, iteration);
  if (lab.config.evaluation.mode !== 'bootstrap') {
    const run = runFor(lab, iteration, 'evaluation', policies);
    const costs = new Map(lab.agents.map((agentId) => [agentId, costUnder(run.outcome, agentId).total]));
    return { run, purpose: 'evaluation', seed, costs, samples: new Map() };
  }
  const run = runFor(lab, iteration, 'initial', policies);
  const { num_samples: count } = lab.config.evaluation;
  const samples = new Map(
    lab.agents.map((agentId): [AgentId, AgentSamples] => {
      const drawn = resample(lab.scenario.config, run.outcome, agentId, seed, count);
      const policy = policies.get(agentId);
      if (policy === undefined) throw new Error(`no policy of ${agentId}`);
      return [agentId, { samples: drawn, oldCosts: costsOnSamples(drawn, agentId, policy) }];
    }),
  );
  const costs = new Map(
    [...samples].map(([agentId, { oldCosts }]) => [agentId, cents(flooredMeanOf(oldCosts))]),
  );
  return { run, purpose: 'initial', seed, costs, samples };
}

/** What became of a proposal that could be loaded. `fault`: it broke down while it was tried. */
type TrialOutcome =
  | { readonly kind: 'judged'; readonly accepted: boolean; readonly row: PolicyEvaluationRow | undefined }
  | { readonly kind: 'fault'; readonly error: string };

/** Runs the comparison that the mode asks for and decides (domain.md 6.3). */
function compareAndDecide(
  lab: Laboratory,
  iteration: number,
  evaluation: Evaluation,
  policies: Policies,
  agentId: AgentId,
  proposal: AgentPolicy,
): TrialOutcome {
  const { mode, acceptance } = lab.config.evaluation;
  const base = {
    experimentId: lab.experimentId,
    iteration,
    agentId,
    proposal,
    contextCostCents: evaluation.costs.get(agentId) ?? cents(0n),
    timestamp: lab.clock(),
  };
  const own = evaluation.samples.get(agentId);
  if (own !== undefined) {
    const newCosts = costsOnSamples(own.samples, agentId, proposal);
    const comparison = { oldCosts: own.oldCosts, newCosts, settlementRate: undefined };
    const decision = decide(comparison, acceptance);
    const row = samplesRow({ ...base, decision }, comparison, own.samples);
    return { kind: 'judged', accepted: decision.accepted, row };
  }
  const seed = iterationSeed(lab.config.master_seed, iteration, agentId);
  const pair = comparePair(lab.scenario, policies, agentId, proposal, seed);
  // Temporal mode takes every policy that works; it was tried above only to see that it does.
  if (mode === 'deterministic-temporal') return { kind: 'judged', accepted: true, row: undefined };
  const decision = decide(pair.comparison, acceptance);
  return { kind: 'judged', accepted: decision.accepted, row: pairRow({ ...base, decision }, pair, seed) };
}

export function judge(...asked: Parameters<typeof compareAndDecide>): TrialOutcome {
  try {
    return compareAndDecide(...asked);
  } catch (cause) {
    if (cause instanceof PolicyFault) return { kind: 'fault', error: cause.message };
    throw cause;
  }
}

/** A proposal that was compared, and what was decided. */
interface Judged {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly proposal: AgentPolicy;
  readonly decision: Decision;
  readonly contextCostCents: Cents;
  readonly timestamp: string;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function commonColumns(judged: Judged, comparison: MeasuredPair) {
  return {
    experimentId: judged.experimentId,
    iteration: judged.iteration,
    agentId: judged.agentId,
    proposedPolicy: judged.proposal.json,
    oldCostCents: cents(flooredMeanOf(comparison.oldCosts)),
    newCostCents: cents(flooredMeanOf(comparison.newCosts)),
    contextSimulationCostCents: judged.contextCostCents,
    accepted: judged.decision.accepted,
    acceptanceReason: judged.decision.reason,
    deltaSumCents: cents(sum(deltasOf(comparison))),
    numSamples: comparison.newCosts.length,
    timestamp: judged.timestamp,
  };
}

/** One pair of runs: rates, delays and components are known, nothing is estimated. */
function pairRow(judged: Judged, pair: PairedRun, seed: number): PolicyEvaluationRow {
  const { settlementRate } = pair.comparison;
  const { averageDelay } = pair;
  const row = commonColumns(judged, pair.comparison);
  return {
    ...row,
    evaluationMode: 'deterministic',
    scenarioSeed: BigInt(seed),
    ...(settlementRate === undefined ? {} : { settlementRate }),
    ...(averageDelay === undefined ? {} : { avgDelay: averageDelay }),
    costBreakdown: pair.breakdown,
    agentStats: {
      [judged.agentId]: toJsonObject({
        cost: row.newCostCents,
        settlement_rate: settlementRate ?? null,
        avg_delay: averageDelay ?? null,
        cost_breakdown: Object.fromEntries(pair.breakdown),
        std_dev: null,
        ci_95_lower: null,
        ci_95_upper: null,
      }),
    },
  };
}

/** Many samples: one detail each, deviation and interval of the new cost as the column's name promises. */
function samplesRow(
  judged: Judged,
  comparison: MeasuredPair,
  samples: readonly ResampledDay[],
): PolicyEvaluationRow {
  const row = commonColumns(judged, comparison);
  const deviation = sampleDeviation(comparison.newCosts);
  const interval = meanInterval(comparison.newCosts);
  const whole = (value: number | undefined) => (value === undefined ? null : Math.trunc(value));
  const deltas = deltasOf(comparison);
  return {
    ...row,
    evaluationMode: 'bootstrap',
    sampleDetails: samples.map(({ index, seed }, i) => ({
      index,
      seed: BigInt(seed),
      oldCostCents: cents(comparison.oldCosts[i] ?? 0),
      newCostCents: cents(comparison.newCosts[i] ?? 0),
      deltaCents: cents(deltas[i] ?? 0),
    })),
    ...(deviation === undefined ? {} : { costStdDevCents: cents(Math.trunc(deviation)) }),
    ...(interval === undefined
      ? {}
      : { confidenceInterval95: [cents(Math.trunc(interval[0])), cents(Math.trunc(interval[1]))] as const }),
    agentStats: {
      [judged.agentId]: toJsonObject({
        cost: row.newCostCents,
        settlement_rate: null,
        avg_delay: null,
        cost_breakdown: null,
        std_dev: whole(deviation),
        ci_95_lower: whole(interval?.[0]),
        ci_95_upper: whole(interval?.[1]),
      }),
    },
  };
}
