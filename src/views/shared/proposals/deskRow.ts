import type { OpenFile } from '../../../data/session/state.ts';
import { proposalKinds, type ProposalKind } from '../../../domain/experiment/verdict.ts';
import { compareMiss } from '../../../domain/acceptance/reasons.ts';
import type { AcceptanceRules } from '../../../domain/acceptance/rules.ts';
import type { DeskEntry, DeskExperiment } from '../../../domain/answers/desk.ts';
import type { Contradiction } from '../../../domain/contradictions/contradiction.ts';
import { plural } from '../../../lib/format.ts';
import { groupBy } from '../../../lib/groupBy.ts';
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

interface DeskSource {
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

interface ListedOnce {
  readonly rows: readonly DeskRow[];
  /** Experiments of which rows are left out. */
  readonly copies: number;
}

/**
 * The proposals of each experiment once, although several open files hold it with the same proposals and verdicts: from
 * the file that knows most costs, with the other files named in its rows. Where they differ, each file's are listed.
 */
export function listedOnce(stored: readonly DeskRow[]): ListedOnce {
  const byExperiment = groupBy(stored, ({ experimentId }) => experimentId);
  let copies = 0;
  const listed = new Map<DeskRow, readonly OpenFile[]>();
  for (const rows of byExperiment.values()) {
    const versions: { rows: readonly DeskRow[]; files: readonly OpenFile[] }[] = [];
    const ofFiles = [...groupBy(rows, ({ file }) => file.fileId).values()];
    for (const other of ofFiles) {
      const files = other.slice(0, 1).map(({ file }) => file);
      const version = versions.find((one) => isSameExperiment(one.rows, other));
      if (version === undefined) versions.push({ rows: other, files });
      else {
        if (knownCosts(other) > knownCosts(version.rows)) version.rows = other;
        version.files = [...version.files, ...files];
      }
    }
    if (versions.length < ofFiles.length) copies += 1;
    for (const version of versions) for (const row of version.rows) listed.set(row, version.files);
  }
  if (copies === 0) return { rows: stored, copies };
  return {
    rows: stored.flatMap((row) => {
      const files = listed.get(row);
      if (files === undefined) return [];
      const alsoIn = files.filter((file) => file !== row.file);
      return [alsoIn.length === 0 ? row : { ...row, alsoIn }];
    }),
    copies,
  };
}

export const copiesWords = (copies: number): string =>
  `${plural(copies, 'experiment')} in more than one file, counted and listed once`;

/** Who asks for one file by a condition of the address means its own rows. */
export function asksForFile(conditions: readonly string[] | undefined): boolean {
  return conditions?.some((condition) => /^file\W/.test(condition)) === true;
}

/** The same proposals, with the same verdicts and parameters, and no cost that the two state differently. */
function isSameExperiment(a: readonly DeskRow[], b: readonly DeskRow[]): boolean {
  if (a.length !== b.length) return false;
  const others = new Map(b.map(({ proposal }) => [`${proposal.iteration} ${proposal.agentId}`, proposal]));
  return a.every(({ proposal }) => {
    const other = others.get(`${proposal.iteration} ${proposal.agentId}`);
    return (
      other?.verdict === proposal.verdict &&
      sameParameters(proposal.parameters, other.parameters) &&
      costs.every((cost) => {
        const [one, two] = [proposal[cost], other[cost]];
        return one === undefined || two === undefined || one === two;
      })
    );
  });
}

const costs = ['oldCostCents', 'newCostCents', 'deltaSumCents'] as const;

function sameParameters(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

const knownCosts = (rows: readonly DeskRow[]): number =>
  rows.filter(({ proposal }) => proposal.deltaSumCents !== undefined).length;
