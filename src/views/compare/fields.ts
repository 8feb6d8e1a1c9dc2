import { z } from 'zod';

import { comparisonFields, handGroups, name, type SearchOf } from '../../url/fields.ts';

const pairSide = z.string().regex(/^[^~]{1,600}~.{1,480}\.\d{1,9}\.(?:force|proposed)$/su);

export const compareFields = {
  ...comparisonFields,
  /** Experiments, in the order of their lines; `{id}~{file}` of several versions the one in that file. */
  x: z.array(name).max(500),
  /** Groups, each one line. */
  g: handGroups,
  /** The experiment, or the name of the group, that differences are to; the first one where it is left out. */
  base: name,
  /** A numeric parameter in place of the cost. */
  param: name,
  /** Whose cost or parameter; the total where it is left out. */
  agent: name,
  /** Differences to the baseline in the figure. */
  against: z.enum(['baseline']),
  /** What stands under one another, where it is not the iteration. */
  align: z.enum(['accepted']),
  /** Around the mean of a group, where it is not the range of its passes. */
  band: z.enum(['interval']),
  /** The passes of groups as thin lines. */
  passes: z.enum(['hidden']),
  /** Rejected proposals as crosses. */
  rejected: z.enum(['shown']),
  /** The lowest cost so far in place of each cost. */
  best: z.enum(['sofar']),
  /** Two policies of any of them: `{experiment id}~BANK_A.3.force`, the id percent-encoded. */
  left: pairSide,
  right: pairSide,
  /** Of a baseline that is a group, the pass whose final policies the others are held against. */
  pass: name,
  /** What the saving is set against, where it is not proposals. */
  meter: z.enum(['words', 'seconds']),
} as const;
export type CompareSearch = SearchOf<typeof compareFields>;
