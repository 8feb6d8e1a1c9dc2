import { agentId, type AgentId } from '../lib/ids.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../domain/experiment/normalised.ts';
import { cents } from '../lib/units.ts';
import type { Verdict } from '../domain/experiment/verdict.ts';

export const bankA = agentId('BANK_A');
export const bankB = agentId('BANK_B');
export const fraction = 'initial_liquidity_fraction';

type PerAgent = Readonly<Record<string, number>>;

/** An iteration from plain numbers: cents and fractions by agent. */
export function row(iteration: number, costs: PerAgent, fractions: PerAgent = {}): IterationRow {
  const entries = Object.entries(costs);
  return {
    iteration,
    costsCents: new Map(entries.map(([agent, cost]) => [agentId(agent), cents(cost)])),
    unreadableCosts: new Map(),
    totalCents: cents(entries.reduce((sum, [, cost]) => sum + cost, 0)),
    parameters: new Map(
      Object.entries(fractions).map(([agent, value]) => [agentId(agent), new Map([[fraction, value]])]),
    ),
    unreadableParameters: new Map(),
  };
}

interface ProposalNumbers {
  readonly fraction?: number;
  readonly old?: number;
  readonly new?: number;
  readonly deltaSum?: number;
  readonly samples?: number;
  readonly interval?: readonly [number, number];
  readonly rate?: number;
  readonly reason?: string;
}

const maybeCents = (value: number | undefined) => (value === undefined ? undefined : cents(value));

export function proposal(
  iteration: number,
  agent: AgentId,
  verdict: Verdict,
  numbers: ProposalNumbers = {},
): Proposal {
  const { interval } = numbers;
  return {
    iteration,
    agentId: agent,
    verdict,
    verdictSource: 'evaluation row',
    rejectionKind: verdict === 'rejected' ? 'worse' : undefined,
    reason: numbers.reason,
    parameters: new Map(numbers.fraction === undefined ? [] : [[fraction, numbers.fraction]]),
    oldCostCents: maybeCents(numbers.old),
    newCostCents: maybeCents(numbers.new),
    deltaSumCents: maybeCents(numbers.deltaSum),
    sampleCount: numbers.samples,
    settlementRate: numbers.rate,
    newCostStdDevCents: undefined,
    newCostIntervalCents: interval === undefined ? undefined : [cents(interval[0]), cents(interval[1])],
    ...(verdict === 'invalid' ? { invalidBecause: 'not parsed' } : {}),
  };
}

export function detail(
  iterations: readonly IterationRow[],
  proposals: readonly Proposal[],
  agents: readonly AgentId[] = [bankA, bankB],
): ExperimentDetail {
  return { agents, iterations, proposals, runs: [] };
}

/** Three iterations judged on 50 samples: accepted at k = 0, rejected and unparsable at k = 1. */
export function sampledDetail(): ExperimentDetail {
  return detail(
    [
      row(0, { BANK_A: 49800, BANK_B: 49800 }, { BANK_A: 0.5, BANK_B: 0.5 }),
      row(1, { BANK_A: 39900, BANK_B: 49800 }, { BANK_A: 0.4, BANK_B: 0.5 }),
      row(2, { BANK_A: 39840, BANK_B: 49800 }, { BANK_A: 0.4, BANK_B: 0.5 }),
    ],
    [
      proposal(0, bankA, 'accepted', {
        fraction: 0.4,
        old: 49800,
        new: 39840,
        deltaSum: 498000,
        samples: 50,
        interval: [39000, 40500],
      }),
      proposal(0, bankB, 'rejected', {
        fraction: 0.52,
        old: 49800,
        new: 51792,
        deltaSum: -99600,
        samples: 50,
        reason: 'delta_sum ≤ 0',
      }),
      proposal(1, bankA, 'rejected', {
        fraction: 0.42,
        old: 39900,
        new: 41832,
        deltaSum: -96600,
        samples: 50,
      }),
      proposal(1, bankB, 'invalid', { reason: 'no JSON' }),
    ],
  );
}
