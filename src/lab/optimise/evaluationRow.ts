import { meanInterval, sampleDeviation } from '../../domain/acceptance/statistics.ts';
import type { AgentId, ExperimentId } from '../../lib/ids.ts';
import type { PolicyEvaluationRow } from '../../schema/models/policyEvaluations.ts';
import { cents, type Cents } from '../../lib/units.ts';
import type { AgentPolicy } from '../record/recordRun.ts';
import { toJsonObject } from '../record/toJson.ts';
import { deltasOf, type Comparison, type Decision } from './acceptance.ts';
import type { PairedRun } from './compare.ts';
import type { Sample } from './resample.ts';
import { flooredMean } from './statistics.ts';

/** A proposal that was compared, and what was decided. */
export interface Judged {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly proposal: AgentPolicy;
  readonly decision: Decision;
  readonly contextCostCents: Cents;
  readonly timestamp: string;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function commonColumns(judged: Judged, comparison: Comparison) {
  return {
    experimentId: judged.experimentId,
    iteration: judged.iteration,
    agentId: judged.agentId,
    proposedPolicy: judged.proposal.json,
    oldCostCents: cents(flooredMean(comparison.oldCosts)),
    newCostCents: cents(flooredMean(comparison.newCosts)),
    contextSimulationCostCents: judged.contextCostCents,
    accepted: judged.decision.accepted,
    acceptanceReason: judged.decision.reason,
    deltaSumCents: cents(sum(deltasOf(comparison))),
    numSamples: comparison.newCosts.length,
    timestamp: judged.timestamp,
  };
}

/** One pair of runs: rates, delays and components are known, nothing is estimated. */
export function pairRow(judged: Judged, pair: PairedRun, seed: number): PolicyEvaluationRow {
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
export function samplesRow(
  judged: Judged,
  comparison: Comparison,
  samples: readonly Sample[],
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
