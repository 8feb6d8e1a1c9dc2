import type { Proposal } from '../experiment/normalised.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { ProposalKind } from './kinds.ts';
import { savingOf } from '../experiment/saving.ts';
import { parseReason } from './reasons.ts';

/** How far a proposal was from the other verdict: the distance to the rule that decided, in that rule's own unit. */
export interface Miss {
  readonly unit: 'cost' | 'lower bound' | 'variation' | 'settlement';
  /**
   * Orders proposals of one kind, 0 = on the line. Money is a share of the old cost; infinite where that is not above 0.
   * Variation is the excess over the limit, settlement the missing share of payments.
   */
  readonly distance: number;
  /** The same in cents a sample, for money only. */
  readonly cents: number | undefined;
}

/** Undefined where the file does not hold the numbers, or nothing was compared. */
export function missOf(proposal: Proposal, kind: ProposalKind): Miss | undefined {
  const reason = proposal.reason === undefined ? undefined : parseReason(proposal.reason);
  switch (kind) {
    case 'cheaper':
    case 'worse':
    case 'accepted': {
      const saving = savingOf(proposal);
      return saving === undefined ? undefined : money('cost', Math.abs(saving.plot), proposal.oldCostCents);
    }
    case 'not_significant':
      return reason?.kind === 'not_significant'
        ? money('lower bound', Math.max(0, -reason.low), proposal.oldCostCents)
        : undefined;
    case 'unstable': {
      if (reason?.kind !== 'unstable') return undefined;
      const excess = (variationOf(proposal) ?? reason.cv) - reason.limit;
      return { unit: 'variation', distance: Math.max(0, excess), cents: undefined };
    }
    case 'below_floor': {
      if (reason?.kind !== 'below_floor') return undefined;
      const rate = proposal.settlementRate ?? reason.rate;
      return { unit: 'settlement', distance: Math.max(0, reason.floor - rate), cents: undefined };
    }
    case 'unknown':
    case 'no_change':
    case 'invalid':
    case 'failed_call':
    case 'pending':
      return undefined;
  }
}

/** Stored deviation over stored mean of the new cost, as the rule has it (domain.md 6.3). */
export function variationOf(
  proposal: Pick<Proposal, 'newCostStdDevCents' | 'newCostCents'>,
): number | undefined {
  const { newCostStdDevCents: deviation, newCostCents: mean } = proposal;
  if (deviation === undefined || mean === undefined || mean <= 0n) return undefined;
  return centsToPlotNumber(deviation) / centsToPlotNumber(mean);
}

function money(unit: Miss['unit'], cents: number, oldCost: Cents | undefined): Miss {
  const old = oldCost === undefined ? 0 : centsToPlotNumber(oldCost);
  const distance = cents === 0 ? 0 : old > 0 ? cents / old : Number.POSITIVE_INFINITY;
  return { unit, distance, cents };
}

/** Nearest first; those whose distance is not known last. */
export function compareMiss(a: Miss | undefined, b: Miss | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  if (a.distance !== b.distance) return a.distance < b.distance ? -1 : 1;
  return (a.cents ?? 0) - (b.cents ?? 0);
}
