import { contradictionSentence } from '../../domain/contradictions/sentences.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { Missing } from '../shared/Missing.tsx';
import { Money } from '../shared/Money.tsx';
import { SavingMoney } from '../shared/SavingMoney.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import { changeWords } from './change.ts';
import type { ContradictionsOf, DeskRow } from '../shared/proposals/deskRow.ts';
import { kindTitles, missWords } from '../shared/proposals/deskWords.ts';
import { rowReason } from '../shared/proposals/rowReason.ts';
import type { SpreadOf } from '../shared/proposals/useDesk.ts';

type Column = GridColumn<DeskRow>;

/** Columns of the desk as one table; money as integer cents to sort, copy and export. */
export function deskColumns(
  opinionOf: (row: DeskRow) => Opinion | undefined,
  spreadOf: SpreadOf,
  contradictionsOf: ContradictionsOf,
): readonly Column[] {
  return [
    {
      id: 'k',
      header: 'Iter',
      headerTitle: 'iteration',
      value: iterationOf,
      align: 'end',
      width: 64,
      link: true,
    },
    { id: 'agent', header: 'Agent', value: (row) => row.proposal.agentId, width: 110 },
    { id: 'experiment', header: 'Experiment', value: (row) => row.experimentId, width: 230 },
    { id: 'file', header: 'File', value: (row) => row.file.name, width: 130 },
    {
      id: 'verdict',
      header: 'Verdict',
      value: (row) => verdictWords[row.proposal.verdict],
      render: (row) => <VerdictMark verdict={row.proposal.verdict} />,
      width: 110,
    },
    { id: 'kind', header: 'Kind', value: (row) => kindTitles[row.kind], width: 190 },
    { id: 'change', header: 'Proposed', value: changeWords, width: 170 },
    money('old', 'Old cost', (row) => row.proposal.oldCostCents),
    money('new', 'New cost', (row) => row.proposal.newCostCents),
    {
      id: 'saving',
      header: 'Saving',
      headerTitle: 'old minus new, the mean where there are samples: positive is cheaper',
      value: (row) => savingOf(row.proposal)?.cents,
      render: (row) => <SavingMoney proposal={row.proposal} />,
      align: 'end',
      width: 100,
    },
    { id: 'samples', header: 'Samples', value: (row) => row.proposal.sampleCount, align: 'end', width: 84 },
    {
      id: 'miss',
      header: 'Miss',
      headerTitle: 'distance to the rule that decided, in its own unit',
      value: (row) => row.miss?.distance,
      render: (row) => missWords(row) ?? <Missing why="not recorded" />,
      align: 'end',
      width: 130,
    },
    { id: 'reason', header: 'Reason', value: (row) => rowReason(row, spreadOf(row)), grow: true, width: 260 },
    {
      id: 'contradictions',
      header: 'Contradictions',
      value: (row) => contradictionsOf(row).map(contradictionSentence).join(' ') || undefined,
      render: (row) => contradictionsOf(row).map(contradictionSentence).join(' ') || 'none',
      width: 260,
    },
    { id: 'source', header: 'Verdict from', value: (row) => row.proposal.verdictSource, width: 190 },
    { id: 'judgement', header: 'Judgement', value: opinionOf, width: 96 },
  ];
}

const iterationOf = (row: DeskRow) => row.proposal.iteration;

function money(
  id: string,
  header: string,
  of: (row: DeskRow) => DeskRow['proposal']['oldCostCents'],
): Column {
  return { id, header, value: of, render: (row) => <Money cents={of(row)} />, align: 'end', width: 100 };
}
