import { z } from 'zod';

import { name, type SearchOf } from '../../url/fields.ts';

/** A paper of more would be a book. */
export const mostExperiments = 50;

export const paperFields = {
  /** Experiments of the paper; all of the open files where it is left out. */
  x: z.array(name).max(mostExperiments),
} as const;
export type PaperSearch = SearchOf<typeof paperFields>;
