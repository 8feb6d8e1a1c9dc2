import ArrowLeft from 'lucide-react/icons/arrow-left';
import { useAnswer } from '../../data/useAnswer.ts';
import { proposalDetail } from '../../queries/iterationDetail.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { ProposalDetail, HistoryEntry } from '../../domain/answers/desk.ts';
import type { AgentId } from '../../lib/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { EvidencePanel } from '../shared/evidence/Evidence.tsx';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { ContradictionNotice, NotCheckedNotice } from '../shared/Contradictions.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDayNotice, useDayCosts } from '../shared/LastDay.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Desk.module.css';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { ExchangePanel } from '../exchange/ExchangePanel.tsx';
import { HistoryPanel, type HrefOf } from './history/HistoryPanel.tsx';
import { ProposalHead } from './ProposalHead.tsx';
import { VerdictCard } from './verdict/VerdictCard.tsx';
import { deskFields } from './fields.ts';
import { useMemo, useState } from 'react';
import { ProposerCurve } from '../../charts/ProposerCurve.tsx';
import { experimentDetail } from '../../queries/experimentDetail.ts';
import { proposerModels, type ProposerTurn } from '../../queries/exchangeUse.ts';
import type { ExperimentScope } from '../../queries/scope.ts';
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { Select } from '../../ui/TextField.tsx';
import curvePanelStyles from './curve/CurvePanel.module.css';
import { repeatGroups, type RepeatGroup } from '../../domain/policy/history/repeats.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import repeatGroupsStyles from './history/History.module.css';
import { numbersOf, useHistory, ReadHistory } from './history/useHistory.tsx';

interface ProposalViewProps {
  readonly row: DeskRow;
  readonly contradictions: readonly Contradiction[];
  readonly onBack: () => void;
}

/** The selected proposal: what it asks for, what became of it, why. */
export function ProposalView({ row, contradictions, onBack }: ProposalViewProps) {
  const { data, error, isPending } = useAnswer(proposalDetail.about(scopeOf(row)));
  const detail = data ?? undefined;
  const days = useDayCosts(row.file)?.experiments.get(row.experimentId);
  return (
    <>
      <div className={styles.back}>
        <Button size="small" icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
          All proposals
        </Button>
      </div>
      <ProposalHead row={row} detail={detail} />
      <ContradictionNotice found={contradictions} withSubject={false} />
      <NotCheckedNotice file={row.file} />
      <LastDayNotice days={days} />
      {error !== null && <ErrorNotice error={error} doing="reading the proposal" />}
      {isPending ? (
        <ProgressBar doing="Reading the proposal" />
      ) : (
        <div className={styles.cards}>
          <VerdictCard row={row} detail={detail} />
          {detail !== undefined && <Parts row={row} detail={detail} />}
        </div>
      )}
    </>
  );
}

function scopeOf({ file, experimentId, proposal }: DeskRow) {
  const { iteration, agentId } = proposal;
  return { fileId: file.fileId, experimentId, iteration, agentId };
}

/** What changes, how it came about, whether it was there before. */
function Parts({ row, detail }: { row: DeskRow; detail: ProposalDetail }) {
  const { search } = useAddress(deskFields);
  const scope = scopeOf(row);
  const { iteration, agentId } = scope;
  const hrefOf = (k: number, agent: AgentId) =>
    hrefTo('/experiments/$experimentId/proposals', search, {
      experimentId: row.experimentId,
      in: row.file.name,
      iteration: k,
      agent,
    });
  return (
    <>
      <div className={styles.pair}>
        <Card title="What changes" padded>
          <PolicyComparison
            of={agentId}
            before={{ label: 'In force', text: detail.policyInForce }}
            after={{ label: 'Proposed', text: detail.proposedPolicy }}
          />
        </Card>
        <Card title="The exchange" padded>
          <ExchangePanel scope={scope} agent={detail} titled={false} />
        </Card>
      </div>
      <Card title="Evidence" padded>
        <EvidencePanel scope={scope} />
      </Card>
      <Card title="Repeats and lineage" padded>
        <HistoryPanel
          scope={scope}
          proposalCount={row.siblings}
          iteration={iteration}
          agentId={agentId}
          hrefOf={hrefOf}
        />
      </Card>
      <Card title="The proposer in this experiment" padded>
        <Disclosure summary="Outcome of its proposals">
          <CurvePanel scope={scope} />
        </Disclosure>
        <Disclosure summary="Repeated proposals of all agents">
          <RepeatGroups scope={scope} proposalCount={row.siblings} hrefOf={hrefOf} />
        </Disclosure>
      </Card>
    </>
  );
}

/** How good the proposals of an experiment were as it went on, by agent and model. */
function CurvePanel({ scope: { fileId, experimentId } }: { scope: ExperimentScope }) {
  const scope = { fileId, experimentId };
  const detail = useAnswer(experimentDetail.about(scope));
  const turns = useAnswer(proposerModels.about(scope));
  const error = detail.error ?? turns.error;
  if (error !== null) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (detail.data === undefined || turns.data === undefined) {
    return <ProgressBar doing="Reading the proposals" />;
  }
  return detail.data === null ? (
    <p>The experiment could not be found.</p>
  ) : (
    <Known detail={detail.data} turns={turns.data} />
  );
}

