import { useMemo, useState } from 'react';

import type { RunScope } from '../../../queries/scope.ts';
import type { AgentId } from '../../../lib/ids.ts';
import type { EventRow, RunOutline } from '../../../domain/answers/runs.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { RunBooks } from '../books/RunBooks.tsx';
import { EventsCard } from '../events/EventsCard.tsx';
import { PaymentLifeCard } from '../payments/PaymentLifeCard.tsx';
import { PaymentsCard } from '../payments/PaymentsCard.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { JumpControls } from './JumpControls.tsx';
import { OverTheRun } from './OverTheRun.tsx';
import { ReplayBar } from './ReplayBar.tsx';
import styles from './RunReplay.module.css';
import { TickBanks } from './TickBanks.tsx';
import { TickFlows } from './TickFlows.tsx';
import { dayStartsOf } from './tickWords.ts';
import { useJump } from './useJump.ts';
import { useReplay } from './useReplay.ts';
import { useReplayKeys } from './useReplayKeys.ts';
import { useRunCharts } from './useRunCharts.ts';
import { useTickState } from './useTickState.ts';
import { runFields } from '../fields.ts';

interface RunReplayProps {
  readonly scope: RunScope;
  readonly outline: RunOutline;
  /** The agents in the order that decides their colours. */
  readonly order: readonly AgentId[];
}

/** The run tick by tick: everything on screen follows the one tick. */
export function RunReplay({ scope, outline, order }: RunReplayProps) {
  const { search, patch } = useAddress(runFields);
  const showPayment = (txId: string | undefined) => patch({ payment: txId });
  const { tickCount, ticksPerDay } = outline;
  const replay = useReplay(outline);
  const jump = useJump(scope, outline, replay);
  const [selected, setSelected] = useState<EventRow>();
  const showEvent = (event: EventRow) => {
    setSelected(event);
    replay.goTo(event.tick);
  };
  useReplayKeys(replay, jump.go);
  const { state, isLate, error } = useTickState(scope, replay);
  const { series, mostCents, error: unread } = useRunCharts(scope);
  const failed = error ?? unread;
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
          <OverTheRun
            series={series}
            agents={agents}
            tickCount={tickCount}
            dayStarts={dayStarts}
            replay={replay}
          />
        </div>
        <div className={styles.column}>
          <EventsCard
            scope={scope}
            outline={outline}
            replay={replay}
            onPayment={showPayment}
            selected={selected}
            onSelect={setSelected}
          />
          <RunBooks scope={scope} onEvent={showEvent} />
        </div>
      </div>
      {search.payment !== undefined && (
        <PaymentLifeCard
          scope={scope}
          txId={search.payment}
          onTick={replay.goTo}
          onPayment={showPayment}
          onEvents={(txId) => patch({ tx: txId })}
        />
      )}
      <PaymentsCard
        scope={scope}
        agents={order}
        onPayment={outline.eventCount === 0 ? undefined : showPayment}
      />
    </>
  );
}
