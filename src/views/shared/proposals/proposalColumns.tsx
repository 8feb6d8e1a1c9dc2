import { isTurnedDown, proposalKinds, verdictWords } from '../../../domain/experiment/verdict.ts';
import type { Contradiction } from '../../../domain/contradictions/contradiction.ts';
import { lastDayWords } from '../../../domain/days.ts';
import { savingOf } from '../../../domain/experiment/saving.ts';
import { liquidityFraction } from '../../../domain/policy/parameters.ts';
import { formatCount } from '../../../lib/format.ts';
import { textWidth, wordsWidth } from '../columnWidth.ts';
import { ContradictionMark, contradictionWord } from '../Contradictions.tsx';
import { LastDay } from '../LastDay.tsx';
import { Missing, SavingMoney } from '../Values.tsx';
import type { DeskRow } from './deskRow.ts';
import type { Condition } from './filter.ts';
import { kindTitles, missWords, rowReason } from './proposalWords.ts';
import { VerdictMark } from '../Marks.tsx';
import {
  countColumn,
  moneyColumn,
  named,
  parameterColumns,
  settlementCells,
  type ProposalColumn,
} from './numberColumns.tsx';
import styles from './proposalColumns.module.css';
import type { ProposalFacts } from './ReadingProposals.tsx';

/** Numeric parameters of any policy or proposal: the liquidity fraction first, then by name. */
function parameterNames(rows: readonly DeskRow[]): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<ReadonlyMap<string, number>>();
  for (const { inForce, after, proposal } of rows) {
    for (const parameters of [inForce, proposal.parameters, after]) {
      if (parameters === undefined || seen.has(parameters)) continue;
      seen.add(parameters);
      for (const name of parameters.keys()) names.add(name);
    }
  }
  const rest = [...names].filter((name) => name !== liquidityFraction).sort();
  return names.has(liquidityFraction) ? [liquidityFraction, ...rest] : rest;
}

/** Every column that the rows can have; amounts and words get the room that these rows need. */
export function proposalColumns(rows: readonly DeskRow[], facts: ProposalFacts): readonly ProposalColumn[] {
  const { spreadOf, turnOf, beforeOf, followsOf, contradictionsOf, lastDayOf } = facts;
  const names = parameterNames(rows);
  const dayWords = rows.flatMap((row) => lastDayOf(row) ?? []).map(lastDayWords);
  /** Says beside a cost that it is that of the last day; the column is wide enough for the words. */
  const withDays = (column: ProposalColumn): ProposalColumn =>
    dayWords.length === 0
      ? column
      : {
          ...column,
          width: wordsWidth(dayWords, 84, column.width),
          render: (row) => (
            <>
              {column.render?.(row)}
              <LastDay only={lastDayOf(row)} />
            </>
          ),
        };
  const better = (row: DeskRow) => samples(row, facts)?.better;
  const worse = (row: DeskRow) => samples(row, facts)?.worse;
  return [
    {
      ...named('experiment', 'Experiment', 'set'),
      value: (row) => row.experimentId,
      searchText: (row) => `${row.experimentName} ${row.experimentId}`,
      alias: (row) => row.experimentName,
      render: (row) => <Experiment row={row} />,
      width: textWidth(
        rows.map((row) => `${row.experimentName} ${lastPart(row)}`),
        120,
        260,
      ),
      link: true,
      narrow: 1,
    },
    { ...named('file', 'File', 'set'), value: (row) => row.file.name, width: 150, shown: false },
    {
      ...named('iteration', 'Iteration', 'number'),
      header: 'Iter',
      value: (row) => row.proposal.iteration,
      align: 'end',
      width: 62,
      narrow: 2,
    },
    { ...named('agent', 'Agent', 'set'), value: (row) => row.proposal.agentId, width: 104, narrow: 3 },
    ...names.flatMap((name, place) => parameterColumns(name, place, rows)),
    {
      ...named('verdict', 'Verdict', 'set'),
      value: (row) => verdictWords[row.proposal.verdict],
      render: (row) => <VerdictMark verdict={row.proposal.verdict} />,
      width: 104,
      narrow: 4,
    },
    {
      ...named('kind', 'Kind', 'set'),
      headerTitle: 'what became of it and why',
      value: (row) => kindTitles[row.kind],
      sortValue: (row) => proposalKinds.indexOf(row.kind),
      width: 190,
      shown: false,
    },
    {
      ...named('reason', 'Reason', 'text'),
      value: (row) => rowReason(row, spreadOf(row)),
      searchText: (row) => `${rowReason(row, spreadOf(row))} ${row.proposal.reason ?? ''}`,
      width: 240,
      grow: true,
    },
    withDays(moneyColumn('old', 'Old cost', rows, (row) => row.proposal.oldCostCents, 'oldCostCents')),
    withDays(moneyColumn('new', 'New cost', rows, (row) => row.proposal.newCostCents, 'newCostCents')),
    withDays({
      ...moneyColumn('saving', 'Saving', rows, (row) => savingOf(row.proposal)?.cents),
      headerTitle: 'old minus new, the mean where there are samples: positive is cheaper',
      render: (row) => <SavingMoney proposal={row.proposal} />,
    }),
    {
      ...moneyColumn('delta', 'Delta as stored', rows, (row) => row.proposal.deltaSumCents, 'deltaSumCents'),
      headerTitle: 'old minus new as stored: the sum over samples',
      shown: false,
    },
    {
      ...named('miss', 'Miss', 'share'),
      headerTitle: 'of a proposal that was turned down: distance to the rule that decided, in its own unit',
      value: (row) => (isTurnedDown(row.kind) ? row.miss?.distance : undefined),
      render: (row) => {
        const words = isTurnedDown(row.kind) ? missWords(row) : undefined;
        return words ?? <Missing why="not recorded, or turned down by no rule" />;
      },
      align: 'end',
      width: 130,
    },
    countColumn('better', 'better', 'Samples', better, 'samples on which it is cheaper'),
    countColumn('worse', 'worse', 'Samples', worse, 'samples on which it is dearer'),
    {
      ...countColumn('samples', 'number', 'Samples', (row) => row.proposal.sampleCount, 'samples'),
      shown: false,
    },
    {
      ...named('settlement', 'Settled', 'share'),
      headerTitle: 'share of payments settled with the proposal, over all agents',
      ...settlementCells,
      width: 78,
      shown: false,
    },
    {
      ...named('follows', 'Follows', 'set'),
      headerTitle: 'whether the verdict follows from the stored numbers',
      phrases: followsPhrases,
      value: followsOf,
      render: (row) => followsOf(row) ?? <Missing why="cannot be told: numbers or rules are not recorded" />,
      width: 72,
    },
    {
      ...named('contradictions', 'Contradictions', 'set'),
      headerTitle: 'records of the file that cannot both be right',
      value: (row) => {
        const found = contradictionsOf(row);
        return found === undefined ? undefined : found.length === 0 ? 'none found' : contradictionWord(found);
      },
      render: (row) => <Found found={contradictionsOf(row)} />,
      width: 128,
    },
    { ...named('source', 'Verdict from', 'set'), value: sourceOf, width: 190, shown: false },
    { ...named('model', 'Model', 'set'), value: (row) => turnOf(row)?.model, width: 120 },
    {
      ...countColumn(
        'words',
        'Words',
        undefined,
        (row) => wordsOf(row, facts),
        'of the prompt and the answer',
      ),
      width: 70,
    },
    {
      ...countColumn('asked', 'Words of the prompt', undefined, (row) => turnOf(row)?.promptWords),
      shown: false,
    },
    {
      ...countColumn('answered', 'Words of the answer', undefined, (row) => turnOf(row)?.responseWords),
      shown: false,
    },
    {
      ...named('seconds', 'Seconds', 'number'),
      headerTitle: 'time until the proposer had answered',
      value: (row) => turnOf(row)?.latencySeconds,
      render: (row) => turnOf(row)?.latencySeconds?.toFixed(1) ?? <Missing why="not recorded" />,
      align: 'end',
      width: 76,
    },
    {
      ...named('before', 'Before', 'number'),
      headerTitle: 'earlier proposals of the same policy by the same agent, names apart',
      phrases: beforePhrases,
      answers: beforeAnswers,
      value: beforeOf,
      render: (row) => beforeWords(beforeOf(row)),
      align: 'end',
      width: 72,
    },
  ];
}

