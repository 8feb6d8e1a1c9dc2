import { z } from 'zod';

import { name, type SearchOf } from '../../url/fields.ts';

/** More lines than these cannot be told apart. */
const mostCompared = 12;

export const compareFields = {
  /** Experiments, in the order of their lines. */
  x: z.array(name).max(mostCompared),
  /** The one that differences are to; the first one where it is left out. */
  base: name,
  /** A numeric parameter in place of the cost. */
  param: name,
  /** Whose cost or parameter; the total where it is left out. */
  agent: name,
  /** Differences to the baseline in the figure. */
  against: z.enum(['baseline']),
} as const;
export type CompareSearch = SearchOf<typeof compareFields>;
