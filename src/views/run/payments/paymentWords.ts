import type { paymentFates, PaymentRow, PaymentStatus } from '../../../domain/answers/runs.ts';
import { plural } from '../../../lib/format.ts';
import type { Status } from '../../../ui/StatusMark.tsx';

/** What became of a payment. */
export const paymentMarks: Readonly<Record<PaymentStatus, Status>> = {
  settled: { shape: 'dot', tone: 'accepted', word: 'settled' },
  waiting: { shape: 'ring', tone: 'quiet', word: 'still waiting' },
  overdue: { shape: 'triangle', tone: 'rejected', word: 'overdue at the end' },
  dropped: { shape: 'cross', tone: 'invalid', word: 'dropped' },
  split: { shape: 'fork', tone: 'quiet', word: 'split into parts' },
  unknown: { shape: 'question', tone: 'plain', word: 'not known' },
};

/** As they are offered as filters. */
export const fateChoices: Readonly<Record<(typeof paymentFates)[number], string>> = {
  settled: paymentMarks.settled.word,
  waiting: paymentMarks.waiting.word,
  overdue: paymentMarks.overdue.word,
  dropped: paymentMarks.dropped.word,
  split: paymentMarks.split.word,
  unknown: paymentMarks.unknown.word,
  late: 'overdue at some time',
};

type Way = NonNullable<PaymentRow['settledBy']>;

const wayWords: Readonly<Record<Way, string>> = {
  immediate: 'at once',
  'queue 2': 'from Queue 2',
  'bilateral offset': 'by offsetting two banks',
  inferred: 'from Queue 2 after an offset, inferred: no event records it',
  cycle: 'in a cycle of banks',
};

/** How a payment settled; undefined where it did not, or where nothing tells how. */
export function howSettled({ settledBy, status, partCount }: PaymentRow): string | undefined {
  if (settledBy !== undefined) return wayWords[settledBy];
  return status === 'settled' && partCount > 0 ? `in ${plural(partCount, 'part')}` : undefined;
}
