import type { Verdict } from '../../domain/experiment/verdict.ts';
import { StatusMark, type Status } from '../../ui/StatusMark.tsx';
import { verdictWords } from './words.ts';

const statuses: Readonly<Record<Verdict, Status>> = {
  accepted: { shape: 'dot', tone: 'accepted', word: verdictWords.accepted },
  rejected: { shape: 'cross', tone: 'rejected', word: verdictWords.rejected },
  invalid: { shape: 'triangle', tone: 'invalid', word: verdictWords.invalid },
  pending: { shape: 'ring', tone: 'quiet', word: verdictWords.pending },
  no_change: { shape: 'bar', tone: 'quiet', word: verdictWords.no_change },
};

/** A verdict, and what more there is to say of it. */
export function VerdictMark({ verdict, detail }: { verdict: Verdict; detail?: string | undefined }) {
  return <StatusMark status={statuses[verdict]}>{detail}</StatusMark>;
}
