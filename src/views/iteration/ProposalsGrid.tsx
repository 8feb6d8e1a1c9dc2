import { plainStoredReason } from '../../domain/acceptance/reasons.ts';
import { useMemo, type ReactNode } from 'react';

import { lastDayWords, type IterationDays } from '../../domain/days.ts';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { AgentId } from '../../lib/ids.ts';
import { shortPolicyChange } from '../../domain/policy/diff/describe.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { manyAgents } from '../../charts/shape/agentStyle.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { textWidth, wordsWidth } from '../shared/columnWidth.ts';
import { ContradictionMark, contradictionWord } from '../shared/Contradictions.tsx';
import { LastDay } from '../shared/LastDay.tsx';
import { Missing, Money, SavingMoney } from '../shared/Values.tsx';
import { verdictDetail } from '../shared/proposals/proposalWords.ts';
import { VerdictMark } from '../shared/Marks.tsx';
import { verdictWords } from '../../domain/experiment/verdict.ts';

type Column = GridColumn<AgentIteration>;

const columnsOf = (
  days: IterationDays | undefined,
  found: readonly Contradiction[] | undefined,
  agents: readonly AgentIteration[],
  noProposalOf: (agent: AgentIteration) => string,
  withChange: boolean,
): readonly Column[] => [
  {
    id: 'agent',
    header: 'Agent',
    value: (row) => row.agentId,
    width: textWidth(
      agents.map(({ agentId }) => agentId),
      110,
      180,
    ),
    narrow: 1,
  },
  {
    id: 'cost',
    header: 'Cost in force',
    headerTitle:
      'cost of the policy in force in the run of this iteration, which is another run than the comparison',
    value: (row) => row.costCents,
    render: (row) => (
      <>
        <Money cents={row.costCents} stored={row.storedCost} />
        <LastDay only={days?.agents.get(row.agentId)} />
      </>
    ),
    align: 'end',
    width: wordsWidth([...(days?.agents.values() ?? [])].map(lastDayWords), 110, days === undefined ? 0 : 84),
  },
  {
    id: 'verdict',
    header: 'Verdict',
    value: (row) => row.proposal && verdictWords[row.proposal.verdict],
    render: (row) =>
      row.proposal === undefined ? (
        <Missing why={noProposalOf(row)} />
      ) : (
        <VerdictMark verdict={row.proposal.verdict} detail={verdictDetail(row.proposal)} />
      ),
    width: wordsWidth(
      agents.flatMap(({ proposal }) =>
        proposal === undefined ? [] : `${verdictWords[proposal.verdict]} ${verdictDetail(proposal) ?? ''}`,
      ),
      128,
      verdictSignPx,
    ),
    narrow: 2,
  },
  ...(withChange ? [changeColumn(noProposalOf)] : []),
  {
    id: 'old',
    header: 'Old cost',
    headerTitle: 'cost of the policy in force in the comparison',
    value: (row) => row.proposal?.oldCostCents,
    render: (row) => (
      <Money cents={row.proposal?.oldCostCents} stored={row.proposal?.unreadable?.get('oldCostCents')} />
    ),
    align: 'end',
    width: 90,
  },
  {
    id: 'new',
    header: 'New cost',
    value: (row) => row.proposal?.newCostCents,
    render: (row) => (
      <Money cents={row.proposal?.newCostCents} stored={row.proposal?.unreadable?.get('newCostCents')} />
    ),
    align: 'end',
    width: 90,
  },
  {
    id: 'delta',
    header: 'Saving',
    headerTitle:
      'old minus new, the mean where there are samples: positive means that the proposal is cheaper',
    value: ({ proposal }) => proposal && savingOf(proposal)?.cents,
    render: (row) => <SavingMoney proposal={row.proposal} />,
    align: 'end',
    width: 90,
    narrow: 3,
  },
  {
    id: 'contradictions',
    header: 'Contradictions',
    headerTitle: 'records of the file that cannot both be right',
    value: (row) => {
      const own = foundOf(found, row);
      return own.length === 0 ? undefined : contradictionWord(own);
    },
    render: (row) => <Found found={found} row={row} />,
    width: 128,
  },
  {
    id: 'source',
    header: 'Verdict from',
    value: (row) => row.proposal?.verdictSource,
    width: wordsWidth(
      agents.map((agent) => agent.proposal?.verdictSource ?? ''),
      110,
    ),
  },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => row.proposal?.reason,
    render: ({ proposal }) =>
      proposal?.reason === undefined ? (
        <Missing why="not recorded" />
      ) : (
        <span title={`stored: ${proposal.reason}`}>{plainStoredReason(proposal.reason)}</span>
      ),
    grow: true,
    width: 200,
  },
];

