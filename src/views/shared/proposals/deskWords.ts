import { formatMoney, formatPercent } from '../../../lib/format.ts';
import type { ProposalKind } from '../../../domain/acceptance/kinds.ts';
import { cents, type Cents } from '../../../lib/units.ts';
import type { DeskRow } from './deskRow.ts';

/** Headings of the desk's groups. */
export const kindTitles: Readonly<Record<ProposalKind, string>> = {
  cheaper: 'Cheaper, yet rejected',
  worse: 'Higher cost',
  not_significant: 'Not significant',
  unstable: 'Too unstable',
  below_floor: 'Below the settlement floor',
  unknown: 'Rejected, other or no reason',
  no_change: 'No change proposed',
  invalid: 'Invalid policy',
  failed_call: 'Failed call: no answer',
  pending: 'Pending: no verdict recorded',
  accepted: 'Accepted',
};

/** How the rows of a group are ordered, where they have a distance to the other verdict. */
export const orderWords: Readonly<Partial<Record<ProposalKind, string>>> = {
  cheaper: 'smallest saving first',
  worse: 'closest first',
  not_significant: 'closest first',
  unstable: 'closest first',
  below_floor: 'closest first',
  accepted: 'smallest saving first',
};

/** `4.0 % of cost`, `same cost`, `28.3 points`, `0.22 over`: the number that orders the rows of a kind. */
export function missWords({ miss, proposal }: Pick<DeskRow, 'miss' | 'proposal'>): string | undefined {
  if (miss === undefined) return undefined;
  const { unit, distance } = miss;
  switch (unit) {
    case 'cost':
    case 'lower bound':
      if (miss.cents === 0 && unit === 'cost') return 'same cost';
      return Number.isFinite(distance)
        ? `${formatPercent(distance)} of cost`
        : centsWords(miss.cents, proposal.oldCostCents);
    case 'variation':
      return `${distance.toFixed(2)} over`;
    case 'settlement':
      return `${(distance * 100).toFixed(1)} points`;
  }
}

/** There is no share of a cost that is not above zero. */
function centsWords(missed: number | undefined, oldCost: Cents | undefined): string | undefined {
  if (missed === undefined) return undefined;
  const amount = formatMoney(cents(Math.round(missed)));
  return oldCost === undefined ? amount : `${amount} of ${formatMoney(oldCost)}`;
}
