import type { paymentFates, PaymentRow, PaymentStatus } from '../../../domain/answers/runs.ts';

export const outcomeWords: Readonly<Record<PaymentStatus, string>> = {
  settled: 'settled',
  waiting: 'still waiting',
  overdue: 'overdue at the end',
  dropped: 'dropped',
  split: 'split into parts',
  unknown: 'not known',
};

/** As they are offered as filters. */
export const fateChoices: Readonly<Record<(typeof paymentFates)[number], string>> = {
  ...outcomeWords,
  late: 'overdue at some time',
};

type Way = NonNullable<PaymentRow['settledBy']>;

export const wayWords: Readonly<Record<Way, string>> = {
  immediate: 'at once',
  'queue 2': 'from Queue 2',
  'bilateral offset': 'by offsetting two banks',
  inferred: 'from Queue 2 after an offset, inferred: no event records it',
  cycle: 'in a cycle of banks',
};
