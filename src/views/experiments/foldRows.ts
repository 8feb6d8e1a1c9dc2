import { parseGroups, differenceWords, recognisePasses, whatDiffers } from '../../domain/compare/groups.ts';
import { acceptanceRate, spreadOf, type Spread } from '../../domain/compare/outcome.ts';
import type { VerdictCounts } from '../../domain/experiment/normalised.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { savingTenths } from '../shared/experimentWords.ts';
import type { ExperimentListRow } from './useExperimentList.ts';

/** An experiment of the folded list: counted once, however many open files hold it. */
interface FoldedExperiment {
  readonly row: ExperimentListRow;
  /** `also in unified.db, counted once`; undefined where no other open file has the id. */
  readonly alsoIn: string | undefined;
  /** Whether another file has other totals for it. */
  readonly differs: boolean;
}

/** Numbers of a group, over its passes; undefined where no pass has them. */
interface FoldedNumbers {
  readonly first: Spread | undefined;
  readonly final: Spread | undefined;
  readonly best: Spread | undefined;
  /** Tenths of a percent of the first cost. */
  readonly saving: Spread | undefined;
  readonly iterations: Spread | undefined;
  /** Of all proposals of its passes together; undefined until each is counted. */
  readonly acceptance: number | undefined;
}

/** Passes of one experiment, or experiments that the reader grouped, or one experiment alone. */
export interface FoldedGroup {
  readonly key: string;
  readonly name: string;
  readonly byHand: boolean;
  readonly members: readonly FoldedExperiment[];
  /** What its passes differ in, in words. */
  readonly differs: string;
  readonly numbers: FoldedNumbers;
}

/** A row of the folded list: a group, or one of its experiments under it. */
export interface FoldRow {
  readonly key: string;
  readonly group: FoldedGroup;
  /** Undefined for the row of a group of several. */
  readonly member: FoldedExperiment | undefined;
}

/** Groups of the experiments of all open files: made by hand first, then recognised ones and single ones as they come. */
export function foldedGroups(
  rows: readonly ExperimentListRow[],
  handGroups: readonly string[],
): readonly FoldedGroup[] {
  const experiments = onceEach(rows);
  const byId = new Map(experiments.map((one) => [idOf(one), one]));
  const made = parseGroups(handGroups).flatMap(({ name, ids }) => {
    const members = ids.flatMap((id) => byId.get(id) ?? []);
    return members.length === 0 ? [] : [groupOf(name, members, true)];
  });
  const inHand = new Set(made.flatMap(({ members }) => members.map(idOf)));
  const others = experiments.filter((one) => !inHand.has(idOf(one)));
  const passes = new Map<FoldedExperiment, readonly FoldedExperiment[]>();
  for (const members of recognisePasses(others, ({ row }) => row.summary))
    for (const member of members) passes.set(member, members);
  const recognised = others.flatMap((one) => {
    const members = passes.get(one) ?? [one];
    return members[0] === one ? [groupOf(one.row.summary.name, members, false)] : [];
  });
  return [...made, ...recognised];
}

const idOf = ({ row }: FoldedExperiment): string => row.summary.experimentId;

function onceEach(rows: readonly ExperimentListRow[]): readonly FoldedExperiment[] {
  const byId = groupBy(rows, ({ summary }) => summary.experimentId);
  return [...byId.values()].flatMap(([row, ...others]) => {
    if (row === undefined) return [];
    const words = others.map(
      ({ file, summary }) =>
        `also in ${file.name}, counted once${hasSameTotals(row.summary, summary) ? '' : `: its totals differ, these are of ${row.file.name}`}`,
    );
    const differs = others.some(({ summary }) => !hasSameTotals(row.summary, summary));
    return [{ row, alsoIn: words.length === 0 ? undefined : words.join('; '), differs }];
  });
}

type Summary = ExperimentListRow['summary'];

/** As far as the list knows them: their number, first, final, best and those of the picture. */
export function hasSameTotals(a: Summary, b: Summary): boolean {
  return (
    a.iterationCount === b.iterationCount &&
    a.firstCostCents === b.firstCostCents &&
    a.finalCostCents === b.finalCostCents &&
    a.bestCostCents === b.bestCostCents &&
    a.sparklineCents.every((total, i) => total === b.sparklineCents[i])
  );
}

function groupOf(name: string, members: readonly FoldedExperiment[], byHand: boolean): FoldedGroup {
  const summaries = members.map(({ row }) => row.summary);
  const differing = whatDiffers(
    members.map(({ row: { summary, details } }) => ({ ...summary, models: details?.models })),
  );
  const keys = summaries.map(({ experimentId }) => experimentId).join(' ');
  return {
    key: `${byHand ? 'hand' : 'group'} ${keys}`,
    name,
    byHand,
    members,
    differs: differenceWords(differing),
    numbers: {
      first: spreadOf(summaries.map(({ firstCostCents }) => firstCostCents)),
      final: spreadOf(summaries.map(({ finalCostCents }) => finalCostCents)),
      best: spreadOf(summaries.map(({ bestCostCents }) => bestCostCents)),
      saving: spreadOf(
        summaries.map(({ firstCostCents, finalCostCents }) => {
          const tenths = savingTenths(firstCostCents, finalCostCents);
          return tenths === undefined ? undefined : Number(tenths);
        }),
      ),
      iterations: spreadOf(summaries.map(({ iterationCount }) => iterationCount)),
      acceptance: pooledAcceptance(members.map(({ row }) => row)),
    },
  };
}

/** What the verdicts of one experiment, or of several, come to; undefined until all are counted. */
function pooledAcceptance(rows: readonly ExperimentListRow[]): number | undefined {
  let sum: VerdictCounts = { accepted: 0, rejected: 0, noChange: 0, invalid: 0, pending: 0 };
  for (const { details } of rows) {
    if (details === undefined || details.notExamined > 0) return undefined;
    const { counts } = details;
    sum = {
      accepted: sum.accepted + counts.accepted,
      rejected: sum.rejected + counts.rejected,
      noChange: sum.noChange + counts.noChange,
      invalid: sum.invalid + counts.invalid,
      pending: sum.pending + counts.pending,
    };
  }
  return acceptanceRate(sum);
}

export const memberAcceptance = ({ row }: FoldedExperiment): number | undefined => pooledAcceptance([row]);

/** The rows of the folded list; those of a group follow it where it is unfolded. */
export function foldRows(groups: readonly FoldedGroup[], unfolded: ReadonlySet<string>): readonly FoldRow[] {
  return groups.flatMap((group): readonly FoldRow[] => {
    const [alone] = group.members;
    if (group.members.length === 1 && !group.byHand) return [{ key: group.key, group, member: alone }];
    const head: FoldRow = { key: group.key, group, member: undefined };
    if (!unfolded.has(group.key)) return [head];
    return [
      head,
      ...group.members.map((member): FoldRow => ({ key: `${group.key} ${member.row.key}`, group, member })),
    ];
  });
}