const everything = '';
const notRecorded = 'not recorded';

function Known({ detail, turns }: { detail: ExperimentDetail; turns: readonly ProposerTurn[] }) {
  const [agent, setAgent] = useState(everything);
  const [model, setModel] = useState(everything);
  const modelOf = useMemo(
    () => new Map(turns.map((turn) => [`${turn.iteration} ${turn.agentId}`, turn.model ?? notRecorded])),
    [turns],
  );
  const models = [...new Set(turns.map((turn) => turn.model ?? notRecorded))].sort();
  const shown = useMemo(
    () =>
      detail.proposals.filter(
        ({ iteration, agentId }) =>
          (agent === everything || agentId === agent) &&
          (model === everything || (modelOf.get(`${iteration} ${agentId}`) ?? notRecorded) === model),
      ),
    [detail, agent, model, modelOf],
  );
  return (
    <div className={curvePanelStyles.panel}>
      <div className={curvePanelStyles.choices}>
        <Select
          label="Agent"
          value={agent}
          onChange={setAgent}
          options={[
            { value: everything, label: 'All agents' },
            ...detail.agents.map((id) => ({ value: id, label: id })),
          ]}
        />
        <Select
          label="Model"
          value={model}
          onChange={setModel}
          options={[
            { value: everything, label: 'All models' },
            ...models.map((name) => ({ value: name, label: name })),
          ]}
        />
      </div>
      <ProposerCurve
        name={`Proposals of ${agent === everything ? 'all agents' : agent} by outcome`}
        proposals={shown}
      />
      <p className={curvePanelStyles.note}>
        A saving is the old cost minus the new cost as stored, of the mean where there are samples. Savings of
        different iterations may rest on different arrivals, so their sum is a tally, not a total saving.
      </p>
    </div>
  );
}

type Group = RepeatGroup<HistoryEntry>;

const countOf = ({ again }: Group, similarity: 'same' | 'nearly') =>
  again.filter((repeat) => repeat.similarity === similarity).length;
const iterationsOf = ({ first, again }: Group) =>
  [first, ...again.map(({ entry }) => entry)].map(({ iteration }) => iteration).join(', ');

function verdictsOf({ first, again }: Group): string {
  const all = [first, ...again.map(({ entry }) => entry)];
  const counts = new Map<string, number>();
  for (const { verdict } of all)
    counts.set(verdictWords[verdict], (counts.get(verdictWords[verdict]) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

const columns: readonly GridColumn<Group>[] = [
  { id: 'agent', header: 'Agent', value: ({ first }) => first.agentId, width: 90 },
  {
    id: 'numbers',
    header: 'First proposed as',
    value: ({ first }) => numbersOf(first),
    width: 240,
    grow: true,
  },
  { id: 'count', header: 'Times', value: ({ again }) => again.length + 1, align: 'end', width: 64 },
  { id: 'same', header: 'The same', value: (group) => countOf(group, 'same') + 1, align: 'end', width: 84 },
  { id: 'nearly', header: 'Nearly', value: (group) => countOf(group, 'nearly'), align: 'end', width: 72 },
  { id: 'iterations', header: 'Iterations', value: iterationsOf, width: 150 },
  { id: 'verdicts', header: 'Verdicts', value: verdictsOf, width: 150 },
];

interface RepeatGroupsProps {
  readonly scope: ExperimentScope;
  /** Of the experiment. */
  readonly proposalCount: number;
  readonly hrefOf: HrefOf;
}

/** Proposals of an experiment that were made more than once. */
function RepeatGroups({ scope, proposalCount, hrefOf }: RepeatGroupsProps) {
  const { data, error, ask } = useHistory(scope, proposalCount);
  const groups = useMemo(() => repeatGroups(data?.entries ?? []), [data]);
  if (error !== null) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (ask !== undefined) return <ReadHistory proposalCount={proposalCount} ask={ask} />;
  if (data === undefined) return <ProgressBar doing="Reading the proposals" />;
  const repeated = groups.reduce((sum, { again }) => sum + again.length, 0);
  return (
    <section className={repeatGroupsStyles.part} aria-label="Repeated proposals">
      <h3>Repeated proposals</h3>
      <p>
        {repeated === 0
          ? 'No agent proposed the same or nearly the same policy twice.'
          : `${repeated} of ${data.entries.length} proposals repeat an earlier one of the same agent, or nearly.`}
      </p>
      {groups.length > 0 && (
        <DataGrid
          name="Repeated proposals"
          columns={columns}
          rows={groups}
          rowKey={({ first }) => `${first.agentId} ${first.iteration}`}
          rowHref={({ first }) => hrefOf(first.iteration, first.agentId)}
          emptyText="None."
          maxHeight={320}
        />
      )}
    </section>
  );
}
