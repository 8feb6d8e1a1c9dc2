import { z } from 'zod';

import { conditions, proposalColumnId as columnId, sortKeys, type SearchOf } from '../../url/fields.ts';

/** Of the table of all proposals. */
export const proposalsFields = {
  f: conditions,
  sort: sortKeys,
  /** Columns shown, in their order. */
  col: z.array(columnId).max(200),
  /** Columns of the scatter: across and upwards. */
  across: columnId,
  up: columnId,
} as const;
export type ProposalsSearch = SearchOf<typeof proposalsFields>;
