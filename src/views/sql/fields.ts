import { z } from 'zod';

import type { SearchOf } from '../../url/fields.ts';

/** Of the screen for own questions. */
export const sqlFields = {
  /** The text in the editor; a link shows it and never runs it. */
  q: z.string().min(1).max(20_000),
} as const;
export type SqlSearch = SearchOf<typeof sqlFields>;
