import { formatMoney } from '../../lib/format.ts';
import { variationOf } from '../../schema/acceptance/miss.ts';
import { parseReason } from '../../schema/acceptance/reasons.ts';
import type { DeskEntry, SampleSaving } from '../../schema/deskAnswers.ts';
import { cents } from '../../schema/units.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Why, in one line, from what the file stores of the proposal; `spread` once its samples are counted. */
export function rowReason(
  { proposal, kind }: Pick<DeskEntry, 'proposal' | 'kind'>,
  spread?: SampleSaving,
): string {
  const stored = proposal.reason;
  const reason = stored === undefined ? undefined : parseReason(stored);
  switch (kind) {
    case 'worse':
      if (spread !== undefined && spread.worse > 0 && proposal.deltaSumCents !== 0n)
        return onSamples('costs more', spread.worse, spread);
      return `${proposal.deltaSumCents === 0n ? 'costs the same' : 'costs more'}${on(proposal.sampleCount)}`;
    case 'accepted':
      if (spread !== undefined && spread.better > 0) return onSamples('costs less', spread.better, spread);
      return proposal.sampleCount === undefined
        ? 'costs are not recorded'
        : `costs less${on(proposal.sampleCount)}`;
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
        ? `settles ${percent(proposal.settlementRate ?? reason.rate)}, floor ${percent(reason.floor)}`
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

/** `costs less on 49 of 50 samples`. */
function onSamples(words: string, of: number, { count }: SampleSaving): string {
  return count > 1 ? `${words} on ${of} of ${count} samples` : `${words} in one paired run`;
}

function on(samples: number | undefined): string {
  if (samples === undefined) return '';
  return samples > 1 ? ` on the mean of ${samples} samples` : ' in one paired run';
}
