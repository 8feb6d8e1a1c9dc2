/** Every search parameter of every address, declared once: its meaning and its grammar (docs/url-format.md). */
import { z } from 'zod';

import { proposalKinds } from '../domain/acceptance/kinds.ts';
import { policyChoicePattern } from './policyChoice.ts';
import { paymentFates } from '../domain/answers/runs.ts';

export const shows = ['rejected', 'accepted', 'all'] as const;
export const metrics = ['cost', 'delta', 'settlement'] as const;
export const scales = ['linear', 'log'] as const;
export const groupings = ['kind', 'agent', 'experiment', 'iteration', 'reviewed'] as const;

const name = z.string().min(1).max(500);
const tried = z.union([z.literal('none'), z.coerce.number().min(0).max(100)]);
const index = z.coerce.number().int().min(0).max(1_000_000_000);

/** One entry a field; a value that does not fit is dropped alone and the rest of the link stands. */
export const fields = {
  /** What to open: `sample`, an address, or `file:{name}~{fingerprint}`; may repeat. */
  db: z.array(z.string().min(1).max(4000)).max(50),
  /** Which open file an experiment or run is meant in, where two hold the same id. */
  in: name,
  agent: name,
  iteration: index,
  show: z.enum(shows),
  tick: index,
  metric: z.enum(metrics),
  scale: z.enum(scales),
  /** The parameter of the figure's upper panel. */
  param: name,
  /** Agents left out of the figure; may repeat. */
  hide: z.array(name).max(2000),
  /** Adds the total over agents to the figure's cost panel. */
  total: z.literal('shown'),
  /** Column and direction of a grid: `final` or `-final`. */
  sort: z.string().regex(/^-?[a-z_]{1,40}$/),
  /** Words to look for in a list. */
  q: z.string().min(1).max(200),
  status: z.enum(['unfinished', 'converged', 'budget_exhausted', 'stopped']),
  /** Experiment of the selected proposal, where the screen holds several. */
  experiment: name,
  /** What the desk shows: proposals of one kind, one agent, one experiment, one iteration or a range, reviewed or not. */
  kind: z.enum(proposalKinds),
  only: name,
  within: name,
  k: z.string().regex(/^\d{1,9}(-\d{1,9})?$/),
  reviewed: z.enum(['yes', 'no']),
  /** Verdicts that do not follow from the stored numbers. */
  follows: z.literal('no'),
  group: z.enum(groupings),
  /** Acceptance rules to try on the desk; `none` switches a rule off that was in force. */
  sig: z.enum(['required', 'none']),
  cv: tried,
  floor: tried,
  least: z.coerce.number().min(0).max(1),
  /** The two policies that are compared: `BANK_A.3.force`, `BANK_A.7.proposed`. */
  left: z.string().regex(policyChoicePattern),
  right: z.string().regex(policyChoicePattern),
  /** The desk as one wide table instead of list and detail. */
  as: z.enum(['table']),
  /** Types of event that a run's events are narrowed to; may repeat. */
  type: z.array(name).max(50),
  /** The payment that a run's events are narrowed to. */
  tx: name,
  /** First and last tick that a run's events are narrowed to, both included. */
  from: index,
  to: index,
  /** Type of event that "next" and "previous" lead to. */
  jump: name,
  /** The payment whose life is shown. */
  payment: name,
  /** What became of the payments that are listed. */
  outcome: z.enum(paymentFates),
  /** The charts over a run show the cost so far by component as well. */
  costs: z.enum(['component']),
  /** The second run, of the same file, that a run is compared with. */
  twin: name,
} as const;

export type SearchField = keyof typeof fields;
export type Search = { [K in SearchField]?: z.output<(typeof fields)[K]> | undefined };

export const repeated: ReadonlySet<SearchField> = new Set(['db', 'hide', 'type']);
