import { formatMoney, formatPercent } from '../../../lib/format.ts';
import { variationOf } from '../../../domain/acceptance/miss.ts';
import { parseReason } from '../../../domain/acceptance/reasons.ts';
import type { DeskEntry, SampleSaving } from '../../../domain/answers/desk.ts';
import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { savingOf } from '../../../domain/experiment/saving.ts';
import { cents } from '../../../lib/units.ts';
import { isCostUnread } from '../savingWords.ts';

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
