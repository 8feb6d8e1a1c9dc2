import type { ProposalKind } from '../../schema/acceptance/kinds.ts';

/** Headings of the desk's groups. */
export const kindTitles: Readonly<Record<ProposalKind, string>> = {
  worse: 'Worse on the evidence',
  not_significant: 'Not significant',
  unstable: 'Too unstable',
  below_floor: 'Below the settlement floor',
  unknown: 'Rejected, reason not recorded',
  no_change: 'No change proposed',
  invalid: 'Invalid policy',
  failed_call: 'Failed call: no answer',
  pending: 'Pending: no verdict recorded',
  accepted: 'Accepted',
};

/** How the rows of a group are ordered, where they have a distance to the other verdict. */
export const orderWords: Readonly<Partial<Record<ProposalKind, string>>> = {
  worse: 'nearest miss first',
  not_significant: 'nearest miss first',
  unstable: 'nearest miss first',
  below_floor: 'nearest miss first',
  accepted: 'smallest saving first',
};
