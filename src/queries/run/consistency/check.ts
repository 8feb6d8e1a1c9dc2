import { formatMoney } from '../../../lib/format.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { subtractCents, type Cents } from '../../../lib/units.ts';

/** Events shown behind a difference. */
export const mostSeqs = 20;

type Outcome = Pick<ConsistencyCheck, 'outcome' | 'why'>;

/** Compares stored money with what the events give; `otherwise` says what a difference means. */
export function moneyCheck(
  about: Pick<ConsistencyCheck, 'id' | 'title'>,
  stored: Cents | undefined,
  found: Cents | undefined,
  words: { readonly balances: string; readonly missing: string; readonly otherwise: Outcome },
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference = stored === undefined || found === undefined ? undefined : subtractCents(found, stored);
  return {
    ...about,
    expected: stored === undefined ? undefined : formatMoney(stored),
    found: found === undefined ? undefined : formatMoney(found),
    stored: 'expected',
    differenceCents: difference,
    ...outcomeOf(difference, words),
    seqs: difference === undefined || difference === 0n ? [] : seqs,
  };
}

/** The same of counts. */
export function countCheck(
  about: Pick<ConsistencyCheck, 'id' | 'title'>,
  stored: number | undefined,
  found: number | undefined,
  words: { readonly balances: string; readonly missing: string; readonly otherwise: Outcome },
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference = stored === undefined || found === undefined ? undefined : BigInt(found) - BigInt(stored);
  return {
    ...about,
    expected: stored?.toLocaleString('en-GB'),
    found: found?.toLocaleString('en-GB'),
    stored: 'expected',
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
