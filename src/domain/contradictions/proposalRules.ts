import { cents } from '../../lib/units.ts';
import { checkRules } from '../acceptance/check.ts';
import { conclude } from '../acceptance/conclude.ts';
import { variationOf, parseReason } from '../acceptance/reasons.ts';
import type { AcceptanceRules } from '../acceptance/rules.ts';
import { type SampleStatistics, flooredMean } from '../acceptance/statistics.ts';
import type { Proposal, StoredJudgement } from '../experiment/normalised.ts';
import { deltaContradictsCosts } from '../experiment/saving.ts';
import {
  countValue,
  moneyValue,
  numberValue,
  textValue,
  type Contradiction,
  type ComparedValue,
  type ContradictionCode,
} from './contradiction.ts';

/** What is wrong with one proposal: its own numbers, its samples, its verdict. */
export function proposalContradictions(
  proposal: Proposal,
  rules: AcceptanceRules,
  samples: (SampleStatistics & SampleSums) | undefined,
): readonly Contradiction[] {
  return [
    ...deltaAgainstCosts(proposal),
    ...(samples === undefined ? [] : sampleContradictions(proposal, samples)),
    ...rateInRange(proposal),
    ...reasonAgainstNumbers(proposal),
    ...verdictAgainstRules(proposal, rules, samples),
    ...verdictAgainstPolicies(proposal),
    ...repeatedRows(proposal),
  ];
}

function deltaAgainstCosts(proposal: Proposal): Contradiction[] {
  const { deltaSumCents, oldCostCents, newCostCents, sampleCount } = proposal;
  if (deltaSumCents === undefined || oldCostCents === undefined || newCostCents === undefined) return [];
  if (!deltaContradictsCosts(proposal)) return [];
  const samples = sampleCount !== undefined && sampleCount > 1 ? sampleCount : undefined;
  return [
    {
      code: 'delta-costs',
      subject: subjectOf(proposal),
      stored: moneyValue(deltaSumCents),
      recomputed: moneyValue(cents(BigInt(samples ?? 1) * (oldCostCents - newCostCents))),
      facts: samples === undefined ? {} : { samples },
    },
  ];
}

function rateInRange(proposal: Proposal): Contradiction[] {
  const { settlementRate: rate } = proposal;
  const unreadable = proposal.unreadable?.get('settlementRate');
  if (unreadable === undefined && (rate === undefined || (rate >= 0 && rate <= 1))) return [];
  return [
    {
      code: 'settlement-rate',
      subject: subjectOf(proposal),
      stored: rate === undefined ? textValue(unreadable ?? '') : numberValue(rate),
      recomputed: undefined,
      facts: {},
    },
  ];
}

/** Printed with one digit of a percent, and with two digits of a variation (domain.md 6.4). */
const printedRate = 0.0005;
const printedVariation = 0.005;
/** Printed numbers are read back as floating-point numbers. */
const floating = 1e-9;

function reasonAgainstNumbers(proposal: Proposal): Contradiction[] {
  const reason = proposal.reason === undefined ? undefined : parseReason(proposal.reason);
  const differing = (printed: number, stored: number | undefined, tolerance: number): Contradiction[] =>
    stored === undefined || Math.abs(printed - stored) <= tolerance + floating
      ? []
      : [
          {
            code: 'reason-numbers',
            subject: subjectOf(proposal),
            stored: numberValue(printed),
            recomputed: numberValue(stored),
            facts: { reason: proposal.reason ?? '' },
          },
        ];
  if (reason?.kind === 'below_floor') return differing(reason.rate, proposal.settlementRate, printedRate);
  if (reason?.kind === 'unstable') return differing(reason.cv, variationOf(proposal), printedVariation);
  return [];
}

function verdictAgainstRules(
  proposal: Proposal,
  rules: AcceptanceRules,
  samples: SampleStatistics | undefined,
): Contradiction[] {
  const conclusion = conclude(proposal, rules, checkRules(proposal, rules, samples));
  const { verdict } = proposal;
  if (conclusion.kind !== 'contradicts' || (verdict !== 'accepted' && verdict !== 'rejected')) return [];
  return [
    {
      code: 'verdict-rules',
      subject: subjectOf(proposal),
      stored: textValue(verdict),
      recomputed: undefined,
      facts: {
        conclusion,
        verdict,
        ...(proposal.reason === undefined ? {} : { reason: proposal.reason }),
      },
    },
  ];
}

function verdictAgainstPolicies(proposal: Proposal): Contradiction[] {
  if (proposal.policyConflict === undefined) return [];
  return [
    {
      code: 'verdict-policy',
      subject: subjectOf(proposal),
      stored: textValue(proposal.verdict),
      recomputed: undefined,
      facts: { policies: proposal.policyConflict },
    },
  ];
}

function repeatedRows(proposal: Proposal): Contradiction[] {
  const { otherRows, verdict, reason, oldCostCents, newCostCents, deltaSumCents } = proposal;
  if (otherRows === undefined) return [];
  const own: StoredJudgement = {
    accepted: verdict === 'accepted',
    reason,
    oldCostCents,
    newCostCents,
    deltaSumCents,
  };
  return [
    {
      code: 'duplicate-evaluation',
      subject: subjectOf(proposal),
      stored: countValue(otherRows.length + 1),
      recomputed: countValue(1),
      facts: { rows: [own, ...otherRows] },
    },
  ];
}

function subjectOf({ iteration, agentId }: Proposal): Contradiction['subject'] {
  return { iteration, agentId };
}

/** What only the stored samples tell. */
export interface SampleSums {
  /** Samples whose stored delta is not their old minus new cost. */
  readonly wrongDeltas: number;
}

/** The summary of an evaluation row against its own samples (domain.md 6.2). */
function sampleContradictions(
  proposal: Proposal,
  samples: SampleStatistics & SampleSums,
): readonly Contradiction[] {
  const { count, savingSumCents, oldSumCents, newSumCents, newCostDeviationCents } = samples;
  const { iteration, agentId, sampleCount, deltaSumCents, oldCostCents, newCostCents } = proposal;
  const found: Contradiction[] = [];
  const add = (code: ContradictionCode, stored: ComparedValue, recomputed: ComparedValue) =>
    found.push({ code, subject: { iteration, agentId }, stored, recomputed, facts: { samples: count } });
  if (sampleCount !== undefined && sampleCount !== count)
    add('samples-count', countValue(sampleCount), countValue(count));
  if (deltaSumCents !== undefined && deltaSumCents !== savingSumCents)
    add('samples-sum', moneyValue(deltaSumCents), moneyValue(savingSumCents));
  const oldMean = flooredMean(oldSumCents, count);
  if (oldCostCents !== undefined && oldCostCents !== oldMean)
    add('samples-old-cost', moneyValue(oldCostCents), moneyValue(oldMean));
  const newMean = flooredMean(newSumCents, count);
  if (newCostCents !== undefined && newCostCents !== newMean)
    add('samples-new-cost', moneyValue(newCostCents), moneyValue(newMean));
  const { newCostStdDevCents: stored } = proposal;
  if (stored !== undefined && newCostDeviationCents !== undefined) {
    const deviation = cents(Math.trunc(newCostDeviationCents));
    const gap = stored - deviation;
    if (gap > 1n || gap < -1n) add('samples-deviation', moneyValue(stored), moneyValue(deviation));
  }
  if (samples.wrongDeltas > 0) add('sample-delta', countValue(samples.wrongDeltas), countValue(0));
  return found;
}
