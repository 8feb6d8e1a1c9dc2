import { formatMoney } from '../../../lib/format.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { subtractCents, type Cents } from '../../../lib/units.ts';

/** Events shown behind a difference. */
export const mostSeqs = 20;

type Outcome = Pick<ConsistencyCheck, 'outcome' | 'why'>;

/** Compares money; `otherwise` says what a difference means. */
export function moneyCheck(
  about: Pick<ConsistencyCheck, 'id' | 'title'>,
  expected: Cents | undefined,
  found: Cents | undefined,
  words: { readonly balances: string; readonly missing: string; readonly otherwise: Outcome },
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference =
    expected === undefined || found === undefined ? undefined : subtractCents(found, expected);
  return {
    ...about,
    expected: expected === undefined ? undefined : formatMoney(expected),
    found: found === undefined ? undefined : formatMoney(found),
    differenceCents: difference,
    ...outcomeOf(difference, words),
    seqs: difference === undefined || difference === 0n ? [] : seqs,
  };
}

/** Compares counts. */
export function countCheck(
  about: Pick<ConsistencyCheck, 'id' | 'title'>,
  expected: number | undefined,
  found: number | undefined,
  words: { readonly balances: string; readonly missing: string; readonly otherwise: Outcome },
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference =
    expected === undefined || found === undefined ? undefined : BigInt(found) - BigInt(expected);
  return {
    ...about,
    expected: expected?.toLocaleString('en-GB'),
    found: found?.toLocaleString('en-GB'),
    differenceCents: undefined,
    ...outcomeOf(difference, words),
    seqs: difference === undefined || difference === 0n ? [] : seqs,
  };
}

function outcomeOf(
  difference: bigint | undefined,
  words: { readonly balances: string; readonly missing: string; readonly otherwise: Outcome },
): Outcome {
  if (difference === undefined) return { outcome: 'not recorded', why: words.missing };
  if (difference === 0n) return { outcome: 'balances', why: words.balances };
  return words.otherwise;
}
