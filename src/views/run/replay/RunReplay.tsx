import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { RunScope } from '../../../queries/scope.ts';
import type { AgentId } from '../../../lib/ids.ts';
import {
  costMetrics,
  runMetrics,
  type EventRow,
  type RunOutline,
  type RunSeries,
  type TickState,
} from '../../../domain/answers/runs.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { RunConsistency } from '../consistency/RunConsistency.tsx';
import { useEventFilter } from '../events/EventFilters.tsx';
import { EventsCard } from '../events/EventsCard.tsx';
import { PaymentLifeCard } from '../payments/PaymentLifeCard.tsx';
import { PaymentsCard } from '../payments/PaymentsCard.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { OverTheRun, ReplayBar } from './ReplayBar.tsx';
import styles from './RunReplay.module.css';
import { TickFlows } from './TickFlows.tsx';
import { dayStartsOf, useReplay, type ReplayControl, useJump, type Jump } from './useReplay.ts';
import { runFields } from '../fields.ts';
import { useShortcuts } from '../../../ui/useShortcuts.ts';
import { useAnswer, useJoinedAnswers, usePrefetch, useSteadyAnswer } from '../../../data/useAnswer.ts';
import { tickState } from '../../../queries/run/tickState.ts';
import type { Cents } from '../../../lib/units.ts';
import { BankCard, BanksGrid } from './BanksGrid.tsx';
import tickBanksStyles from './TickBanks.module.css';
import { isNothing } from '../../../charts/shape/run/runPanel.ts';
import { eventMatches, eventPage } from '../../../queries/run/runEvents.ts';
import { runSeries } from '../../../queries/run/runSeries.ts';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { formatCount } from '../../../lib/format.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/TextField.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { eventTitle } from '../../../domain/events.ts';
import jumpControlsStyles from './JumpControls.module.css';

interface RunReplayProps {
  readonly scope: RunScope;
  readonly outline: RunOutline;
  /** The agents in the order that decides their colours. */
  readonly order: readonly AgentId[];
  /** What stands below it, once its own parts are as high as they will be: nothing moves while it loads. */
  readonly children: ReactNode;
}

/** The run tick by tick: everything on screen follows the one tick. */
export function RunReplay({ scope, outline, order, children }: RunReplayProps) {
  const { search, patch } = useAddress(runFields);
  const showPayment = (txId: string | undefined) => patch({ payment: txId });
  // The reader who chooses in the list stays in the list.
  const [listed, setListed] = useState<string>();
  const { tickCount, ticksPerDay } = outline;
  const replay = useReplay(outline);
  const { selected, ledTo, select, leadTo } = useMarkedEvent(scope);
  const showEvent = (event: EventRow) => {
    leadTo(event);
    replay.goTo(event.tick);
  };
  const jump = useJump(scope, outline, replay, showEvent);
  useReplayKeys(replay, jump.go);
  const { state, isRead, isLate, error } = useTickState(scope, replay);
  const { series, mostCents, error: unread } = useRunCharts(scope);
  const failed = error ?? unread;
  const events = useAnswer(eventMatches.about({ ...scope, filter: useEventFilter().filter }));
  const isListed = useOnceTrue(!events.isPending);
  const isLaidOut = useOnceTrue(failed != null || (isRead && isListed && series !== undefined));
  const dayStarts = useMemo(() => dayStartsOf(tickCount, ticksPerDay), [tickCount, ticksPerDay]);
  const agents = useMemo(() => order.map((agentId, index) => ({ agentId, index })), [order]);
  return (
    <>
      <ReplayBar
        outline={outline}
        replay={replay}
        dayStarts={dayStarts}
        jump={<JumpControls jump={jump} />}
      />
      {failed != null && <ErrorNotice error={failed} doing="replaying the run" />}
      {[...outline.gaps, ...outline.notes].map((gap) => (
        <Notice key={gap}>{gap}</Notice>
      ))}
      <div className={styles.columns}>
        <div className={styles.column}>
          {state === undefined ? (
            <ProgressBar doing={`Reading tick ${replay.tick}`} />
          ) : (
            <>
              <TickBanks
                state={state}
                awaited={isLate ? replay.tick : undefined}
                order={order}
                mostCents={mostCents}
              />
              <TickFlows state={state} order={order} />
            </>
          )}
          {isRead && (
            <OverTheRun
              series={series}
              agents={agents}
              tickCount={tickCount}
              dayStarts={dayStarts}
              replay={replay}
            />
          )}
        </div>
        <div className={styles.column}>
          <EventsCard
            scope={scope}
            outline={outline}
            replay={replay}
            onPayment={showPayment}
            selected={selected}
            ledTo={ledTo}
            onSelect={select}
          />
          {isListed && <RunConsistency scope={scope} onEvent={showEvent} />}
        </div>
      </div>
      {isLaidOut && (
        <>
          {search.payment !== undefined && (
            <PaymentLifeCard
              scope={scope}
              txId={search.payment}
              isLedTo={search.payment !== listed}
              onTick={replay.goTo}
              onPayment={showPayment}
              onEvents={(txId) => patch({ tx: txId })}
            />
          )}
          <PaymentsCard
            scope={scope}
            agents={order}
            onPayment={
              outline.eventCount === 0
                ? undefined
                : (txId) => {
                    setListed(txId);
                    showPayment(txId);
                  }
            }
          />
          {children}
        </>
      )}
    </>
  );
}