/** Before the words of a verdict: its sign. */
const verdictSignPx = 16;

/** `19 % → 21 %, tree: 2 changes`; undefined without a proposed policy. */
function changeOf({ policyInForce, proposedPolicy }: AgentIteration): string | undefined {
  return proposedPolicy === undefined ? undefined : shortPolicyChange(policyInForce, proposedPolicy);
}

/** In a table of many agents, whose policies do not all stand below it. */
function changeColumn(noProposalOf: (agent: AgentIteration) => string): Column {
  return {
    id: 'change',
    header: 'Change',
    headerTitle: 'what the proposal changes of the policy in force',
    value: changeOf,
    render: (row) => changeOf(row) ?? <Missing why={noProposalOf(row)} />,
    width: 130,
    sortable: false,
  };
}

function foundOf(
  found: readonly Contradiction[] | undefined,
  { agentId }: AgentIteration,
): readonly Contradiction[] {
  return found?.filter(({ subject }) => subject.agentId === agentId) ?? [];
}

function Found({ found, row }: { found: readonly Contradiction[] | undefined; row: AgentIteration }) {
  if (found === undefined) return <Missing why="not looked for yet, or the file is large" />;
  const own = foundOf(found, row);
  return own.length === 0 ? <>none</> : <ContradictionMark found={own} />;
}

interface ProposalsGridProps {
  /** Agents that the filter leaves. */
  readonly agents: readonly AgentIteration[];
  /** Where there are many agents: the field that filters them by name. */
  readonly filter: ReactNode;
  /** How many proposals, and of how many agents. */
  readonly count: string;
  readonly selectedAgent: string | undefined;
  /** Where the page sets out one agent alone: that of a chosen row. */
  readonly onChoose: ((agent: AgentId) => void) | undefined;
  readonly days: IterationDays | undefined;
  /** Of this iteration; undefined while they are looked for. */
  readonly contradictions: readonly Contradiction[] | undefined;
  /** What the file tells of an agent without a proposal. */
  readonly noProposalOf: (agent: AgentIteration) => string;
}

/** The proposals of one iteration, an agent a row. */
export function ProposalsGrid(props: ProposalsGridProps) {
  const { agents, selectedAgent, onChoose, days, contradictions, noProposalOf } = props;
  const isMany = props.filter !== undefined;
  const columns = useMemo(
    () => columnsOf(days, contradictions, agents, noProposalOf, isMany),
    [days, contradictions, agents, noProposalOf, isMany],
  );
  return (
    <Card title="Proposals" aside={props.count} actions={props.filter}>
      <DataGrid
        name="Proposals"
        columns={columns}
        rows={agents}
        stickyFirstColumn={isMany}
        rowKey={(row) => row.agentId}
        selectedKey={selectedAgent}
        onActivate={onChoose && ((row) => onChoose(row.agentId))}
        maxHeight={agents.length > manyAgents ? 480 : undefined}
        emptyText={
          isMany
            ? 'No agent has a name like this. Change the filter.'
            : 'No agent is named in this iteration.'
        }
      />
    </Card>
  );
}
