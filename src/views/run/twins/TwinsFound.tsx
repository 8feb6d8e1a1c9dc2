import { GapFigure } from '../../../charts/run/RunFigure.tsx';
import type { OpenFile } from '../../../data/session/state.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import { runTwins } from '../../../queries/run/runTwins.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { SimulationId } from '../../../lib/ids.ts';
import type { PaymentRow, RunTwins, TwinSetups } from '../../../domain/answers/runs.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import styles from './TwinsCard.module.css';
import { runFields, type RunSearch } from '../fields.ts';
import type { ReactNode } from 'react';
import { formatMoney } from '../../../lib/format.ts';
import { howSettled, paymentMarks } from '../payments/PaymentsCard.tsx';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { cents } from '../../../lib/units.ts';

interface TwinsFoundProps {
  readonly first: RunScope;
  readonly firstFile: OpenFile;
  readonly twin: SimulationId;
  readonly twinFile: OpenFile;
  readonly dayStarts: readonly number[];
}

/** Where two runs part. */
export function TwinsFound({ first, firstFile, twin, twinFile, dayStarts }: TwinsFoundProps) {
  const { search, patch } = useAddress(runFields);
  const isElsewhere = twinFile !== firstFile;
  const answer = useAnswer(
    runTwins.about({
      fileIds: isElsewhere ? [first.fileId, twinFile.fileId] : [first.fileId],
      simulationId: first.simulationId,
      twin,
    }),
  );
  const there = (fields: RunSearch) =>
    hrefTo('/runs/$simulationId', search, {
      simulationId: twin,
      in: twinFile.name,
      twin: first.simulationId,
      twinin: isElsewhere ? firstFile.name : undefined,
      ...fields,
    });
  if (answer.error !== null) return <ErrorNotice error={answer.error} doing="comparing the two runs" />;
  if (answer.data === undefined) return <ProgressBar doing="Comparing the two runs tick by tick" />;
  if (answer.data === null)
    return (
      <Notice tone="warning">
        {twinFile.name} holds no run {twin}.
      </Notice>
    );
  const twins = answer.data;
  return (
    <div className={styles.found}>
      <p className={styles.words}>{setupWords(twins.setups)}</p>
      {twins.unknown.map((sentence) => (
        <Notice key={sentence}>{sentence}</Notice>
      ))}
      {twins.gaps.length === 0 ? (
        <p className={styles.line}>
          <LinkButton size="small" href={there({})}>
            Open the second run
          </LinkButton>
        </p>
      ) : (
        <>
          <TickLine twins={twins} there={there} onTick={(tick) => patch({ tick })} />
          {twins.paymentsCompared && (
            <TwinPayments
              twins={twins}
              second={isElsewhere ? `${twins.second}, ${twinFile.name}` : twins.second}
              there={there}
              onPayment={(payment, tick) => patch({ payment, tick })}
            />
          )}
          <GapFigure
            gaps={twins.gaps}
            caption={`${gapWords(twins.gaps)} A click moves the replay.`}
            dayStarts={dayStarts}
            tick={search.tick ?? 0}
            onPickTick={(tick) => patch({ tick })}
          />
        </>
      )}
    </div>
  );
}

interface TickLineProps {
  readonly twins: RunTwins;
  readonly there: (fields: RunSearch) => string;
  readonly onTick: (tick: number) => void;
}

function TickLine({ twins: { firstDifferentTick: tick }, there, onTick }: TickLineProps) {
  return (
    <p className={styles.line}>
      {tick === undefined ? (
        'Every balance, queue and cost that is known is the same at the end of every tick.'
      ) : (
        <>
          <span>
            The first tick that differs is <b>tick {tick}</b>: a balance, a queue, collateral or a cost is
            another at its end.
          </span>
          <Button size="small" onClick={() => onTick(tick)}>
            Show tick {tick}
          </Button>
        </>
      )}
      <LinkButton size="small" href={there(tick === undefined ? {} : { tick })}>
        {tick === undefined ? 'Open the second run' : `Tick ${tick} of the second run`}
      </LinkButton>
    </p>
  );
}

