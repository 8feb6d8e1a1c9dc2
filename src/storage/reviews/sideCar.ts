import { z } from 'zod';

import { err, ok, type Result } from '../../lib/result.ts';
import {
  mergeReviews,
  mergeJudgements,
  keyText,
  latestTime,
  longestName,
  longestNote,
  opinions,
  proposalKey,
  tidyName,
  type Judgement,
  type Remark,
  type ReviewsByProposal,
} from './review.ts';
/** The file that reviewers exchange: docs/reviews-format.md. */
const sideCarFormat = 'iterscope-reviews';
const sideCarVersion = 1;
export const largestSideCarBytes = 20_000_000;
const mostJudgements = 100_000;
const mostEarlier = 1000;
/** Ids are the files’ own, of any length that a file has; what is exported must be importable. */
const longestStoredId = 100_000;
/** As far as an address counts: no screen could show what is judged beyond. Some layouts store a BIGINT. */
const largestIteration = 2_147_483_647;

const noId = `must be a text of 1 to ${longestStoredId} characters`;
const noIteration = `must be a whole number from 0 to ${largestIteration}`;
const noName = `must be a name of 1 to ${longestName} characters`;
const noNote = `must be a text of at most ${longestNote} characters`;
const noTime = 'must be a time such as 2026-11-25T10:00:00Z';
const noEarlier = `must be a list of at most ${mostEarlier} remarks`;
const noObject = 'must be an object with the fields of a judgement';

const storedId = z.string(noId).min(1, noId).max(longestStoredId, noId);
const remarkShape = z.object(
  {
    opinion: z.enum(opinions, `must be ${opinions.join(', ')}, or left out`).optional(),
    note: z.string(noNote).max(longestNote, noNote).default(''),
    at: z.iso
      .datetime({ offset: true, error: noTime })
      .refine((time) => Date.parse(time) <= latestTime, 'lies in the far future')
      .transform((time) => new Date(time).toISOString()),
  },
  noObject,
);
const judgementShape = remarkShape.extend({
  experiment: storedId,
  iteration: z.int(noIteration).min(0, noIteration).max(largestIteration, noIteration),
  agent: storedId,
  reviewer: z.string(noName).max(longestName, noName).transform(tidyName).pipe(z.string().min(1, noName)),
  earlier: z.array(remarkShape, noEarlier).max(mostEarlier, noEarlier).default([]),
});
const headShape = z.object({ format: z.literal(sideCarFormat), version: z.int().min(1) });
const noList = `must be a list of at most ${mostJudgements} judgements`;
const bodyShape = z.object({
  judgements: z.array(z.unknown(), noList).max(mostJudgements, noList),
  /** Of a review bundle: the view it was made at, as the part of an address behind `#`. */
  link: z.string().startsWith('#/').max(20_000).optional().catch(undefined),
});

/** What a side-car holds. */
export interface SideCar {
  readonly byProposal: ReviewsByProposal;
  /** A sentence for each judgement that was not taken; all others were. */
  readonly refused: readonly string[];
  readonly link: string | undefined;
}

