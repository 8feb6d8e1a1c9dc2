import type { Proposal } from '../experiment/normalised.ts';
import type { RejectionKind } from '../experiment/verdict.ts';
import type { CheckOutcome, RuleCheck, RuleName } from './check.ts';
import { parseReason } from './reasons.ts';
import type { AcceptanceRules } from './rules.ts';

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
