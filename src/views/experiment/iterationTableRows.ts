import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type {
  ExperimentDetail,
  IterationRow,
  LinkedRun,
  Proposal,
} from '../../domain/experiment/normalised.ts';
import { noProposalRead } from '../../domain/experiment/verdict.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { AgentId } from '../../lib/ids.ts';
import { subtractCents, type Cents } from '../../lib/units.ts';

/** One row of the iterations table. */
export interface IterationTableRow {
  readonly row: IterationRow;
  /** Total minus that of the iteration before; undefined for the first, after a gap, or where a total is missing. */
  readonly changeCents: Cents | undefined;
  readonly proposals: ReadonlyMap<AgentId, Proposal>;
  readonly runs: readonly LinkedRun[];
  /** About this iteration, its agents and its runs; empty also while they are looked for. */
  readonly contradictions: readonly Contradiction[];
  /** Where an agent has no proposal in it: what the file tells of that. */
  readonly noProposal: string;
  /** It was not in the file when that was opened; the file was read again since. */
  readonly isNew: boolean;
}

export function iterationTableRows(
  detail: ExperimentDetail,
  found: readonly Contradiction[] = [],
  noProposalIn: (iteration: number) => string = () => noProposalRead,
  countBefore = detail.iterations.length,
): IterationTableRow[] {
  const contradictions = groupBy(found, ({ subject }) => subject.iteration);
  const proposals = groupBy(detail.proposals, (proposal) => proposal.iteration);
  const runs = groupBy(detail.runs, (run) => run.iteration);
  return detail.iterations.map((row, i) => ({
    row,
    changeCents: changeOf(detail.iterations[i - 1], row),
    proposals: new Map(proposals.get(row.iteration)?.map((proposal) => [proposal.agentId, proposal])),
    runs: runs.get(row.iteration) ?? [],
    contradictions: contradictions.get(row.iteration) ?? [],
    noProposal: noProposalIn(row.iteration),
    isNew: i >= countBefore,
  }));
}

function changeOf(before: IterationRow | undefined, row: IterationRow): Cents | undefined {
  if (before?.totalCents === undefined || row.totalCents === undefined) return undefined;
  if (before.iteration !== row.iteration - 1) return undefined;
  return subtractCents(row.totalCents, before.totalCents);
}

/** Rows with a proposal of the asked verdict; all of them when none is asked for. */
export function rowsWith(
  rows: readonly IterationTableRow[],
  verdict: 'accepted' | 'rejected' | undefined,
): readonly IterationTableRow[] {
  if (verdict === undefined) return rows;
  return rows.filter((row) => [...row.proposals.values()].some((proposal) => proposal.verdict === verdict));
}

/** Why an iteration has no total; a sum over a part that cannot be read is unknown. */
export function totalMissing({ unreadableCosts }: Pick<IterationRow, 'unreadableCosts'>): string {
  const [agent] = unreadableCosts.keys();
  return agent === undefined ? 'an agent’s cost is missing' : `unknown: the cost of ${agent} cannot be read`;
}
