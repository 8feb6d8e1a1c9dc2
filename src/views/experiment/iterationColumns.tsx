import { agentStyle } from '../../charts/shape/agentStyle.ts';
import { formatParameter, parameterLabel } from '../../charts/shape/figurePanels.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import { type LastDayOnly, lastDayWords, type ExperimentDays } from '../../domain/days.ts';
import type { ExperimentDetail, Proposal, LinkedRun } from '../../domain/experiment/normalised.ts';
import { invalidWords, verdictWords } from '../../domain/experiment/verdict.ts';
import { storedAs } from '../../domain/unreadable.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { CELL_PADDING, figureWidth } from '../../ui/grid/useColumnWidths.ts';
import { ContradictionMark, contradictionWord } from '../shared/Contradictions.tsx';
import { LastDay } from '../shared/LastDay.tsx';
import { NewMark, VerdictMark } from '../shared/Marks.tsx';
import { Missing, Money, Stored } from '../shared/Values.tsx';
import { moneyWidth, wordsWidth } from '../shared/columnWidth.ts';
import { verdictDetail } from '../shared/proposals/proposalWords.ts';
import { shortRunName, linkMeanings } from '../shared/words.ts';
import styles from './iterationColumns.module.css';
import { totalMissing, type IterationTableRow } from './iterationTableRows.ts';

type Column = GridColumn<IterationTableRow>;

/** The sign before the words of a verdict, with its gap. */
const signPx = 16;

/** Before the text of a mark: its sign. */
const markPx = 15;

/** The word of the mark and whom it is about: `does not follow BANK_A`. */
export function contradictionText({ contradictions }: IterationTableRow): string {
  return [contradictionWord(contradictions), agentsOf(contradictions)].filter(Boolean).join(' ');
}

function agentsOf(contradictions: readonly Contradiction[]): string {
  return [...new Set(contradictions.flatMap(({ subject }) => subject.agentId ?? []))].join(', ');
}

/** Pixels of columns whose widest cell is looked for in all rows. */
interface Widths {
  readonly total: number;
  readonly parameter: number;
  readonly cost: number;
  readonly verdict: ReadonlyMap<AgentId, number>;
  readonly runs: number;
}

/** To be kept while the columns change with the address: 10,000 rows are walked through and formatted. */
export function iterationWidths(detail: ExperimentDetail, parameter: string | undefined): Widths {
  const { agents, iterations, proposals, runs } = detail;
  const words = groupBy(proposals, ({ agentId }) => agentId);
  const verdictWidth = (agent: AgentId) =>
    wordsWidth(new Set(words.get(agent)?.map(verdictText)), 96, signPx);
  return {
    total: moneyWidth(
      iterations.map((row) => row.totalCents),
      88,
    ),
    parameter: parameter === undefined ? 0 : parameterWidth(detail, parameter),
    cost: moneyWidth(
      [
        ...iterations.flatMap((row) => [...row.costsCents.values()]),
        ...proposals.map((proposal) => proposal.newCostCents),
      ],
      84,
    ),
    verdict: new Map(agents.map((agent) => [agent, verdictWidth(agent)])),
    runs: Math.min(220, wordsWidth(runTexts(runs), 90)),
  };
}

/**
 * Columns for the agents of one experiment; `runHref` leads to a run. `marks` are the texts of
 * the rows that contradict others; without any there is no column for them. `hasNew`: some iterations are marked as new.
 */
export function iterationColumns(
  detail: ExperimentDetail,
  parameter: string | undefined,
  runHref: (simulationId: string) => string,
  days: ExperimentDays | undefined,
  marks: readonly string[],
  hasNew = false,
  widths = iterationWidths(detail, parameter),
): Column[] {
  const dayWords = [...(days?.iterations.values() ?? [])].flatMap(({ total }) =>
    total === undefined ? [] : [lastDayWords(total)],
  );
  return [
    {
      id: 'k',
      header: 'Iter',
      headerTitle: 'iteration',
      value: (row) => row.row.iteration,
      render: (row) => (
        <>
          {row.row.iteration}
          {row.isNew && <NewMark words=" new" />}
        </>
      ),
      align: 'end',
      width: hasNew ? 84 : 56,
      narrow: 1,
      link: true,
    },
    {
      id: 'total',
      header: 'Total cost',
      value: (row) => row.row.totalCents,
      render: (row) => (
        <b>
          <Money cents={row.row.totalCents} missing={totalMissing(row.row)} />
          <LastDay only={days?.iterations.get(row.row.iteration)?.total} />
        </b>
      ),
      align: 'end',
      width: dayWords.length === 0 ? widths.total : wordsWidth(dayWords, 0, widths.total),
      narrow: 2,
    },
    {
      id: 'change',
      header: 'Change',
      headerTitle: 'total cost minus that of the iteration before',
      value: (row) => row.changeCents,
      render: (row) => <Change row={row} />,
      align: 'end',
      width: widths.total,
    },
    ...(marks.length === 0 ? [] : [contradictionColumn(marks)]),
    ...detail.agents.flatMap((agent, i) => agentColumns(agent, i, parameter, widths, days)),
    {
      id: 'runs',
      header: 'Runs',
      value: (row) => row.runs.map((run) => run.simulationId).join(' '),
      render: (row) => <RunLinks runs={row.runs} hrefOf={runHref} />,
      sortable: false,
      width: widths.runs,
    },
  ];
}

