import { z } from 'zod';

import { figureMetrics, valueScales } from '../../charts/shape/metric.ts';
import { index, name, placeFields, type SearchOf, sort } from '../../url/fields.ts';

export const experimentFields = {
  ...placeFields,
  /** The selected mark, and the selected iteration. */
  agent: name,
  iteration: index,
  /** Of the table of iterations. */
  sort,
  /** Which proposals the iterations of the table have. */
  show: z.enum(['rejected', 'accepted', 'all']),
  metric: z.enum(figureMetrics),
  scale: z.enum(valueScales),
  /** The parameter of the figure's upper panel. */
  param: name,
  /** Agents left out of the figure; may repeat. */
  hide: z.array(name).max(2000),
  /** Adds the total over agents to the figure's cost panel. */
  total: z.literal('shown'),
  /** Adds the best total so far. */
  best: z.enum(['sofar']),
  /** Each agent in panels of its own. */
  panels: z.literal('agents'),
  /** First and last iteration of the figure. */
  first: index,
  last: index,
} as const;
export type ExperimentSearch = SearchOf<typeof experimentFields>;
