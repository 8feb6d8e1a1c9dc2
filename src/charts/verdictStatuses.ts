import { verdictWords, type Verdict } from '../domain/experiment/verdict.ts';
import type { Status } from '../ui/StatusMark.tsx';

/** How a verdict is marked everywhere, beside its word and in figures. */
export const verdictStatuses: Readonly<Record<Verdict, Status>> = {
  accepted: { shape: 'dot', tone: 'accepted', word: verdictWords.accepted },
  rejected: { shape: 'cross', tone: 'rejected', word: verdictWords.rejected },
  invalid: { shape: 'triangle', tone: 'invalid', word: verdictWords.invalid },
  pending: { shape: 'ring', tone: 'quiet', word: verdictWords.pending },
  no_change: { shape: 'bar', tone: 'quiet', word: verdictWords.no_change },
};
