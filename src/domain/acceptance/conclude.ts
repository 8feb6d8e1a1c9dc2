import { centsToPlotNumber } from '../../lib/units.ts';
import type { Proposal } from '../experiment/normalised.ts';
import { savingOf } from '../experiment/saving.ts';
import type { RejectionKind } from '../experiment/verdict.ts';
import type { CheckOutcome, RuleCheck, RuleName } from './check.ts';
import { parseReason, variationOf } from './reasons.ts';
import type { AcceptanceRules } from './rules.ts';
import { intervalAround } from './statistics.ts';

/** Whether the stored verdict is what the rules say of the stored numbers. */
export type Conclusion =
  /** `open`: rules that may have been in force; the file does not tell. */
  | { readonly kind: 'follows'; readonly open: readonly RuleName[] }
  | { readonly kind: 'contradicts'; readonly why: Contradiction; readonly rule: RuleName | undefined }
  | {
      readonly kind: 'cannot tell';
      readonly why: 'no numbers' | 'unreadable number' | 'rules unknown' | 'nothing compared';
    };

type Contradiction =
  /** The stored reason is that of the other verdict. */
  | 'the reason says the opposite'
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
  const reason = proposal.reason === undefined ? undefined : parseReason(proposal.reason);
  const opposite = reason !== undefined && (reason.kind === 'passed') !== (verdict === 'accepted');
  if (verdict === 'accepted') {
    const [rule] = failed;
    if (rule !== undefined) return { kind: 'contradicts', why: 'accepted though a rule fails', rule };
    if (opposite) return { kind: 'contradicts', why: 'the reason says the opposite', rule: undefined };
    return checks.some(hasUnreadableRate) ? cannotTell('unreadable number') : { kind: 'follows', open };
  }
  if (opposite) return { kind: 'contradicts', why: 'the reason says the opposite', rule: undefined };
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

/** A rate in force that is stored, but no number: the floor was not tested on it. */
function hasUnreadableRate(check: RuleCheck): boolean {
  if (check.rule !== 'floor' || check.outcome !== 'not tested') return false;
  return check.unreadable !== undefined;
}

function cannotTell(why: Extract<Conclusion, { kind: 'cannot tell' }>['why']): Conclusion {
  return { kind: 'cannot tell', why };
}

/** Acceptance rules to try on proposals that were judged by others. */
export interface WhatIfRules {
  /** The 95 % interval of the saving must lie above zero. */
  readonly significance: boolean;
  /** Undefined: no limit. */
  readonly largestCv: number | undefined;
  /** Share of payments; undefined: none. */
  readonly settlementFloor: number | undefined;
  /** Share of the old cost that must be saved at least; 0: any saving will do. */
  readonly leastSaving: number;
}

/** What the paired samples say of a saving. */
export interface SavingSpread {
  readonly count: number;
  readonly meanSavingCents: number;
  /** Undefined for a single sample. */
  readonly savingDeviationCents: number | undefined;
}

type Hypothetical =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected'; readonly rule: RuleName }
  /** No known rule fails, and this one needs a number that is not stored. */
  | { readonly verdict: 'unknown'; readonly rule: RuleName };

/** The rules that an experiment was judged by, as a place to start from. */
export function rulesToTry(rules: AcceptanceRules): WhatIfRules {
  const { significance, largestCv, settlementFloor } = rules;
  return {
    // The original's own test is of the new cost: it has never turned a cost above zero down.
    significance: significance.known && significance.value === 'saving',
    largestCv: largestCv.known ? largestCv.value : undefined,
    settlementFloor: settlementFloor.known ? settlementFloor.value : undefined,
    leastSaving: 0,
  };
}

/** The verdict that the rules would give; undefined where nothing was compared. */
export function hypothetical(
  proposal: Proposal,
  spread: SavingSpread | undefined,
  rules: WhatIfRules,
): Hypothetical | undefined {
  const { verdict, deltaSumCents, oldCostCents } = proposal;
  const settlementRate = proposal.settlementRate;
  if (verdict !== 'accepted' && verdict !== 'rejected') return undefined;
  const found = deltaSumCents === undefined ? undefined : savingOf(proposal);
  if (found === undefined) return undefined;
  const { settlementFloor, largestCv, leastSaving } = rules;
  const results: [RuleName, boolean | undefined][] = [];
  if (settlementFloor !== undefined) {
    results.push(['floor', settlementRate === undefined ? undefined : settlementRate >= settlementFloor]);
  }
  const least = oldCostCents === undefined ? 0 : leastSaving * centsToPlotNumber(oldCostCents);
  results.push(['saving', (found.sumCents ?? found.cents) > 0n && found.plot >= least]);
  if (rules.significance) results.push(['significance', isSignificant(spread)]);
  if (largestCv !== undefined) {
    const cv = variationOf(proposal);
    results.push(['variation', cv === undefined ? undefined : cv <= largestCv]);
  }
  const failed = results.find(([, passed]) => passed === false);
  if (failed !== undefined) return { verdict: 'rejected', rule: failed[0] };
  const open = results.find(([, passed]) => passed === undefined);
  return open === undefined ? { verdict: 'accepted' } : { verdict: 'unknown', rule: open[0] };
}

function isSignificant(spread: SavingSpread | undefined): boolean | undefined {
  if (spread?.savingDeviationCents === undefined) return undefined;
  return intervalAround(spread.meanSavingCents, spread.savingDeviationCents, spread.count)[0] > 0;
}
