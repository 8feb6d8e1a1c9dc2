import { formatMoney } from '../../../lib/format.ts';
import type { PaymentRow, RunTwins, TwinSetups } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import { paymentStatuses, wayWords } from '../payments/paymentWords.ts';

/** One sentence: what the second run cost more or less by the last tick that both have. */
export function gapWords(gaps: RunTwins['gaps']): string {
  const last = gaps.at(-1);
  if (last === undefined) return 'The two runs have no tick in common.';
  const by = `By the end of tick ${last.tick}`;
  const gap: bigint = last.costGapCents;
  if (gap === 0n) return `${by} both runs have cost the same.`;
  const amount = formatMoney(cents(gap < 0n ? -gap : gap));
  return `${by} the second run has cost ${amount} ${gap < 0n ? 'less' : 'more'} than this one.`;
}

/** One sentence: what a difference between the two runs can come from. */
export function setupWords({ sameScenario, sameSeed }: TwinSetups): string {
  if (sameScenario === false)
    return 'The two runs play different scenarios: what differs between them is not the work of policies alone.';
  if (sameScenario === undefined)
    return 'The file does not store the scenario of both runs: whether only their policies differ is not known.';
  switch (sameSeed) {
    case true:
      return 'Same scenario and same seed: only the policies can differ.';
    case false:
      return 'Same scenario, other seeds: other payments arrive, so not only the policies differ.';
    case undefined:
      return 'Same scenario; the seed of both runs is not stored, so whether the same payments arrive is not known.';
  }
}

/** `settled at once at tick 4`, `still waiting`. */
export function fateWords({ status, settledBy, settlementTick }: PaymentRow): string {
  if (settlementTick === undefined) return paymentStatuses[status].word;
  const way = settledBy === undefined ? '' : ` ${wayWords[settledBy]}`;
  return `settled${way} at tick ${settlementTick}`;
}

/** The tick at which the fates of a payment part: the earlier settlement, or its arrival. */
export function partingTick(...sides: readonly (PaymentRow | undefined)[]): number | undefined {
  const ticks = sides.flatMap((side) => {
    const tick = side?.settlementTick;
    return tick === undefined ? [] : [tick];
  });
  if (ticks.length > 0) return Math.min(...ticks);
  return sides.find((side) => side !== undefined)?.arrivalTick;
}
