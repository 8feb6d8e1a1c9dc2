import { agentId, experimentId, type AgentId, type ExperimentId } from '../../lib/ids.ts';

export const opinions = ['agree', 'disagree', 'unsure'] as const;
/** What a reviewer thinks of a stored verdict. */
export type Opinion = (typeof opinions)[number];

/**
 * What a judgement is about. Nothing of the file is in it: a renamed copy keeps its reviews, and two open files
 * that hold the same experiment share them.
 */
export interface ProposalKey {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
}

/** What one reviewer said at one time. */
export interface Remark {
  /** Undefined: a note without a choice. */
  readonly opinion: Opinion | undefined;
  /** Plain text. */
  readonly note: string;
  /** UTC, as `Date.toISOString` writes it: sorts as text. */
  readonly at: string;
}

/** What one reviewer thinks of one proposal. */
export interface Judgement extends Remark {
  /** The name given, or a name made up for this browser. */
  readonly reviewer: string;
  /** Older notes that a merge replaced, newest first. */
  readonly earlier: readonly Remark[];
}

/** All judgements on one proposal, one a reviewer, by name. Never empty. */
export interface Review {
  readonly key: ProposalKey;
  readonly judgements: readonly Judgement[];
}

/** Every review, by the `keyText` of its proposal. */
export type ReviewsByProposal = ReadonlyMap<string, Review>;

export function keyText({ experimentId, iteration, agentId }: ProposalKey): string {
  return JSON.stringify([experimentId, iteration, agentId]);
}

export function proposalKey(experiment: string, iteration: number, agent: string): ProposalKey {
  return { experimentId: experimentId(experiment), iteration, agentId: agentId(agent) };
}

export function judgementBy(review: Review | undefined, reviewer: string): Judgement | undefined {
  return review?.judgements.find((judgement) => judgement.reviewer === reviewer);
}

/** Whether two reviewers chose differently. */
export function isDisputed(review: Review | undefined): boolean {
  const chosen = review?.judgements.flatMap(({ opinion }) => (opinion === undefined ? [] : [opinion]));
  return new Set(chosen).size > 1;
}

const unnamed = /^unnamed-[0-9a-f]{8}$/;

/** A name for a reviewer who gave none, so that two of them are told apart when their reviews are merged. */
export function inventReviewer(): string {
  const [digits = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `unnamed-${digits.toString(16).padStart(8, '0')}`;
}

export function isUnnamed(reviewer: string): boolean {
  return unnamed.test(reviewer);
}

/** No judgement is later: of two, the later one counts, so that one from a wrong clock would count for ever. */
export const latestTime = Date.parse('2100-01-01T00:00:00Z');

/** Longest note and name; imports beyond them are refused. */
export const longestNote = 10_000;
export const longestName = 80;

/** A name as it is kept: spaces trimmed, one spelling of accented letters. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().slice(0, longestName);
}

/**
 * Merging keeps, of every reviewer, the newest remark and each older note with other words. The rest of a set of
 * remarks is dropped, so merging in any order, any grouping and any number of times gives the same.
 */
export function mergeReviews(a: ReviewsByProposal, b: ReviewsByProposal): ReviewsByProposal {
  const merged = new Map(a);
  for (const [text, review] of b) {
    const known = merged.get(text);
    merged.set(text, known === undefined ? review : mergeOneProposal(known, review));
  }
  return merged;
}

function mergeOneProposal(a: Review, b: Review): Review {
  return { key: a.key, judgements: mergeJudgements([...a.judgements, ...b.judgements]) };
}

/** One judgement a reviewer, by name. */
export function mergeJudgements(judgements: readonly Judgement[]): readonly Judgement[] {
  const remarks = new Map<string, Remark[]>();
  for (const { reviewer, earlier, opinion, note, at } of judgements) {
    const known = remarks.get(reviewer) ?? [];
    known.push({ opinion, note, at }, ...earlier);
    remarks.set(reviewer, known);
  }
  return [...remarks]
    .sort(([a], [b]) => compareTexts(a, b))
    .flatMap(([reviewer, all]) => {
      const [newest, ...earlier] = withoutRepeats(all.toSorted(newestFirst));
      return newest === undefined ? [] : [{ reviewer, ...newest, earlier }];
    });
}

/** The first, and of the others those whose note is not empty and stands nowhere before. */
function withoutRepeats(sorted: readonly Remark[]): readonly Remark[] {
  const seen = new Set(['']);
  return sorted.filter(({ note }, place) => {
    const isNews = place === 0 || !seen.has(note);
    seen.add(note);
    return isNews;
  });
}

/** A total order, so that two remarks of the same moment come out the same everywhere. */
function newestFirst(a: Remark, b: Remark): number {
  return (
    compareTexts(b.at, a.at) || compareTexts(b.note, a.note) || compareTexts(b.opinion ?? '', a.opinion ?? '')
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
