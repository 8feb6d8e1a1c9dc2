import { z } from 'zod';

import { proposalKinds } from '../../domain/experiment/verdict.ts';
import {
  comparisonFields,
  conditions,
  index,
  name,
  placeFields,
  type SearchOf,
  sort,
  sortKeys,
} from '../../url/fields.ts';

export const groupings = ['kind', 'agent', 'experiment', 'iteration', 'reviewed', 'order'] as const;

const tried = z.union([z.literal('none'), z.coerce.number().min(0).max(100)]);

/** Of the desk over one experiment and of the one over all open files. */
export const deskFields = {
  ...comparisonFields,
  ...placeFields,
  /** The selected proposal; over all files also the experiment it belongs to. */
  agent: name,
  iteration: index,
  show: z.enum(['rejected', 'accepted', 'all']),
  /** Of the wide table. */
  sort,
  experiment: name,
  /** What is listed: proposals of one kind, one agent, one experiment, one iteration or a range, reviewed or not. */
  kind: z.enum(proposalKinds),
  only: name,
  within: name,
  /** Over all files: what the table of all proposals was narrowed to. */
  f: conditions,
  /** Over such a selection: by which columns of that table it is ordered. */
  order: sortKeys,
  k: z.string().regex(/^\d{1,9}(-\d{1,9})?$/),
  reviewed: z.enum(['yes', 'no']),
  /** Verdicts that do not follow from the stored numbers. */
  follows: z.literal('no'),
  group: z.enum(groupings),
  /** Acceptance rules to try; `none` switches a rule off that was in force. */
  sig: z.enum(['required', 'none']),
  cv: tried,
  floor: tried,
  least: z.coerce.number().min(0).max(1),
  /** One wide table instead of list and detail. */
  as: z.enum(['table']),
} as const;
export type DeskSearch = SearchOf<typeof deskFields>;
