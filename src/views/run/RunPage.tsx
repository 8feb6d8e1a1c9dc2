import { useMemo, type ReactNode } from 'react';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { runOutline } from '../../queries/run/runOutline.ts';
import type {
  Bounds,
  RunAgent,
  RunSummary,
  RunSettlements as Settlements,
} from '../../domain/answers/experiments.ts';
import type { ExperimentId, SimulationId } from '../../lib/ids.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ContradictionNotice, useContradictions } from '../shared/Contradictions.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody } from '../shared/Page.tsx';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';
import { RunReplay } from './replay/RunReplay.tsx';
import { dayStartsOf } from './replay/useReplay.ts';
import { RunDaysCard } from './RunDaysCard.tsx';
import { RunHead } from './RunHead.tsx';
import { TwinsCard } from './twins/TwinsCard.tsx';
import { useRunFamily } from './useRunFamily.ts';
import { formatCount, listOf } from '../../lib/format.ts';
import { useAddress } from '../shared/useAddress.ts';
import { runFields } from './fields.ts';
import { Card } from '../../ui/Card.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { CountBetween, MoneyBetween, Money } from '../shared/Values.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './resimulation/ResimulationCard.module.css';
import { CheckFindings } from './resimulation/CheckFindings.tsx';
import { useRunChecks, type Running } from './resimulation/useRunChecks.ts';
import { allCosts, costOf } from '../../domain/costs.ts';
import type { Cents } from '../../lib/units.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';

interface RunPageProps {
  readonly id: SimulationId;
  readonly file: OpenFile;
  readonly summary: RunSummary;
}

/** A run that a file holds: its head at once, its replay when its events are read. */
export function RunPage({ id, file, summary }: RunPageProps) {
  const { fileId } = file;
  const scope = useMemo(() => ({ fileId, simulationId: id }), [fileId, id]);
  const family = useRunFamily(fileId, summary.run?.experimentId, id);
  const outline = useAnswer(runOutline.about(scope));
  const agents = outline.data?.agents;
  const contradictions = useContradictions(file, summary.run?.experimentId);
  // An agent has one colour on every page of its experiment.
  const order = useMemo(
    () => [...new Set([...family.agents, ...(agents ?? [])])].filter((agent) => agents?.includes(agent)),
    [family.agents, agents],
  );
  const hasReplay = outline.data != null && order.length > 0 && outline.data.tickCount > 0;
  const rest = (
    <>
      {summary.eventCount === 0 && <RunDaysCard scope={scope} />}
      <RunAgents summary={summary} />
      <div className={styles.pair}>
        {outline.data != null && (
          <TwinsCard
            id={id}
            file={file}
            run={summary.run}
            family={family}
            dayStarts={dayStartsOf(outline.data.tickCount, outline.data.ticksPerDay)}
          />
        )}
        {summary.eventCount > 0 && <RunSettlements summary={summary} />}
        {outline.data != null && (
          <ResimulationCard
            key={id}
            file={file}
            simulationId={id}
            experimentId={summary.run?.experimentId}
            isLab={outline.data.isLab}
          />
        )}
      </div>
    </>
  );
  return (
    <>
      <RunHead id={id} file={file} summary={summary} family={family} />
      <PageBody>
        <UnreadableNotice file={file} simulationId={id} />
        <ContradictionNotice found={contradictions?.filter(({ subject }) => subject.simulationId === id)} />
        {outline.isPending && <ProgressBar doing="Reading the events of the run" />}
        {outline.error !== null && (
          <ErrorNotice error={outline.error} doing="reading the events of the run" />
        )}
        {outline.data != null && <NotStoredNotice tickCount={outline.data.tickCount} agents={order} />}
        {outline.data != null &&
          (hasReplay ? (
            <RunReplay scope={scope} outline={outline.data} order={order}>
              {rest}
            </RunReplay>
          ) : (
            <Notice>
              This run stores no events and no state of any tick: there is nothing to replay. Its counts and
              costs are those of its own row.
            </Notice>
          ))}
        {!outline.isPending && !hasReplay && rest}
      </PageBody>
    </>
  );
}

interface NotStoredNoticeProps {
  readonly tickCount: number;
  readonly agents: readonly string[];
}

