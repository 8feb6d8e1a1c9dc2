import { z } from 'zod';

import type { SearchOf } from '../../url/fields.ts';

const columnId = z.string().min(1).max(240);

/** Of the table of all proposals. */
export const proposalsFields = {
  /** Conditions, one a column: `saving>=-500`, money in cents and shares as numbers. */
  f: z.array(z.string().min(1).max(700)).max(40),
  /** Columns that order the rows, the first one first; `-` before one for descending. */
  sort: z.array(columnId).max(6),
  /** Columns shown, in their order. */
  col: z.array(columnId).max(200),
} as const;
export type ProposalsSearch = SearchOf<typeof proposalsFields>;