const followsPhrases: ProposalColumn['phrases'] = new Map([
  ['verdict does not follow', { operator: '=', operand: 'no' }],
  ['verdict follows', { operator: '=', operand: 'yes' }],
]);

const repeated: Condition = { operator: '>', operand: '0' };
const isNew: Condition = { operator: '=', operand: '0' };
const beforePhrases: ProposalColumn['phrases'] = new Map([
  ['proposed before', repeated],
  ['not proposed before', isNew],
]);
const beforeAnswers: ProposalColumn['answers'] = new Map([
  ['yes', repeated],
  ['no', isNew],
]);

const sourceOf = (row: DeskRow) => row.proposal.verdictSource;

const beforeWords = (times: number | undefined) =>
  times === undefined ? <Missing why="no policy was read" /> : times === 0 ? 'no' : `${formatCount(times)} ×`;

function wordsOf(row: DeskRow, { turnOf }: ProposalFacts): number | undefined {
  const turn = turnOf(row);
  if (turn?.promptWords === undefined || turn.responseWords === undefined) return undefined;
  return turn.promptWords + turn.responseWords;
}

/** Samples on which it is cheaper and dearer; a single comparison is one sample. */
function samples(row: DeskRow, { spreadOf }: ProposalFacts) {
  const spread = spreadOf(row);
  if (spread !== undefined || row.proposal.sampleCount !== 1) return spread;
  const saving = savingOf(row.proposal)?.cents;
  return saving === undefined ? undefined : { better: saving > 0n ? 1 : 0, worse: saving < 0n ? 1 : 0 };
}

/** The last part of an id, which tells experiments of one name apart. */
const lastPart = ({ experimentId }: DeskRow): string => experimentId.split('-').at(-1) ?? experimentId;

function Experiment({ row }: { readonly row: DeskRow }) {
  const { experimentName, experimentId } = row;
  return (
    <span title={experimentId}>
      {experimentName}
      {experimentName !== experimentId && <span className={styles.id}> {lastPart(row)}</span>}
    </span>
  );
}

function Found({ found }: { readonly found: readonly Contradiction[] | undefined }) {
  if (found === undefined) return <Missing why="not looked for yet, or the file is large" />;
  return found.length === 0 ? <>none found</> : <ContradictionMark found={found} />;
}
