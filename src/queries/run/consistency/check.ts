import { formatCount, formatMoney } from '../../../lib/format.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { subtractCents, type Cents } from '../../../lib/units.ts';

/** Events shown behind a difference. */
export const mostSeqs = 20;

type Outcome = Pick<ConsistencyCheck, 'outcome' | 'why'>;

/** What the outcomes of a comparison mean; `otherwise` is that of a difference. */
interface CheckWords {
  readonly balances: string;
  readonly missing: string;
  readonly otherwise: Outcome;
}

type About = Pick<ConsistencyCheck, 'id' | 'title'>;

/** Compares stored money with what the events give. */
export function moneyCheck(
  about: About,
  stored: Cents | undefined,
  found: Cents | undefined,
  words: CheckWords,
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const differenceCents =
    stored === undefined || found === undefined ? undefined : subtractCents(found, stored);
  return {
    ...about,
    expected: stored === undefined ? undefined : formatMoney(stored),
    found: found === undefined ? undefined : formatMoney(found),
    differenceCents,
    ...told(differenceCents, words, seqs),
  };
}

/** The same of counts. */
export function countCheck(
  about: About,
  stored: number | undefined,
  found: number | undefined,
  words: CheckWords,
  seqs: readonly number[] = [],
): ConsistencyCheck {
  const difference = stored === undefined || found === undefined ? undefined : BigInt(found) - BigInt(stored);
  return {
    ...about,
    expected: stored === undefined ? undefined : formatCount(stored),
    found: found === undefined ? undefined : formatCount(found),
    differenceCents: undefined,
    ...told(difference, words, seqs),
  };
}

/** What a difference says; the events behind it are told only where there is one. */
function told(
  difference: bigint | undefined,
  words: CheckWords,
  seqs: readonly number[],
): Pick<ConsistencyCheck, 'stored' | 'outcome' | 'why' | 'seqs'> {
  const stored = 'expected';
  if (difference === undefined) return { stored, outcome: 'not recorded', why: words.missing, seqs: [] };
  if (difference === 0n) return { stored, outcome: 'balances', why: words.balances, seqs: [] };
  return { stored, ...words.otherwise, seqs };
}
