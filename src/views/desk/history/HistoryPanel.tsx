import { plural } from '../../../lib/format.ts';
import { useMemo } from 'react';
import { repeatsOf, type Repeat } from '../../../domain/policy/history/repeats.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import type { HistoryEntry, PolicyHistory } from '../../../domain/answers/desk.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import styles from './History.module.css';
import { LineageFigure } from './LineageFigure.tsx';
import { ReadHistory, useHistory, similarityWords, numbersOf, proposedBeforeWords } from './useHistory.tsx';
import type { Json } from '../../../lib/json.ts';
import { originsOf, type PartOrigin, type IterationPolicy } from '../../../domain/policy/history/origins.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { textWidth } from '../../shared/columnWidth.ts';
import { rejectionWords, verdictWords } from '../../../domain/experiment/verdict.ts';
import { VerdictMark } from '../../shared/Marks.tsx';
/** The address of another proposal of the experiment. */
export type HrefOf = (iteration: number, agentId: AgentId) => string;

export interface HistoryPanelProps {
  readonly scope: ExperimentScope;
  /** Of the experiment. */
  readonly proposalCount: number;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly hrefOf: HrefOf;
}

/** Whether a proposal was made before, what it grew from, and where its parts came from. */
export function HistoryPanel(props: HistoryPanelProps) {
  const { data, error, ask } = useHistory(props.scope, props.proposalCount);
  if (error !== null) return <ErrorNotice error={error} doing="reading earlier proposals" />;
  if (ask !== undefined) {
    return (
      <div className={styles.part}>
        <ReadHistory proposalCount={props.proposalCount} ask={ask} />
      </div>
    );
  }
  if (data === undefined) return <ProgressBar doing="Reading earlier proposals" />;
  return <Known history={data} {...props} />;
}

function Known({ history, iteration, agentId, hrefOf }: HistoryPanelProps & { history: PolicyHistory }) {
  const entries = useMemo(
    () => history.entries.filter((entry) => entry.agentId === agentId),
    [history, agentId],
  );
  const repeats = useMemo(() => repeatsOf(entries, agentId, iteration), [entries, agentId, iteration]);
  const entry = entries.find((one) => one.iteration === iteration);
  const inForce = history.inForceByAgent.get(agentId) ?? [];
  return (
    <div className={styles.panel}>
      <ProposedBefore entry={entry} repeats={repeats} iteration={iteration} hrefOf={hrefOf} />
      <LineageFigure
        agentId={agentId}
        inForce={inForce}
        entries={entries}
        iteration={iteration}
        hrefOf={hrefOf}
      />
      <OriginsTable
        agentId={agentId}
        policy={entry?.policy}
        inForce={inForce.filter((step) => step.iteration <= iteration)}
      />
    </div>
  );
}

const columnsFor = (origins: readonly PartOrigin[]): readonly GridColumn<PartOrigin>[] => [
  {
    id: 'place',
    header: 'In',
    value: ({ place }) => place,
    width: textWidth(
      origins.map(({ place }) => place),
      110,
      260,
    ),
  },
  { id: 'part', header: 'Part', value: ({ text }) => text, width: 240, grow: true },
  {
    id: 'since',
    header: 'In force since',
    value: ({ since }) => since,
    render: ({ since, orEarlier }) =>
      since === undefined ? 'new in this proposal' : `iteration ${since}${orEarlier ? ' or earlier' : ''}`,
    align: 'end',
    width: 150,
  },
];

interface OriginsTableProps {
  readonly agentId: AgentId;
  readonly policy: Json | undefined;
  /** What was in force up to this proposal. */
  readonly inForce: readonly IterationPolicy[];
}

/** Since when each number and each node of the proposal has been in force without a break. */
function OriginsTable({ agentId, policy, inForce }: OriginsTableProps) {
  const origins = useMemo(() => originsOf(policy, inForce), [policy, inForce]);
  const columns = useMemo(() => columnsFor(origins), [origins]);
  if (origins.length === 0) return undefined;
  const fresh = origins.filter(({ since }) => since === undefined).length;
  return (
    <section className={styles.part} aria-label="Where it came from">
      <h3>Where it came from</h3>
      <p>
        {fresh === 0 ? 'Every part' : `${origins.length - fresh} of ${origins.length} parts`} of this proposal{' '}
        {fresh === 0 || origins.length - fresh === 1 ? 'was' : 'were'} in force already.
      </p>
      <DataGrid
        name={`Parts of the proposal of ${agentId}`}
        columns={columns}
        rows={origins}
        rowKey={({ place, text }) => `${place} ${text}`}
        emptyText="None."
        maxHeight={300}
      />
    </section>
  );
}

type Row = Repeat<HistoryEntry>;

const columns: readonly GridColumn<Row>[] = [
  { id: 'iteration', header: 'Iteration', value: ({ entry }) => entry.iteration, align: 'end', width: 76 },
  {
    id: 'likeness',
    header: 'Similarity',
    value: ({ similarity }) => similarityWords[similarity],
    width: 180,
  },
  { id: 'numbers', header: 'Proposed', value: ({ entry }) => numbersOf(entry), width: 220, grow: true },
  {
    id: 'verdict',
    header: 'Verdict',
    value: ({ entry }) => verdictWords[entry.verdict],
    render: ({ entry: { verdict, rejectionKind, reason } }) => (
      <VerdictMark verdict={verdict} detail={rejectionKind && rejectionWords(rejectionKind, reason)} />
    ),
    width: 240,
  },
];

interface ProposedBeforeProps {
  readonly entry: HistoryEntry | undefined;
  readonly repeats: readonly Row[];
  readonly iteration: number;
  readonly hrefOf: HrefOf;
}

/** The same or nearly the same proposal in other iterations, before and after. */
function ProposedBefore({ entry, repeats, iteration, hrefOf }: ProposedBeforeProps) {
  const after = repeats.filter((repeat) => repeat.entry.iteration > iteration).length;
  return (
    <section className={styles.part} aria-label="Proposed before">
      <h3>Proposed before</h3>
      {entry?.structure === undefined ? (
        <p>No policy was read from this answer, so there is nothing to look for.</p>
      ) : (
        <p>
          {capital(proposedBeforeWords(repeats, iteration))}.{' '}
          {after > 0 && `${plural(after, 'more follows', 'more follow')} in later iterations. `}
          Names of policies and nodes do not count; nearly means each number within 1 %.
        </p>
      )}
      {repeats.length > 0 && (
        <DataGrid
          name="Same or nearly the same proposals"
          columns={columns}
          rows={repeats}
          rowKey={(row) => String(row.entry.iteration)}
          rowHref={({ entry: one }) => hrefOf(one.iteration, one.agentId)}
          emptyText="None."
          maxHeight={240}
        />
      )}
    </section>
  );
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