interface TwinPaymentsProps {
  readonly twins: RunTwins;
  /** The second run by name. */
  readonly second: string;
  readonly there: (fields: RunSearch) => string;
  readonly onPayment: (txId: string, tick: number | undefined) => void;
}

/** The first payment that fared otherwise, on both sides. */
function TwinPayments({ twins, second, there, onPayment }: TwinPaymentsProps) {
  const pair = twins.firstDifferentPayment;
  if (pair === undefined) {
    return (
      <p>All payments match: each has its twin in the other run, settled in the same way at the same tick.</p>
    );
  }
  const tick = divergenceTick(pair.first, pair.second);
  return (
    <>
      <p>
        The first payment that fares otherwise; payments are matched by sender, receiver, amount and tick of
        arrival, as their ids are random.
      </p>
      <div className={styles.sides}>
        <Side title="In this run" payment={pair.first}>
          {({ txId }) => (
            <Button size="small" onClick={() => onPayment(txId, tick)}>
              Show its life
            </Button>
          )}
        </Side>
        <Side title={`In ${second}`} payment={pair.second}>
          {({ txId }) => (
            <LinkButton size="small" href={there({ payment: txId, ...(tick === undefined ? {} : { tick }) })}>
              Its life in the second run
            </LinkButton>
          )}
        </Side>
      </div>
    </>
  );
}

interface SideProps {
  readonly title: string;
  readonly payment: PaymentRow | undefined;
  readonly children: (payment: PaymentRow) => ReactNode;
}

function Side({ title, payment, children }: SideProps) {
  return (
    <section className={styles.side} aria-label={title}>
      <h3>{title}</h3>
      {payment === undefined ? (
        <p>No such payment arrives.</p>
      ) : (
        <>
          <p>
            <b>
              {payment.sender} → {payment.receiver} {formatMoney(payment.amountCents)}
            </b>
            {payment.arrivalTick !== undefined && <>, arrives at tick {payment.arrivalTick}</>}
          </p>
          <p>
            <StatusMark status={paymentMarks[payment.status]} />
            {payment.settlementTick !== undefined && <>: {fateWords(payment)}</>}
          </p>
          <div>{children(payment)}</div>
        </>
      )}
    </section>
  );
}

/** One sentence: what the second run cost more or less by the last tick that both have. */
export function gapWords(gaps: RunTwins['gaps']): string {
  const last = gaps.at(-1);
  if (last === undefined) return 'The two runs have no tick in common.';
  const by = `By the end of tick ${last.tick}`;
  const gap: bigint = last.costGapCents;
  if (gap === 0n) return `${by} both runs have cost the same.`;
  const amount = formatMoney(cents(gap < 0n ? -gap : gap));
  return `${by} the second run has cost ${amount} ${gap < 0n ? 'less' : 'more'} than this one.`;
}

/** One sentence: what a difference between the two runs can come from. */
export function setupWords({ sameScenario, sameSeed }: TwinSetups): string {
  if (sameScenario === false)
    return 'The two runs play different scenarios: what differs between them is not the work of policies alone.';
  if (sameScenario === undefined)
    return 'The scenario of one of the runs is not stored: whether only their policies differ is not known.';
  switch (sameSeed) {
    case true:
      return 'Same scenario and same seed: only the policies can differ.';
    case false:
      return 'Same scenario, other seeds: other payments arrive, so not only the policies differ.';
    case undefined:
      return 'Same scenario; the seed of both runs is not stored, so whether the same payments arrive is not known.';
  }
}

/** `settled at once at tick 4`, `still waiting`. */
export function fateWords(payment: PaymentRow): string {
  const { status, settlementTick } = payment;
  if (settlementTick === undefined) return paymentMarks[status].word;
  const how = howSettled(payment);
  return `settled${how === undefined ? '' : ` ${how}`} at tick ${settlementTick}`;
}

/** The tick at which the fates of a payment part: the earlier settlement, or its arrival. */
export function divergenceTick(...sides: readonly (PaymentRow | undefined)[]): number | undefined {
  const ticks = sides.flatMap((side) => {
    const tick = side?.settlementTick;
    return tick === undefined ? [] : [tick];
  });
  if (ticks.length > 0) return Math.min(...ticks);
  return sides.find((side) => side !== undefined)?.arrivalTick;
}