function contradictionColumn(marks: readonly string[]): Column {
  return {
    id: 'contradictions',
    header: 'Contradictions',
    headerTitle: 'records of the file that cannot both be right',
    value: (row) => (row.contradictions.length === 0 ? undefined : contradictionText(row)),
    render: ({ contradictions }) =>
      contradictions.length === 0 ? (
        <span className={styles.dim}>none</span>
      ) : (
        <>
          <ContradictionMark found={contradictions} withSubject />
          <span className={styles.dim}>{agentsOf(contradictions)}</span>
        </>
      ),
    width: Math.min(260, wordsWidth(marks, 112, markPx)),
  };
}

function Change({ row }: { row: IterationTableRow }) {
  const cents = row.changeCents;
  if (cents === undefined) return null;
  if (cents === 0n) return <span className={styles.dim}>0</span>;
  return (
    <span className={cents < 0n ? styles.better : styles.worse}>
      <Money cents={cents} />
    </span>
  );
}

/** Pixels for the longest value in force or proposed: a fraction may be stored with sixteen digits. */
function parameterWidth({ iterations, proposals }: ExperimentDetail, parameter: string): number {
  let widest = 0;
  const parameters = [
    ...iterations.flatMap((row) => [...row.parameters.values()]),
    ...proposals.map((one) => one.parameters),
  ];
  for (const value of new Set(parameters.map((of) => of.get(parameter)))) {
    if (value !== undefined) widest = Math.max(widest, figureWidth(formatParameter(parameter, value)));
  }
  return widest + CELL_PADDING;
}

function agentColumns(
  agent: AgentId,
  index: number,
  parameter: string | undefined,
  widths: Widths,
  days: ExperimentDays | undefined,
): Column[] {
  const onlyOf = ({ row }: IterationTableRow) => days?.iterations.get(row.iteration)?.agents.get(agent);
  const isLastDay = [...(days?.iterations.values() ?? [])].some(({ agents }) => agents.has(agent));
  const { color } = agentStyle(index);
  const shared = { group: agent, headerColor: color };
  const proposalOf = (row: IterationTableRow) => row.proposals.get(agent);
  return [
    {
      ...shared,
      id: `cost_${index}`,
      header: isLastDay ? 'cost, last day' : 'cost',
      value: (row) => row.row.costsCents.get(agent),
      render: (row) => <Cost row={row} agent={agent} only={onlyOf(row)} />,
      align: 'end',
      width: isLastDay ? Math.max(widths.cost, 100) : widths.cost,
    },
    ...(parameter === undefined ? [] : parameterColumns(agent, index, parameter, shared, widths.parameter)),
    {
      ...shared,
      id: `new_${index}`,
      header: 'new cost',
      headerTitle: 'cost of the proposal when it was evaluated',
      value: (row) => proposalOf(row)?.newCostCents,
      render: (row) => <Quiet proposal={proposalOf(row)} noProposal={row.noProposal} />,
      align: 'end',
      width: widths.cost,
    },
    {
      ...shared,
      id: `verdict_${index}`,
      header: 'verdict',
      value: (row) => {
        const proposal = proposalOf(row);
        return proposal && verdictText(proposal);
      },
      render: (row) => <Verdict proposal={proposalOf(row)} noProposal={row.noProposal} />,
      width: widths.verdict.get(agent) ?? 0,
      narrow: 3,
    },
  ];
}

interface CostProps {
  readonly row: IterationTableRow;
  readonly agent: AgentId;
  readonly only: LastDayOnly | undefined;
}

