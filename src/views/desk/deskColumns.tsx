import { formatParameter } from '../../charts/shape/figurePanels.ts';
import { contradictionSentence } from '../../domain/contradictions/sentences.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { Missing, Money, SavingMoney } from '../shared/Values.tsx';
import { VerdictMark } from '../shared/Marks.tsx';
import type { ContradictionsOf, DeskRow } from '../shared/proposals/deskRow.ts';
import { kindTitles, missWords, rowReason } from '../shared/proposals/proposalWords.ts';
import type { SpreadOf } from '../shared/proposals/ReadingProposals.tsx';

const fraction = 'initial_liquidity_fraction';

interface ChangedParameter {
  readonly name: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Numeric parameters that differ, the liquidity fraction first; a proposal without any is not compared. */
export function changedParameters({
  inForce,
  proposal,
}: Pick<DeskRow, 'inForce' | 'proposal'>): readonly ChangedParameter[] {
  if (proposal.parameters.size === 0) return [];
  const names = new Set([fraction, ...inForce.keys(), ...proposal.parameters.keys()]);
  return [...names].flatMap((name) => {
    const from = inForce.get(name);
    const to = proposal.parameters.get(name);
    return from === to ? [] : [{ name, from, to }];
  });
}

const value = (name: string, number: number | undefined, stored: string | undefined) =>
  number === undefined ? (stored ?? 'none') : formatParameter(name, number);

/** What is said where no number was found to change: only numbers that were read can be the same. */
function unchangedWords({ proposal, inForce, odd }: DeskRow): string {
  const unread = [...(odd.inForce ?? []), ...(proposal.unreadableParameters ?? [])];
  if (unread.length > 0 || proposal.unreadable?.has('proposedPolicy') === true) return 'cannot be read';
  if (odd.inForce === undefined) return 'no policy in force';
  return proposal.parameters.size === 0 && inForce.size > 0 ? 'no numbers' : 'same numbers';
}

/** `19 % → 21 %`, for the first parameter that changes; in words where none does. */
export function changeWords(row: DeskRow): string {
  const [first, ...others] = changedParameters(row);
  if (first !== undefined) {
    const label = first.name === fraction ? '' : `${first.name} `;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const from = value(first.name, first.from, row.odd.inForce?.get(first.name));
    const to = value(first.name, first.to, row.proposal.unreadableParameters?.get(first.name));
    return `${label}${from} → ${to}${more}`;
  }
  switch (row.kind) {
    case 'invalid':
      return row.proposal.parameters.size === 0 ? 'no usable policy' : 'same numbers';
    case 'failed_call':
      return 'no answer';
    case 'no_change':
      return 'the policy in force again';
    case 'cheaper':
    case 'worse':
    case 'not_significant':
    case 'unstable':
    case 'below_floor':
    case 'unknown':
    case 'pending':
    case 'accepted':
      return unchangedWords(row);
  }
}

type Column = GridColumn<DeskRow>;

/** Columns of the desk as one table; money as integer cents to sort, copy and export. */
export function deskColumns(
  opinionOf: (row: DeskRow) => Opinion | undefined,
  spreadOf: SpreadOf,
  contradictionsOf: ContradictionsOf,
  rows: readonly DeskRow[],
): readonly Column[] {
  const several = (of: (row: DeskRow) => unknown) => new Set(rows.map(of)).size > 1;
  // What is one and the same in every row leaves its room to the others.
  const left = new Set([
    ...(several((row) => row.experimentId) ? [] : ['experiment']),
    // An id that is in one file alone says which; the cell tells it.
    ...(filesOfIds(rows).every(({ size }) => size === 1) ? ['file'] : []),
    ...(several((row) => row.proposal.verdict) ? [] : ['verdict']),
    ...(several((row) => row.proposal.verdictSource) ? [] : ['source']),
    ...(rows.some((row) => contradictionsOf(row).length > 0) ? [] : ['contradictions']),
    ...(rows.some((row) => opinionOf(row) !== undefined) ? [] : ['judgement']),
  ]);
  const columns: readonly Column[] = [
    {
      id: 'k',
      header: 'Iter',
      headerTitle: 'iteration',
      value: iterationOf,
      align: 'end',
      width: 52,
      link: true,
    },
    {
      id: 'agent',
      header: 'Agent',
      value: (row) => row.proposal.agentId,
      width: wordsWidth(rows, (row) => row.proposal.agentId, 78),
    },
    {
      id: 'experiment',
      header: 'Experiment',
      value: (row) => row.experimentId,
      render: ({ experimentId: id, experimentName: name, file }) => (
        <span title={`${id} in ${file.name}`}>{experimentLabel(name, id)}</span>
      ),
      width: wordsWidth(rows, ({ experimentName: name, experimentId: id }) => experimentLabel(name, id), 98),
    },
    { id: 'file', header: 'File', value: (row) => row.file.name, width: 96 },
    {
      id: 'verdict',
      header: 'Verdict',
      value: (row) => verdictWords[row.proposal.verdict],
      render: (row) => <VerdictMark verdict={row.proposal.verdict} />,
      width: 86,
    },
    { id: 'kind', header: 'Kind', value: (row) => kindTitles[row.kind], width: 94 },
    { id: 'change', header: 'Proposed', value: changeWords, width: 106 },
    money('old', 'Old cost', (row) => row.proposal.oldCostCents),
    money('new', 'New cost', (row) => row.proposal.newCostCents),
    {
      id: 'saving',
      header: 'Saving',
      headerTitle: 'old minus new, the mean where there are samples: positive is cheaper',
      value: (row) => savingOf(row.proposal)?.cents,
      render: (row) => <SavingMoney proposal={row.proposal} />,
      align: 'end',
      width: 76,
    },
    { id: 'samples', header: 'Samples', value: (row) => row.proposal.sampleCount, align: 'end', width: 66 },
    {
      id: 'miss',
      header: 'Miss',
      headerTitle:
        'distance to the rule that decided, in its own unit: % of the old cost, points of settlement, of variation',
      value: (row) => row.miss?.distance,
      render: (row) => missWords(row)?.replace(' of cost', '') ?? <Missing why="not recorded" />,
      align: 'end',
      width: 92,
    },
    { id: 'reason', header: 'Reason', value: (row) => rowReason(row, spreadOf(row)), grow: true, width: 144 },
    {
      id: 'contradictions',
      header: 'Contradictions',
      value: (row) => contradictionsOf(row).map(contradictionSentence).join(' ') || undefined,
      render: (row) => contradictionsOf(row).map(contradictionSentence).join(' ') || 'none',
      width: 118,
    },
    { id: 'source', header: 'Verdict from', value: (row) => row.proposal.verdictSource, width: 124 },
    { id: 'judgement', header: 'Judgement', value: opinionOf, width: 96 },
  ];
  return columns.filter(({ id }) => !left.has(id));
}

/** Pixels for the longest of some names, within reason. */
function wordsWidth(rows: readonly DeskRow[], of: (row: DeskRow) => string, least: number): number {
  const longest = rows.reduce((most, row) => Math.max(most, of(row).length), 0);
  return Math.min(200, Math.max(least, longest * 8 + 26));
}

/** The files in which each id stands. */
function filesOfIds(rows: readonly DeskRow[]): readonly ReadonlySet<string>[] {
  const files = new Map<string, Set<string>>();
  for (const { experimentId, file } of rows) {
    files.set(experimentId, (files.get(experimentId) ?? new Set()).add(file.fileId));
  }
  return [...files.values()];
}

const iterationOf = (row: DeskRow) => row.proposal.iteration;

function money(
  id: string,
  header: string,
  of: (row: DeskRow) => DeskRow['proposal']['oldCostCents'],
): Column {
  return { id, header, value: of, render: (row) => <Money cents={of(row)} />, align: 'end', width: 76 };
}
