import { z } from 'zod';

import { mergeJudgements } from './merge.ts';
import { keyText, opinions, proposalKey, type Review } from './review.ts';

const remark = z.object({
  opinion: z.enum(opinions).optional(),
  note: z.string(),
  at: z.string(),
});
const shape = z.object({
  experiment: z.string(),
  iteration: z.number(),
  agent: z.string(),
  judgements: z.array(remark.extend({ reviewer: z.string(), earlier: z.array(remark) })).min(1),
});

/** A review as the browser keeps it. */
export function storedReview({ key, judgements }: Review): z.input<typeof shape> {
  return {
    experiment: key.experimentId,
    iteration: key.iteration,
    agent: key.agentId,
    judgements: judgements.map(({ earlier, ...rest }) => ({ ...rest, earlier: [...earlier] })),
  };
}

/** A kept review with its key, unless an extension or another version of the app left something else there. */
export function readStoredReview(value: unknown): readonly [string, Review] | undefined {
  const read = shape.safeParse(value);
  if (!read.success) return undefined;
  const key = proposalKey(read.data.experiment, read.data.iteration, read.data.agent);
  const judgements = read.data.judgements.map(({ reviewer, opinion, note, at, earlier }) => ({
    reviewer,
    opinion,
    note,
    at,
    earlier: earlier.map((old) => ({ opinion: old.opinion, note: old.note, at: old.at })),
  }));
  return [keyText(key), { key, judgements: mergeJudgements(judgements) }];
}
