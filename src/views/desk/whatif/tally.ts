import { hypothetical, type SavingSpread, type WhatIfRules } from '../../../domain/acceptance/whatIf.ts';
import type { DeskRow } from '../deskRow.ts';

/** What other rules would have made of an experiment's proposals. */
export interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  /** Stored as rejected, would be accepted. */
  readonly wouldPass: readonly DeskRow[];
  /** Stored as accepted, would be rejected. */
  readonly wouldFall: readonly DeskRow[];
  /** A rule needs a number that the file does not store. */
  readonly untold: readonly DeskRow[];
  /** Nothing was compared: invalid, pending, or no costs are stored. */
  readonly notCompared: number;
}

export function tally(
  rows: readonly DeskRow[],
  spreadOf: (row: DeskRow) => SavingSpread | undefined,
  rules: WhatIfRules,
): Tally {
  const wouldPass: DeskRow[] = [];
  const wouldFall: DeskRow[] = [];
  const untold: DeskRow[] = [];
  let [accepted, rejected, notCompared] = [0, 0, 0];
  for (const row of rows) {
    const stored = row.proposal.verdict;
    const outcome = hypothetical(row.proposal, spreadOf(row), rules);
    switch (outcome?.verdict) {
      case 'accepted':
        accepted += 1;
        if (stored === 'rejected') wouldPass.push(row);
        break;
      case 'rejected':
        rejected += 1;
        if (stored === 'accepted') wouldFall.push(row);
        break;
      case 'unknown':
        untold.push(row);
        break;
      case undefined:
        notCompared += 1;
        break;
    }
  }
  const inOrder = (found: DeskRow[]) => found.sort((a, b) => a.order - b.order);
  return {
    accepted,
    rejected,
    wouldPass: inOrder(wouldPass),
    wouldFall: inOrder(wouldFall),
    untold: inOrder(untold),
    notCompared,
  };
}
