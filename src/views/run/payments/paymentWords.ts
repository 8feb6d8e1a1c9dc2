import type { PaymentRow, PaymentStatus } from '../../../schema/replayAnswers.ts';

export const outcomeWords: Readonly<Record<PaymentStatus, string>> = {
  settled: 'settled',
  waiting: 'still waiting',
  overdue: 'overdue, not settled',
  dropped: 'dropped',
  split: 'split into parts',
};

type Way = NonNullable<PaymentRow['settledBy']>;

export const wayWords: Readonly<Record<Way, string>> = {
  immediate: 'at once',
  'queue 2': 'from Queue 2',
  'bilateral offset': 'by offsetting two banks',
  cycle: 'in a cycle of banks',
};