/** True from the first time on. */
function useOnceTrue(now: boolean): boolean {
  const [once, setOnce] = useState(false);
  if (now && !once) setOnce(true);
  return now || once;
}

interface MarkedEvent {
  /** The event that the address names. */
  readonly selected: EventRow | undefined;
  /** The one that comes into sight: what is chosen in the list stays where it is. */
  readonly ledTo: EventRow | undefined;
  readonly select: (event: EventRow | undefined) => void;
  readonly leadTo: (event: EventRow) => void;
}

/** The marked event: the address keeps it, so that Back and a shared link find it. */
function useMarkedEvent(scope: RunScope): MarkedEvent {
  const { search, patch } = useAddress(runFields);
  const place = search.event;
  const [chosen, setChosen] = useState<EventRow>();
  const [led, setLed] = useState<EventRow>();
  const known = [chosen, led].find((event) => event !== undefined && event.seq === place);
  const { data } = useAnswer({
    ...eventPage.about({ ...scope, filter: {}, offset: place ?? 0, limit: 1 }),
    enabled: place !== undefined && known === undefined,
  });
  const found = place === undefined ? undefined : (known ?? data?.[0]);
  const ledTo = led ?? (chosen === undefined ? found : undefined);
  const select = (event: EventRow | undefined) => {
    setChosen(event);
    setLed(ledTo);
    patch({ event: event?.seq });
  };
  const leadTo = (event: EventRow) => {
    setChosen(event);
    setLed(event);
    patch({ event: event.seq });
  };
  return { selected: found, ledTo, select, leadTo };
}

/** The keys of the run's page (listed in the screen's declaration, `screen.ts`). */
function useReplayKeys(replay: ReplayControl, jump: (direction: 1 | -1) => void): void {
  const move = (direction: 1 | -1) => (event: KeyboardEvent) =>
    event.shiftKey ? replay.stepDay(direction) : replay.step(direction);
  useShortcuts({
    ' ': replay.togglePlay,
    ArrowLeft: move(-1),
    ArrowRight: move(1),
    Home: () => replay.goTo(0),
    End: () => replay.goTo(replay.lastTick),
    n: () => jump(1),
    N: () => jump(-1),
  });
}

/** Ticks that are read ahead while playing. */
const aheadTicks = 4;

interface ShownTick {
  /** The last tick that arrived: it says itself which one it is. */
  readonly state: TickState | undefined;
  /** A tick has arrived, or will not. */
  readonly isRead: boolean;
  /** Another tick is being read. */
  readonly isLate: boolean;
  readonly error: Error | undefined;
}

/** The banks at the replay's tick; until it arrives, those of the tick before, under its own number. */
function useTickState(scope: RunScope, replay: ReplayControl): ShownTick {
  const { tick, lastTick, playing, onShown } = replay;
  const answer = useSteadyAnswer(tickState.about({ ...scope, tick }));
  const state = answer.data ?? undefined;
  const shown = state?.tick;
  useEffect(() => onShown(shown), [shown, onShown]);

  const isThere = shown === tick;
  const { fileId, simulationId } = scope;
  usePrefetch(
    useMemo(() => {
      if (!isThere) return [];
      const ahead = Array.from({ length: playing ? aheadTicks : 1 }, (_, i) => tick + i + 1);
      return [...ahead, tick - 1]
        .filter((near) => near >= 0 && near <= lastTick)
        .map((near) => tickState.about({ fileId, simulationId, tick: near }));
    }, [isThere, playing, tick, lastTick, fileId, simulationId]),
  );
  const isRead = answer.data !== undefined || answer.error !== null;
  return { state, isRead, isLate: !isThere, error: answer.error ?? undefined };
}