/** The reviews as the text of a side-car, in the order of experiment, iteration, agent and reviewer. */
export function formatSideCar(
  byProposal: ReviewsByProposal,
  exportedAt: Date,
  more: { readonly link?: string; readonly rows?: readonly unknown[] } = {},
): string {
  const judgements = sortedReviews(byProposal).flatMap(({ key, judgements: of }) =>
    of.map(({ reviewer, earlier, ...remark }) => ({
      experiment: key.experimentId,
      iteration: key.iteration,
      agent: key.agentId,
      reviewer,
      ...written(remark),
      ...(earlier.length === 0 ? {} : { earlier: earlier.slice(0, mostEarlier).map(written) }),
    })),
  );
  const file = {
    format: sideCarFormat,
    version: sideCarVersion,
    exportedAt: exportedAt.toISOString(),
    ...more,
    judgements,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function written({ opinion, note, at }: Remark) {
  return { ...(opinion === undefined ? {} : { opinion }), note, at };
}

function sortedReviews(byProposal: ReviewsByProposal) {
  return [...byProposal.values()].sort(
    ({ key: a }, { key: b }) =>
      compare(a.experimentId, b.experimentId) || a.iteration - b.iteration || compare(a.agentId, b.agentId),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The reviews of a side-car, row by row: what does not fit is named, the rest is taken. One sentence where the file is
 * none at all.
 */
export function parseSideCar(text: string): Result<SideCar, string> {
  if (text.length > largestSideCarBytes) return err(tooLarge);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('This file is not JSON. Choose a file that was exported from the desk.');
  }
  const head = headShape.safeParse(value);
  if (!head.success) {
    return err('This JSON file holds no reviews: it does not begin with the format “iterscope-reviews”.');
  }
  if (head.data.version > sideCarVersion) {
    return err(
      `These reviews were written by a newer Iterscope (format ${head.data.version}; this one reads ${sideCarVersion}).`,
    );
  }
  const body = bodyShape.safeParse(value);
  if (!body.success) return err(`These reviews cannot be read: ${firstProblem(body.error)}.`);
  const taken: z.output<typeof judgementShape>[] = [];
  const refused: string[] = [];
  for (const [place, row] of body.data.judgements.entries()) {
    const read = judgementShape.safeParse(row);
    if (read.success) taken.push(read.data);
    else refused.push(`judgement ${place + 1}${rowWords(row)}, ${firstProblem(read.error)}`);
  }
  return ok({ byProposal: bookOf(taken), refused, link: body.data.link });
}

/** Enough of a row to find it in the file. */
function rowWords(row: unknown): string {
  const named = z.object({ experiment: z.string(), iteration: z.number() }).safeParse(row);
  if (!named.success || named.data.experiment === '') return '';
  return ` (${named.data.experiment.slice(0, 60)}, iteration ${named.data.iteration})`;
}

export const tooLarge = `This file is larger than ${largestSideCarBytes / 1_000_000} MB, more than any reviews take.`;

/** `iteration: must be …`; of an earlier remark with its place, counted from 1. */
function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it does not fit the format';
  const place = issue.path.map((step) => (typeof step === 'number' ? step + 1 : String(step))).join(' ');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}

function bookOf(stored: readonly z.output<typeof judgementShape>[]): ReviewsByProposal {
  const byKey = new Map<string, Judgement[]>();
  const keys = new Map<string, ReturnType<typeof proposalKey>>();
  for (const { experiment, iteration, agent, reviewer, opinion, note, at, earlier } of stored) {
    const key = proposalKey(experiment, iteration, agent);
    const text = keyText(key);
    keys.set(text, key);
    const remarks = earlier.map((old) => ({ opinion: old.opinion, note: old.note, at: old.at }));
    const known = byKey.get(text) ?? [];
    known.push({ reviewer, opinion, note, at, earlier: remarks });
    byKey.set(text, known);
  }
  const byProposal = [...keys].map(([text, key]) => {
    return [text, { key, judgements: mergeJudgements(byKey.get(text) ?? []) }] as const;
  });
  return new Map(byProposal);
}

/** What merging one set of reviews into another changes, in numbers. */
export interface MergeSummary {
  readonly read: number;
  readonly added: number;
  /** Of those added: on proposals that no open file holds. */
  readonly elsewhere: number;
  /** Judgements of a reviewer already there, replaced by newer ones. */
  readonly replaced: number;
}

/** What merging `added` into `known` changes. `open`: the proposals of the open files, by `keyText`; undefined where that was not asked. */
export function mergeSummary(
  known: ReviewsByProposal,
  added: ReviewsByProposal,
  open?: ReadonlySet<string>,
): MergeSummary {
  const merged = mergeReviews(known, added);
  let [read, fresh, replaced, elsewhere] = [0, 0, 0, 0];
  for (const [text, review] of added) {
    const before = new Map(known.get(text)?.judgements.map((one) => [one.reviewer, one]));
    const after = new Map(merged.get(text)?.judgements.map((one) => [one.reviewer, one]));
    for (const { reviewer } of review.judgements) {
      read += 1;
      const old = before.get(reviewer);
      if (old === undefined) {
        fresh += 1;
        if (open?.has(text) === false) elsewhere += 1;
      } else if (!sameRemark(old, after.get(reviewer))) replaced += 1;
    }
  }
  return { read, added: fresh, elsewhere, replaced };
}

function sameRemark(a: Remark, b: Remark | undefined): boolean {
  return a.opinion === b?.opinion && a.note === b?.note;
}
