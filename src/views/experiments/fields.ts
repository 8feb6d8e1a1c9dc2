import { z } from 'zod';

import { experimentStatuses } from '../../domain/experiment/status.ts';
import { sort, words, type SearchOf } from '../../url/fields.ts';

export const listFields = {
  sort,
  q: words,
  status: z.enum(experimentStatuses),
} as const;
export type ListSearch = SearchOf<typeof listFields>;
