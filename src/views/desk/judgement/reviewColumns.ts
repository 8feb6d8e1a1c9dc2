import type { Proposal } from '../../../domain/experiment/normalised.ts';
import {
  keyText,
  type Judgement,
  type ProposalKey,
  type ReviewBook,
} from '../../../storage/reviews/review.ts';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { verdictDetail } from '../../shared/proposals/proposalWords.ts';
import { verdictWords } from '../../../domain/experiment/verdict.ts';

/** A proposal of an open file, with the key that reviews know it by. */
export interface ReviewedProposal {
  readonly key: ProposalKey;
  readonly proposal: Proposal;
}

/** One judgement, beside what the file says of its proposal where one is open. */
export interface ReviewRow {
  readonly key: ProposalKey;
  readonly judgement: Judgement;
  readonly proposal: Proposal | undefined;
}

/** Every judgement, by experiment, iteration, agent and reviewer. */
export function reviewRows(book: ReviewBook, proposals: readonly ReviewedProposal[]): readonly ReviewRow[] {
  const known = new Map(proposals.map(({ key, proposal }) => [keyText(key), proposal]));
  return [...book]
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