function Cost({ row: { row }, agent, only }: CostProps) {
  const amount = <Money cents={row.costsCents.get(agent)} stored={row.unreadableCosts.get(agent)} />;
  return only === undefined ? amount : <span title={lastDayWords(only)}>{amount}</span>;
}

/** What the cells of the runs say: the first run, and how many more. */
function* runTexts(runs: ExperimentDetail['runs']): Generator<string, void> {
  const counts = new Map<number | undefined, number>();
  for (const { iteration } of runs) counts.set(iteration, (counts.get(iteration) ?? 0) + 1);
  for (const run of runs) {
    const more = (counts.get(run.iteration) ?? 1) - 1;
    yield more === 0 ? shortRunName(run) : `${shortRunName(run)} +${more}`;
  }
}

function verdictText(proposal: Proposal): string {
  return [verdictWords[proposal.verdict], verdictDetail(proposal)].filter(Boolean).join(', ');
}

function parameterColumns(
  agent: AgentId,
  index: number,
  parameter: string,
  shared: object,
  width: number,
): Column[] {
  const label = parameterLabel(parameter).toLowerCase();
  const short = label === 'initial liquidity fraction' ? 'fraction' : label;
  return [
    {
      ...shared,
      id: `parameter_${index}`,
      header: short,
      headerTitle: `${label} of the policy in force`,
      value: (row) => row.row.parameters.get(agent)?.get(parameter),
      render: ({ row }) => {
        const stored = row.unreadableParameters.get(agent)?.get(parameter);
        const value = row.parameters.get(agent)?.get(parameter);
        if (value !== undefined) return formatParameter(parameter, value);
        return stored === undefined ? undefined : <Stored stored={stored} wanted="number" />;
      },
      align: 'end',
      width: Math.max(80, width),
    },
    {
      ...shared,
      id: `proposed_${index}`,
      header: 'proposed',
      headerTitle: `${label} of the proposal`,
      value: (row) => row.proposals.get(agent)?.parameters.get(parameter),
      render: (row) => <Proposed row={row} agent={agent} parameter={parameter} />,
      align: 'end',
      width: Math.max(92, width),
    },
  ];
}

interface ProposedProps {
  readonly row: IterationTableRow;
  readonly agent: AgentId;
  readonly parameter: string;
}

function Proposed({ row, agent, parameter }: ProposedProps) {
  const proposal = row.proposals.get(agent);
  if (proposal === undefined) return <Missing why={row.noProposal} />;
  const value = proposal.parameters.get(parameter);
  if (value !== undefined) return <span className={styles.dim}>{formatParameter(parameter, value)}</span>;
  const stored = proposal.unreadableParameters?.get(parameter);
  if (stored !== undefined) return <Stored stored={stored} wanted="number" />;
  return proposal.invalidBecause === 'not parsed' ? (
    <span className={styles.dim}>{invalidWords['not parsed']}</span>
  ) : (
    <Missing why={unset(proposal)} />
  );
}

function unset({ unreadable }: Proposal): string {
  const text = unreadable?.get('proposedPolicy');
  return text === undefined ? 'the proposal does not set it' : storedAs(text, 'JSON');
}

interface ProposalCellProps {
  readonly proposal: Proposal | undefined;
  readonly noProposal: string;
}

function Quiet({ proposal, noProposal }: ProposalCellProps) {
  return (
    <span className={styles.dim}>
      <Money
        cents={proposal?.newCostCents}
        stored={proposal?.unreadable?.get('newCostCents')}
        missing={proposal === undefined ? noProposal : 'the cost of this proposal is not recorded'}
      />
    </span>
  );
}

function Verdict({ proposal, noProposal }: ProposalCellProps) {
  if (proposal === undefined) return <Missing why={noProposal} />;
  return (
    <span title={proposal.reason}>
      <VerdictMark verdict={proposal.verdict} detail={verdictDetail(proposal)} />
    </span>
  );
}

interface RunLinksProps {
  readonly runs: readonly LinkedRun[];
  readonly hrefOf: (simulationId: string) => string;
}

/** The runs of one iteration; resting on one says how it was linked. */
function RunLinks({ runs, hrefOf }: RunLinksProps) {
  if (runs.length === 0) return <Missing why="no run is recorded" />;
  const [first, ...more] = runs;
  return (
    <span className={styles.runs}>
      {first !== undefined && (
        <a href={hrefOf(first.simulationId)} title={`${first.simulationId}: ${linkMeanings[first.linkedBy]}`}>
          {shortRunName(first)}
        </a>
      )}
      {more.length > 0 && <span> +{more.length}</span>}
    </span>
  );
}
