import type { Proposal } from '../normalised.ts';
import type { RejectionKind } from '../verdict.ts';
import type { CheckOutcome, RuleCheck, RuleName } from './check.ts';
import type { AcceptanceRules } from './rules.ts';
import { flooredMean, type SampleStatistics } from './sampleStatistics.ts';

/** Whether the stored verdict is what the rules say of the stored numbers. */
export type Conclusion =
  /** `open`: rules that may have been in force; the file does not tell. */
  | { readonly kind: 'follows'; readonly open: readonly RuleName[] }
  | { readonly kind: 'contradicts'; readonly why: Contradiction; readonly rule: RuleName | undefined }
  | { readonly kind: 'cannot tell'; readonly why: 'no numbers' | 'rules unknown' | 'nothing compared' };

export type Contradiction =
  /** A rule in force fails, yet the proposal was accepted. */
  | 'accepted though a rule fails'
  /** The rule that the reason names passes. */
  | 'rejected by a rule that passes'
  /** No rule fails, and the reason names none. */
  | 'rejected though every rule passes';

const ruleOfKind: Readonly<Record<RejectionKind, RuleName | undefined>> = {
  worse: 'saving',
  not_significant: 'significance',
  unstable: 'variation',
  below_floor: 'floor',
  unknown: undefined,
};

/** Holds the stored verdict against the checked rules. */
export function conclude(
  proposal: Proposal,
  rules: AcceptanceRules,
  checks: readonly RuleCheck[],
): Conclusion {
  const { verdict, rejectionKind } = proposal;
  const of = (outcome: CheckOutcome) =>
    checks.flatMap((check) => (check.outcome === outcome ? check.rule : []));
  const open = of('unknown');
  const failed = of('fail');
  if (verdict !== 'accepted' && verdict !== 'rejected') return cannotTell('nothing compared');
  if (!rules.compares) return cannotTell('nothing compared');
  if (open.includes('saving')) return cannotTell('no numbers');
  if (verdict === 'accepted') {
    const [rule] = failed;
    return rule === undefined
      ? { kind: 'follows', open }
      : { kind: 'contradicts', why: 'accepted though a rule fails', rule };
  }
  const named = rejectionKind === undefined ? undefined : ruleOfKind[rejectionKind];
  if (named !== undefined) {
    switch (checks.find((check) => check.rule === named)?.outcome) {
      case 'fail':
        return { kind: 'follows', open: [] };
      case 'pass':
        return { kind: 'contradicts', why: 'rejected by a rule that passes', rule: named };
      case 'not in force':
      case 'not tested':
      case 'unknown':
      case undefined:
        return cannotTell('no numbers');
    }
  }
  if (failed.length > 0) return { kind: 'follows', open: [] };
  return open.length > 0
    ? cannotTell('rules unknown')
    : { kind: 'contradicts', why: 'rejected though every rule passes', rule: undefined };
}

function cannotTell(why: Extract<Conclusion, { kind: 'cannot tell' }>['why']): Conclusion {
  return { kind: 'cannot tell', why };
}

/** A stored number that the stored samples do not give. */
export interface Discrepancy {
  readonly what:
    'number of samples' | 'sum of the savings' | 'old cost' | 'new cost' | 'deviation of the new cost';
  readonly stored: bigint;
  readonly recomputed: bigint;
}

/** The summary of a row against its own samples; means are floored and deviations truncated cents (domain.md 6.2). */
export function discrepancies(proposal: Proposal, statistics: SampleStatistics): readonly Discrepancy[] {
  const { count, savingSumCents, oldSumCents, newSumCents, newCostDeviationCents } = statistics;
  const deviation =
    newCostDeviationCents === undefined ? undefined : BigInt(Math.trunc(newCostDeviationCents));
  const found: [Discrepancy['what'], bigint | undefined, bigint | undefined][] = [
    [
      'number of samples',
      proposal.sampleCount === undefined ? undefined : BigInt(proposal.sampleCount),
      BigInt(count),
    ],
    ['sum of the savings', proposal.deltaSumCents, savingSumCents],
    ['old cost', proposal.oldCostCents, flooredMean(oldSumCents, count)],
    ['new cost', proposal.newCostCents, flooredMean(newSumCents, count)],
    ['deviation of the new cost', proposal.newCostStdDevCents, deviation],
  ];
  return found.flatMap(([what, stored, recomputed]) =>
    stored === undefined || recomputed === undefined || stored === recomputed
      ? []
      : [{ what, stored, recomputed }],
  );
}