/** What the address names and the run lacks: the page shows what it would without it. */
function NotStoredNotice({ tickCount, agents }: NotStoredNoticeProps) {
  const { search } = useAddress(runFields);
  if (tickCount === 0) return null;
  const lastTick = tickCount - 1;
  const named = [...(search.hide ?? []), ...(search.agent === undefined ? [] : [search.agent])];
  const unknown = [...new Set(named)].filter((agent) => !agents.includes(agent));
  const stored = `ticks 0 to ${formatCount(lastTick)} are stored`;
  const isBeyond = (tick: number | undefined): tick is number => tick !== undefined && tick > lastTick;
  const beyond = [search.from, search.to].filter(isBeyond).map(formatCount).join(' and ');
  const words = [
    ...(isBeyond(search.tick)
      ? [`There is no tick ${formatCount(search.tick)}: ${stored}, and the last is shown.`]
      : []),
    ...(beyond === '' ? [] : [`The events are narrowed to tick ${beyond}: ${stored}.`]),
    ...(unknown.length === 0 ? [] : [`Nothing of ${listOf(unknown)} is stored.`]),
  ];
  return words.length === 0 ? null : <Notice tone="warning">{words.join(' ')}</Notice>;
}

/** How payments settled, and what penalties were charged. */
function RunSettlements({ summary }: { summary: RunSummary }) {
  const { settlements } = summary;
  return (
    <Card title="Payments and penalties" padded>
      <FactList
        facts={[
          ...settledFacts(settlements),
          ...disputedFacts(summary),
          { label: 'entered Queue 2', value: formatCount(summary.queued) },
          { label: 'overdue at some time', value: countOf(summary.overdue) },
          { label: 'overdue at the end', value: overdueWords(summary) },
          {
            label: 'deadline penalties',
            value: <Money cents={summary.deadlinePenaltyCents} missing={unreadable} />,
          },
          {
            label: 'end-of-day penalties',
            value: <Money cents={summary.endOfDayPenaltyCents} missing={unreadable} />,
          },
        ]}
      />
    </Card>
  );
}

const unreadable = 'an event that would tell cannot be read';
const countOf = (count: number | undefined) => (count === undefined ? 'unknown' : formatCount(count));

function overdueWords({ overdueAtEnd, disputedOverdue }: RunSummary): ReactNode {
  if (overdueAtEnd === undefined) return 'unknown';
  return <CountBetween bounds={{ low: overdueAtEnd, high: overdueAtEnd + disputedOverdue }} />;
}

function disputedFacts({ disputed, settlements }: RunSummary): readonly Fact[] {
  if (settlements === undefined || disputed === 0) return [];
  const note = 'by an offset, or out of Queue 2 after one: the events do not tell';
  return [{ label: 'settled or not', value: formatCount(disputed), note }];
}

function settledFacts(settlements: Settlements | undefined): readonly Fact[] {
  if (settlements === undefined) {
    return [{ label: 'settled', value: 'unknown', note: unreadable }];
  }
  const { immediate, fromQueue2, offset, inferred, inParts } = settlements;
  const after = {
    label: 'settled after an offset',
    value: formatCount(inferred),
    note: 'inferred: no event records it',
  };
  return [
    { label: 'settled at once', value: formatCount(immediate) },
    { label: 'settled from Queue 2', value: formatCount(fromQueue2) },
    { label: 'settled by offsetting', value: formatCount(offset) },
    ...(inferred === 0 ? [] : [after]),
    ...(inParts === 0 ? [] : [{ label: 'settled in parts', value: formatCount(inParts) }]),
  ];
}

interface ResimulationCardProps {
  readonly file: OpenFile;
  readonly simulationId: SimulationId;
  /** The experiment of the run; undefined for a run alone. */
  readonly experimentId: ExperimentId | undefined;
  readonly isLab: boolean;
}

