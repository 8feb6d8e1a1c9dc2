import { z } from 'zod';

import { experimentStatuses } from '../../domain/experiment/status.ts';
import { name, sort, words, type SearchOf } from '../../url/fields.ts';

export const listFields = {
  sort,
  q: words,
  status: z.enum(experimentStatuses),
  /** Experiments that are ticked, to be compared. */
  x: z.array(name).max(12),
} as const;
export type ListSearch = SearchOf<typeof listFields>;
