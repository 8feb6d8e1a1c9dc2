import { z } from 'zod';

import { paymentFates } from '../../domain/answers/runs.ts';
import { index, name, placeFields, sort, words, type SearchOf } from '../../url/fields.ts';

export const runFields = {
  ...placeFields,
  /** The bank whose payments and events are listed. */
  agent: name,
  /** What the replay shows. */
  tick: index,
  /** Agents left out of the charts; may repeat. */
  hide: z.array(name).max(2000),
  /** Of the payments. */
  sort,
  /** Text in the events. */
  q: words,
  /** Types of event that the events are narrowed to; may repeat. */
  type: z.array(name).max(50),
  /** The payment that the events are narrowed to. */
  tx: name,
  /** First and last tick that the events are narrowed to, both included. */
  from: index,
  to: index,
  /** Type of event that "next" and "previous" lead to. */
  jump: name,
  /** Place of the event that is marked, in the order of the run from 0. */
  event: index,
  /** The payment whose life is shown. */
  payment: name,
  /** What became of the payments that are listed. */
  outcome: z.enum(paymentFates),
  /** The charts show the cost so far by component as well. */
  costs: z.enum(['component']),
  /** The second run that this one is compared with, and the open file that it is in where that is another one. */
  twin: name,
  twinin: name,
} as const;
export type RunSearch = SearchOf<typeof runFields>;
