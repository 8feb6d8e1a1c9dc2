import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { verdictWords, type Verdict } from '../../../domain/experiment/verdict.ts';
import {
  keyText,
  type Judgement,
  type ProposalKey,
  type ReviewsByProposal,
  isUnnamed,
  type Opinion,
  judgementBy,
} from '../../../storage/reviews/review.ts';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { verdictDetail } from '../../shared/proposals/proposalWords.ts';

/** A proposal of an open file, with the key that reviews know it by. */
export interface ReviewedProposal {
  readonly key: ProposalKey;
  readonly proposal: Proposal;
}

/** One judgement, beside what the file says of its proposal where one is open. */
interface ReviewRow {
  readonly key: ProposalKey;
  readonly judgement: Judgement;
  readonly proposal: Proposal | undefined;
}

/** Every judgement, by experiment, iteration, agent and reviewer. */
export function reviewRows(
  byProposal: ReviewsByProposal,
  proposals: readonly ReviewedProposal[],
): readonly ReviewRow[] {
  const known = new Map(proposals.map(({ key, proposal }) => [keyText(key), proposal]));
  return [...byProposal]
    .sort(([, { key: a }], [, { key: b }]) => compareKeys(a, b))
    .flatMap(([text, { key, judgements }]) =>
      judgements.map((judgement) => ({ key, judgement, proposal: known.get(text) })),
    );
}

function compareKeys(a: ProposalKey, b: ProposalKey): number {
  if (a.experimentId !== b.experimentId) return a.experimentId < b.experimentId ? -1 : 1;
  if (a.iteration !== b.iteration) return a.iteration - b.iteration;
  return a.agentId < b.agentId ? -1 : a.agentId > b.agentId ? 1 : 0;
}

/** Columns of the CSV; money as integer cents. */
export const reviewColumns: readonly GridColumn<ReviewRow>[] = [
  { id: 'experiment', header: 'experiment', value: ({ key }) => key.experimentId },
  { id: 'iteration', header: 'iteration', value: ({ key }) => key.iteration },
  { id: 'agent', header: 'agent', value: ({ key }) => key.agentId },
  {
    id: 'verdict',
    header: 'verdict',
    value: ({ proposal }) => proposal && verdictWords[proposal.verdict],
  },
  {
    id: 'kind',
    header: 'kind',
    value: ({ proposal }) => proposal && verdictDetail(proposal),
  },
  { id: 'reason', header: 'reason', value: ({ proposal }) => proposal?.reason },
  { id: 'old', header: 'old cost (cents)', value: ({ proposal }) => proposal?.oldCostCents },
  { id: 'new', header: 'new cost (cents)', value: ({ proposal }) => proposal?.newCostCents },
  {
    id: 'delta',
    header: 'sum of savings (cents)',
    value: ({ proposal }) => proposal?.deltaSumCents,
  },
  { id: 'samples', header: 'samples', value: ({ proposal }) => proposal?.sampleCount },
  { id: 'reviewer', header: 'reviewer', value: ({ judgement }) => judgement.reviewer },
  { id: 'judgement', header: 'judgement', value: ({ judgement }) => judgement.opinion },
  { id: 'note', header: 'note', value: ({ judgement }) => judgement.note },
  { id: 'at', header: 'judged at (UTC)', value: ({ judgement }) => judgement.at },
  {
    id: 'earlier',
    header: 'older notes',
    value: ({ judgement }) => judgement.earlier.map(({ note }) => note).join('\n'),
  },
];

export const opinionWords: Readonly<Record<Opinion, string>> = {
  agree: 'agree',
  disagree: 'disagree',
  unsure: 'unsure',
};

/** The key that chooses it, as in `KeyboardEvent.key`. */
export const opinionKeys: Readonly<Record<Opinion, string>> = { agree: 'a', disagree: 'd', unsure: 'u' };

/** The choice in full: what one agrees with. */
export function choiceWords(opinion: Opinion, verdict: Verdict): string {
  switch (opinion) {
    case 'agree':
      return agreement[verdict];
    case 'disagree':
      return 'Disagree';
    case 'unsure':
      return 'Unsure';
  }
}

const agreement: Readonly<Record<Verdict, string>> = {
  accepted: 'Agree with the acceptance',
  rejected: 'Agree with the rejection',
  invalid: 'Agree that it is invalid',
  no_change: 'Agree that nothing changes',
  pending: 'Agree with the proposal',
};

export function reviewerWords(reviewer: string): string {
  return isUnnamed(reviewer) ? `unnamed reviewer ${reviewer.slice(-4)}` : reviewer;
}

/** `2026-11-25 10:00`, in the reader's own time. */
export function timeWords(at: string): string {
  const time = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** The part of `useReviews()` that says who thinks what. */
interface Reviewing {
  readonly byProposal: ReviewsByProposal;
  readonly reviewer: string;
}

/** What this reviewer thinks of a proposal; undefined: not reviewed. */
export function ownOpinion({ byProposal, reviewer }: Reviewing, key: ProposalKey): Opinion | undefined {
  return judgementBy(byProposal.get(keyText(key)), reviewer)?.opinion;
}

export interface ReviewProgress {
  readonly reviewed: number;
  readonly total: number;
}

/** How many of some proposals this reviewer has an opinion on; a note alone does not count. */
export function reviewProgress(judged: Reviewing, keys: readonly ProposalKey[]): ReviewProgress {
  const reviewed = keys.filter((key) => ownOpinion(judged, key) !== undefined).length;
  return { reviewed, total: keys.length };
}
