import { z } from 'zod';

import { experimentStatuses } from '../../domain/experiment/normalised.ts';
import { handGroups, name, sort, words, type SearchOf } from '../../url/fields.ts';

export const listFields = {
  sort,
  q: words,
  status: z.enum(experimentStatuses),
  /** Columns shown, in their order. */
  col: z.array(z.string().regex(/^[a-z_]{1,40}$/)).max(40),
  /** Experiments that are ticked, to be compared. */
  x: z.array(name).max(500),
  /** Whether passes of one experiment are folded into a row. */
  fold: z.enum(['passes']),
  g: handGroups,
} as const;
export type ListSearch = SearchOf<typeof listFields>;