interface TickBanksProps {
  readonly state: TickState;
  /** The tick that is being read, where it is not the one shown. */
  readonly awaited: number | undefined;
  readonly order: readonly AgentId[];
  readonly mostCents: Cents | undefined;
}

/** More banks than this are rows of a grid. */
const mostCards = 8;

/** All banks at the end of one tick, which is named. */
function TickBanks({ state, awaited, order, mostCents }: TickBanksProps) {
  const banks = order.flatMap((agent) => state.agents.filter(({ agentId }) => agentId === agent));
  return (
    <section className={tickBanksStyles.banks} aria-label="Banks">
      <h2 className={tickBanksStyles.title}>
        Banks at the end of tick {state.tick}
        {awaited !== undefined && <span className={tickBanksStyles.late}> reading tick {awaited}</span>}
      </h2>
      {banks.length <= mostCards ? (
        <ul className={tickBanksStyles.cards}>
          {banks.map((agent) => (
            <BankCard
              key={agent.agentId}
              agent={agent}
              index={order.indexOf(agent.agentId)}
              mostCents={mostCents}
            />
          ))}
        </ul>
      ) : (
        <BanksGrid banks={banks} order={order} />
      )}
    </section>
  );
}

interface RunCharts {
  /** undefined: still being read. */
  readonly series: readonly RunSeries[] | undefined;
  /** The highest balance that any bank reaches. */
  readonly mostCents: Cents | undefined;
  readonly error: Error | undefined;
}

/** What is drawn over the whole run; the cost by component where the address asks for it. */
function useRunCharts(scope: RunScope): RunCharts {
  const { search } = useAddress(runFields);
  const byComponent = search.costs === 'component';
  const metrics = [...runMetrics, ...(byComponent ? costMetrics : [])];
  const { data, error } = useJoinedAnswers(metrics.map((metric) => runSeries.about({ ...scope, metric })));
  const series = useMemo(() => {
    const whole = data.slice(0, runMetrics.length).flatMap((found) => found ?? []);
    // The components join the panels when they are read; one that nobody was charged has no panel.
    const parts = data.slice(runMetrics.length).flatMap((found) => found ?? []);
    return whole.length < runMetrics.length
      ? undefined
      : [...whole, ...parts.filter((part) => !isNothing(part))];
  }, [data]);
  return { series, mostCents: mostOf(data[0] ?? undefined), error };
}

/** The highest balance that any bank reaches. */
function mostOf(balances: RunSeries | undefined): Cents | undefined {
  let most: Cents | undefined;
  for (const line of balances?.lines.values() ?? []) {
    for (const { mostCents } of line) if (most === undefined || mostCents > most) most = mostCents;
  }
  return most;
}

/** To the next or previous tick with an event of the chosen kind. */
function JumpControls({ jump }: { jump: Jump }) {
  const { kind, kinds, setKind, go, said } = jump;
  if (kind === undefined) return null;
  return (
    <div className={jumpControlsStyles.jump}>
      <IconButton
        variant="secondary"
        size="small"
        label={`Previous: ${eventTitle(kind)}`}
        shortcut="Shift+N"
        icon={<ArrowLeft size={14} aria-hidden />}
        onClick={() => go(-1)}
      />
      <div className={jumpControlsStyles.kinds}>
        <Select
          label="Kind of event to go to"
          hideLabel
          value={kind}
          options={[...kinds].map(([type, count]) => ({
            value: type,
            label: `${eventTitle(type)} (${formatCount(count)})`,
          }))}
          onChange={setKind}
        />
      </div>
      <IconButton
        variant="secondary"
        size="small"
        label={`Next: ${eventTitle(kind)}`}
        shortcut="n"
        icon={<ArrowRight size={14} aria-hidden />}
        onClick={() => go(1)}
      />
      {said !== '' && <span className={jumpControlsStyles.said}>{said}</span>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}
