import { z } from 'zod';

import { conditions, type SearchOf } from '../../url/fields.ts';

const columnId = z.string().min(1).max(240);

/** Of the table of all proposals. */
export const proposalsFields = {
  f: conditions,
  /** Columns that order the rows, the first one first; `-` before one for descending. */
  sort: z.array(columnId).max(6),
  /** Columns shown, in their order. */
  col: z.array(columnId).max(200),
  /** Columns of the scatter: across and upwards. */
  across: columnId,
  up: columnId,
} as const;
export type ProposalsSearch = SearchOf<typeof proposalsFields>;
