import type { OpenFile } from '../../../data/session/state.ts';
import { proposalKinds, type ProposalKind } from '../../../domain/acceptance/kinds.ts';
import { compareMiss } from '../../../domain/acceptance/miss.ts';
import type { Contradiction } from '../../../domain/contradictions/contradiction.ts';
import type { AcceptanceRules } from '../../../domain/acceptance/rules.ts';
import type { DeskEntry, DeskExperiment } from '../../../domain/answers/desk.ts';
import type { AgentId, ExperimentId } from '../../../lib/ids.ts';
import type { ProposalKey } from '../../../storage/reviews/review.ts';

/** One proposal on the desk, with where it comes from. */
export interface DeskRow extends DeskEntry {
  readonly key: string;
  readonly file: OpenFile;
  /** Further open files that hold the same experiment with the same proposals. */
  readonly alsoIn?: readonly OpenFile[] | undefined;
  readonly experimentId: ExperimentId;
  /** How judgements know it: by what it is, whatever the file. */
  readonly reviewKey: ProposalKey;
  readonly experimentName: string;
  readonly rules: AcceptanceRules;
  /** Proposals of its experiment. */
  readonly siblings: number;
  /** Place in the file: by experiment, iteration, agent. */
  readonly order: number;
}

/** What the file contradicts itself about, by the key of a row; empty while it is looked for. */
export type ContradictionsOf = (row: DeskRow) => readonly Contradiction[];

export function keyOf(
  file: Pick<OpenFile, 'fileId'>,
  experiment: string,
  iteration: number,
  agent: AgentId | string,
): string {
  return `${file.fileId}\n${experiment}\n${iteration}\n${agent}`;
}

const rank = new Map(proposalKinds.map((kind: ProposalKind, index) => [kind, index]));

/** By kind, the closest first within each; so every way of grouping finds its rows in order. */
export function compareRows(a: DeskRow, b: DeskRow): number {
  if (a.kind !== b.kind) return (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0);
  return compareMiss(a.miss, b.miss) || a.order - b.order;
}

export interface DeskSource {
  readonly file: OpenFile;
  readonly experiments: readonly DeskExperiment[];
  /** Names by experiment id, as the list has them. */
  readonly names: ReadonlyMap<string, string>;
}

/** The rows of several files, in the order in which the desk shows them. */
export function deskRows(sources: readonly DeskSource[]): readonly DeskRow[] {
  const rows: DeskRow[] = [];
  for (const { file, experiments, names } of sources) {
    for (const { experimentId, rules, entries } of experiments) {
      const experimentName = names.get(experimentId) ?? experimentId;
      for (const entry of entries) {
        const key = keyOf(file, experimentId, entry.proposal.iteration, entry.proposal.agentId);
        const { iteration, agentId } = entry.proposal;
        const reviewKey = { experimentId, iteration, agentId };
        rows.push({
          ...entry,
          key,
          file,
          experimentId,
          reviewKey,
          experimentName,
          rules,
          siblings: entries.length,
          order: rows.length,
        });
      }
    }
  }
  return rows.sort(compareRows);
}