/** Simulates this run, or all runs beside it, again from what is stored, and says what came of it. */
function ResimulationCard({ file, simulationId, experimentId, isLab }: ResimulationCardProps) {
  const { checks, start, cancel } = useRunChecks();
  const { fileId } = file;
  const isRunning = checks.running !== undefined;
  const hasFindings = checks.results.length > 0 || checks.error !== undefined;
  if (!isLab) {
    return (
      <Card title="Simulate again" padded>
        <p className={styles.words}>
          This run does not carry the mark of Iterscope’s lab: it cannot be simulated again.
        </p>
      </Card>
    );
  }
  return (
    <Card title="Simulate again" padded className={hasFindings ? styles.whole : undefined}>
      <div className={styles.card}>
        <p>
          Iterscope’s lab stores scenario, policies and seed. Simulated again, the run must give the same
          events in the same order. This happens in the browser.
        </p>
        <div className={styles.actions}>
          <Button
            variant="primary"
            disabled={isRunning}
            onClick={() => void start({ kind: 'run', fileId, simulationId })}
          >
            Simulate this run again
          </Button>
          {experimentId !== undefined && (
            <Button disabled={isRunning} onClick={() => void start({ kind: 'all', fileId, experimentId })}>
              All runs of this experiment
            </Button>
          )}
          <Button disabled={isRunning} onClick={() => void start({ kind: 'all', fileId })}>
            All runs of this file
          </Button>
        </div>
        {checks.running !== undefined && <RunningCheck running={checks.running} onCancel={cancel} />}
        <CheckFindings checks={checks} file={file} />
      </div>
    </Card>
  );
}

/** How far the check has come, in words and as a bar. */
function RunningCheck({ running, onCancel }: { running: Running; onCancel: () => void }) {
  return <ProgressBar doing={wordsOf(running)} fraction={fractionOf(running)} onCancel={onCancel} />;
}

function wordsOf({ runsDone, runCount, progress }: Running): string {
  if (runCount === undefined) return 'Looking for the runs';
  const events =
    progress === undefined
      ? 'reading what it started from'
      : `${formatCount(progress.comparedEvents)} of ${formatCount(progress.allEvents)} events compared`;
  return runCount === 1 ? `Simulating again: ${events}` : `Run ${runsDone + 1} of ${runCount}: ${events}`;
}

function fractionOf({ runsDone, runCount, progress }: Running): number | undefined {
  if (runCount === undefined) return undefined;
  const ofThis = progress === undefined ? 0 : progress.comparedEvents / progress.allEvents;
  return (runsDone + ofThis) / runCount;
}

type Column = GridColumn<RunAgent>;

function money(
  id: string,
  header: string,
  read: (agent: RunAgent) => Cents | undefined,
  title?: string,
  between: (agent: RunAgent) => Bounds<Cents> | undefined = () => undefined,
  width = 112,
): Column {
  return {
    id,
    header,
    headerTitle: title,
    value: read,
    render: (agent) => {
      const bounds = between(agent);
      if (bounds !== undefined) return <MoneyBetween bounds={bounds} />;
      return <Money cents={read(agent)} missing="the events do not tell" />;
    },
    align: 'end',
    width,
  };
}

/** So wide that no amount is cut off; known within bounds, two of them stand in a cell. */
const columnsOf = (isBounded: boolean): readonly Column[] => [
  { id: 'agent', header: 'Agent', value: (agent) => agent.agentId, width: 120 },
  money('total', 'Cost', (agent) => agent.costs?.totalCents),
  ...allCosts.map((cost) =>
    money(
      cost.id,
      cost.title,
      ({ costs }) => (costs === undefined ? undefined : costOf(costs, cost.id)),
      'hint' in cost ? cost.hint : undefined,
    ),
  ),
  money('start', 'First balance', (agent) => agent.balances?.startCents),
  money(
    'lowest',
    'Lowest balance',
    (agent) => agent.balances?.lowestCents,
    undefined,
    (agent) => agent.bounds?.lowest,
    isBounded ? 250 : undefined,
  ),
  money(
    'end',
    'Last balance',
    (agent) => agent.balances?.endCents,
    undefined,
    (agent) => agent.bounds?.end,
    isBounded ? 250 : undefined,
  ),
];

/** Cost by component and balances, an agent a row. */
function RunAgents({ summary }: { summary: RunSummary }) {
  const isBounded = summary.agents.some(({ bounds }) => bounds !== undefined);
  const columns = useMemo(() => columnsOf(isBounded), [isBounded]);
  return (
    <Card title="Agents" aside={String(summary.agents.length)}>
      <DataGrid
        name="Agents"
        columns={columns}
        rows={summary.agents}
        rowKey={(agent) => agent.agentId}
        emptyText="No cost or balance can be told: this run stores no events."
        stickyFirstColumn
      />
    </Card>
  );
}
