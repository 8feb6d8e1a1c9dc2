import type { Verdict } from '../../../domain/experiment/verdict.ts';
import { isUnnamed, type Opinion } from '../../../storage/reviews/review.ts';

export const opinionWords: Readonly<Record<Opinion, string>> = {
  agree: 'agree',
  disagree: 'disagree',
  unsure: 'unsure',
};

/** The key that chooses it, as in `KeyboardEvent.key`. */
export const opinionKeys: Readonly<Record<Opinion, string>> = { agree: 'a', disagree: 'd', unsure: 'u' };

/** The choice in full: what one agrees with. */
export function choiceWords(opinion: Opinion, verdict: Verdict): string {
  switch (opinion) {
    case 'agree':
      return agreement[verdict];
    case 'disagree':
      return 'Disagree';
    case 'unsure':
      return 'Unsure';
  }
}

const agreement: Readonly<Record<Verdict, string>> = {
  accepted: 'Agree with the acceptance',
  rejected: 'Agree with the rejection',
  invalid: 'Agree that it is invalid',
  no_change: 'Agree that nothing changes',
  pending: 'Agree with the proposal',
};

export function reviewerWords(reviewer: string): string {
  return isUnnamed(reviewer) ? `unnamed reviewer ${reviewer.slice(-4)}` : reviewer;
}

/** `2026-11-25 10:00`, in the reader's own time. */
export function timeWords(at: string): string {
  const time = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
