import { variationOf, parseReason } from '../../../domain/acceptance/reasons.ts';
import type { DeskEntry, SampleSaving } from '../../../domain/answers/desk.ts';
import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { savingOf, storedDifference } from '../../../domain/experiment/saving.ts';
import {
  type ProposalKind,
  invalidWords,
  kindWords,
  rejectionWords,
} from '../../../domain/experiment/verdict.ts';
import { formatMoney, formatPercent, plural } from '../../../lib/format.ts';
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
export const kindOrderWords: Readonly<Partial<Record<ProposalKind, string>>> = {
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

/** Why, in one line, from what the file stores of the proposal; `spread` once its samples are counted. */
export function rowReason(
  { proposal, kind }: Pick<DeskEntry, 'proposal' | 'kind'>,
  spread?: SampleSaving,
): string {
  const stored = proposal.reason;
  const reason = stored === undefined ? undefined : parseReason(stored);
  switch (kind) {
    case 'cheaper':
    case 'worse':
    case 'accepted':
      return costWords(proposal, spread);
    case 'not_significant':
      return reason?.kind === 'not_significant'
        ? `interval ${formatMoney(cents(Math.trunc(reason.low)))} to ${formatMoney(cents(Math.trunc(reason.high)))}`
        : (stored ?? '');
    case 'unstable':
      return reason?.kind === 'unstable'
        ? `variation ${(variationOf(proposal) ?? reason.cv).toFixed(2)}, at most ${reason.limit}`
        : (stored ?? '');
    case 'below_floor':
      return reason?.kind === 'below_floor'
        ? `settles ${formatPercent(proposal.settlementRate ?? reason.rate)}, floor ${formatPercent(reason.floor)}`
        : (stored ?? '');
    case 'unknown':
      return stored ?? 'the next iteration keeps the policy in force';
    case 'no_change':
      return 'proposes the policy in force';
    case 'invalid':
    case 'failed_call':
      return stored ?? 'no error is recorded';
    case 'pending':
      return 'no later iteration shows what became of it';
  }
}

/** By the numbers, whatever the verdict: `cheaper on 49 of 50 samples`, `cheaper on 19 of 20, dearer in sum`. */
function costWords(proposal: Proposal, spread: SampleSaving | undefined): string {
  const saving = savingOf(proposal);
  if (saving === undefined)
    return isCostUnread(proposal) ? 'a stored cost cannot be read' : 'costs are not recorded';
  const sum = spread?.savingSumCents ?? saving.sumCents ?? saving.cents;
  const words = sum === 0n ? 'same cost' : sum > 0n ? 'cheaper' : 'dearer';
  if (spread === undefined || spread.count < 2 || sum === 0n) return `${words}${on(proposal.sampleCount)}`;
  const { better, worse, count } = spread;
  const alike = sum > 0n ? better : worse;
  if (alike === count) return `${words} on all ${count} samples`;
  if (alike * 2 > count) return `${words} on ${alike} of ${count} samples`;
  return sum > 0n
    ? `dearer on ${worse} of ${count}, cheaper in sum`
    : `cheaper on ${better} of ${count}, dearer in sum`;
}

function on(samples: number | undefined): string {
  if (samples === undefined) return '';
  return samples > 1 ? ` on the mean of ${samples} samples` : ' in one paired run';
}

/** Why a proposal has no saving: what it is made of is stored and cannot be read, or is not stored. */
export function noSaving(proposal: Proposal | undefined): string {
  return isCostUnread(proposal) ? 'unknown: a stored cost cannot be read' : 'not recorded';
}

/** Whether a cost or the delta of a proposal is stored and no amount. */
function isCostUnread(proposal: Proposal | undefined): boolean {
  const stored = proposal?.unreadable;
  return ['oldCostCents', 'newCostCents', 'deltaSumCents'].some((field) => stored?.has(field) === true);
}

/** What a saving is the mean of, and why old minus new may differ; undefined for a single comparison. */
export function savingNote(proposal: Proposal): string | undefined {
  const saving = savingOf(proposal);
  const contradicted = saving?.contradictedDeltaCents;
  if (saving !== undefined && contradicted !== undefined) {
    const stored =
      saving.samples === undefined
        ? 'The stored delta'
        : `The stored sum over ${plural(saving.samples, 'sample')}`;
    return `Old minus new. ${stored}, ${formatMoney(contradicted)}, contradicts it.`;
  }
  if (saving?.sumCents === undefined) return undefined;
  const difference = storedDifference(proposal);
  const rounding =
    difference === undefined ? 'difference ±1 cent' : `their difference is ${formatMoney(difference)}`;
  return `Mean of ${saving.samples} paired savings, sum ${formatMoney(saving.sumCents)}. Old and new cost are rounded down to cents; ${rounding}.`;
}

/** A word or two beside a verdict: which rule, or that it was derived. */
export function verdictDetail(proposal: Proposal): string | undefined {
  if (proposal.invalidBecause === 'failed validation') return invalidWords['failed validation'];
  if (proposal.rejectionKind === 'worse') return costsInWords(proposal);
  if (proposal.rejectionKind === undefined) return undefined;
  return rejectionWords(proposal.rejectionKind, proposal.reason);
}

/** What the numbers say, whatever the reason says. */
function costsInWords(proposal: Proposal): string {
  const saving = savingOf(proposal);
  if (saving === undefined) return kindWords.worse;
  const sum = saving.sumCents ?? saving.cents;
  return sum < 0n ? 'dearer' : sum === 0n ? 'same cost' : 'cheaper';
}
