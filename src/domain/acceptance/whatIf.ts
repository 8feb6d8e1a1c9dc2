import type { Proposal } from '../experiment/normalised.ts';
import { centsToPlotNumber } from '../../lib/units.ts';
import type { RuleName } from './check.ts';
import { savingOf } from '../experiment/saving.ts';
import { variationOf } from './miss.ts';
import type { AcceptanceRules } from './rules.ts';
import { intervalAround } from './statistics.ts';

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

export type Hypothetical =
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
