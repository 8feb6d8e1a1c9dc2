import { useEffect, useId, useMemo } from 'react';
import { useAnswer } from '../../../data/useAnswer.ts';
import { paymentLife } from '../../../queries/run/paymentLife.ts';
import { formatCount, formatMoney, listOf, plural } from '../../../lib/format.ts';
import { addCents, cents } from '../../../lib/units.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type {
  EventRow,
  LifeStep,
  PaymentLife,
  PaymentRow,
  PaymentWaits,
  WaitTick,
} from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { Missing, Money } from '../../shared/Values.tsx';
import { goToPart } from '../../shared/useAddress.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import styles from './PaymentLifeCard.module.css';
import { howSettled, paymentMarks } from './PaymentsCard.tsx';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { eventTitle, eventTypeOf, titleOf } from '../../../domain/events.ts';
import { eventWords } from '../events/eventWords.ts';
import { reasonWords } from '../events/eventDetails.ts';

interface PaymentLifeCardProps {
  readonly scope: RunScope;
  readonly txId: string;
  /** Asked for from elsewhere than the list under it: it comes into sight and has the focus. */
  readonly isLedTo: boolean;
  readonly onTick: (tick: number) => void;
  readonly onPayment: (txId: string | undefined) => void;
  /** Narrows the events to this payment. */
  readonly onEvents: (txId: string) => void;
}

/** One payment from its arrival to its end, with what it cost. */
export function PaymentLifeCard(props: PaymentLifeCardProps) {
  const { scope, txId, isLedTo, onPayment, onEvents } = props;
  const place = useId();
  useEffect(() => {
    const card = isLedTo ? document.getElementById(place) : null;
    return card === null ? undefined : goToPart(card);
  }, [isLedTo, place, txId]);
  const answer = useAnswer(paymentLife.about({ ...scope, txId }));
  return (
    <Card
      id={place}
      title="Payment timeline"
      aside={txId}
      padded
      actions={
        <>
          <Button size="small" onClick={() => onEvents(txId)}>
            Only its events
          </Button>
          <Button size="small" variant="ghost" onClick={() => onPayment(undefined)}>
            Close
          </Button>
        </>
      }
    >
      {answer.isPending && <ProgressBar doing="Reading the life of the payment" />}
      {answer.error !== null && <ErrorNotice error={answer.error} doing="reading the life of the payment" />}
      {answer.data === null && <p>No event of this run names the payment {txId}.</p>}
      {answer.data != null && <Life {...props} life={answer.data} />}
    </Card>
  );
}

function Life({ life, onTick, onPayment }: PaymentLifeCardProps & { readonly life: PaymentLife }) {
  const { payment, steps, parts, partOf } = life;
  return (
    <div className={styles.story}>
      <p className={styles.head}>
        <StatusMark status={paymentMarks[payment.status]} />{' '}
        <b>
          {payment.sender} → {payment.receiver} {formatMoney(payment.amountCents)}
        </b>
      </p>
      {life.waits !== undefined && <Waits payment={payment} waits={life.waits} onTick={onTick} />}
      <div className={styles.life}>
        <LifeSteps payment={payment} steps={steps} onTick={onTick} />
        <div className={styles.facts}>
          <FactList facts={factsOf(life)} />
          {[...(partOf === undefined ? [] : [partOf]), ...parts].map((other) => (
            <Button key={other.txId} size="small" onClick={() => onPayment(other.txId)}>
              {other === partOf ? 'The payment it is a part of' : 'A part of it'}:{' '}
              {formatMoney(other.amountCents)}
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}

function factsOf({ payment, cost }: PaymentLife): Fact[] {
  const { deadlineTick, delayTicks } = payment;
  const how = howSettled(payment);
  return [
    { label: 'deadline', value: deadlineTick === undefined ? 'not recorded' : `tick ${deadlineTick}` },
    {
      label: 'delay',
      value:
        delayTicks === undefined
          ? payment.status === 'unknown'
            ? 'not known'
            : 'not settled'
          : plural(delayTicks, 'tick'),
      ...(how === undefined ? {} : { note: `settled ${how}` }),
    },
    {
      label: 'waited at the end of',
      value: `${payment.status === 'unknown' ? 'at most ' : ''}${plural(cost.waitedTicks, 'tick')}`,
      note: `${cost.overdueTicks} of them overdue`,
    },
    { label: 'delay cost', value: <Money cents={cost.delayCents} missing={notKnown} />, note: cost.why },
    {
      label: 'deadline penalty',
      value: <Money cents={cost.deadlinePenaltyCents} missing="its event names none" />,
    },
  ];
}

interface WaitsProps {
  readonly payment: PaymentRow;
  readonly waits: PaymentWaits;
  readonly onTick: (tick: number) => void;
}

/** Why it waited: a tick a row, what the bank held against what the payment needed. */
function Waits({ payment, waits, onTick }: WaitsProps) {
  const { ticks, leftOut } = waits;
  const columns = useMemo(() => waitColumns(payment), [payment]);
  return (
    <section className={styles.waits} aria-label="Why it waited">
      <h3>{payment.overdueTick === undefined ? 'Why it waited' : 'Why it was late'}</h3>
      <p>{waitSentence(payment, waits)}</p>
      <DataGrid
        name="Why it waited"
        columns={columns}
        rows={ticks}
        rowKey={({ tick }) => String(tick)}
        onActivate={({ tick }) => onTick(tick)}
        emptyText="No tick of its waiting is recorded."
        maxHeight={mostHeight}
      />
      <p className={styles.words}>What the bank holds and what stands before it: at the end of the tick.</p>
      {leftOut > 0 && <p>{plural(leftOut, 'tick')} between are left out.</p>}
    </section>
  );
}

/** All ticks that are set out are in sight at once: the last ones tell how it ended. */
const mostHeight = 800;
const notKnown = 'not known';
const groupWords = (group: WaitTick['ahead']) =>
  group === undefined
    ? undefined
    : group.payments === 0
      ? 'none'
      : `${formatCount(group.payments)}, ${formatMoney(group.valueCents)}`;

const waitColumns = ({ amountCents, settlementTick }: PaymentRow): readonly GridColumn<WaitTick>[] => [
  { id: 'tick', header: 'Tick', value: ({ tick }) => tick, align: 'end', width: 58, sortable: false },
  {
    id: 'held',
    header: 'Bank holds',
    headerTitle: 'balance of the sender at the end of the tick',
    value: ({ balanceCents }) => balanceCents,
    render: ({ balanceCents }) => <Money cents={balanceCents} missing={notKnown} />,
    align: 'end',
    width: 104,
    sortable: false,
  },
  {
    id: 'needs',
    header: 'Payment needs',
    value: () => amountCents,
    render: () => <Money cents={amountCents} />,
    align: 'end',
    width: 122,
    sortable: false,
  },
  {
    id: 'ahead',
    header: 'Before it',
    headerTitle: 'payments of the sender that arrived before it and had not settled at the end of the tick',
    value: ({ ahead }) => groupWords(ahead),
    render: ({ ahead }) => groupWords(ahead) ?? <Missing why={notKnown} />,
    width: 132,
    sortable: false,
  },
  {
    id: 'decided',
    header: 'Policy decides',
    value: ({ decision }) => decision && decisionWords(decision),
    render: ({ decision }) =>
      decision === undefined ? <Missing why="no decision on it in this tick" /> : decisionWords(decision),
    width: 180,
    sortable: false,
  },
  {
    id: 'own',
    header: 'It',
    value: ({ tick, events }) => ownWords(events, tick === settlementTick),
    grow: true,
    width: 260,
    sortable: false,
  },
  {
    id: 'instead',
    header: 'Settled instead',
    headerTitle: 'other payments of the sender that settled in this tick',
    value: ({ paidInstead }) => groupWords(paidInstead),
    render: ({ paidInstead }) => groupWords(paidInstead) ?? <Missing why={notKnown} />,
    width: 132,
    sortable: false,
  },
];

/** Its own events of a tick but the decision, which has a column; what was tried again in the same way once. */
function ownWords(events: readonly EventRow[], settles: boolean): string {
  const own = events.filter(({ eventType }) => eventTypeOf(eventType)?.decides !== true);
  return listOf([...new Set(own.map((event) => withRefusal(event, settles)))]);
}

/** `offset refused (KESTREL short of $10.00)`. */
function withRefusal(event: EventRow, settles: boolean): string {
  const refusal = event.outcome?.kind === 'refused' ? event.outcome.refusal : undefined;
  const title = ownTitle(event, settles);
  if (refusal === undefined) return title;
  return refusal.why === 'short'
    ? `${title} (${refusal.bank} short of ${formatMoney(refusal.shortCents)})`
    : `${title} (limit of ${refusal.bank})`;
}

/** An offset that settled others than this payment is told by its kind alone. */
const ownTitle = (event: EventRow, settles: boolean): string =>
  settles || event.outcome?.kind === 'refused' ? titleOf(event) : eventTitle(event.eventType);

function decisionWords({ event, reason }: LifeStep): string {
  const why = reasonWords(reason);
  return why === undefined ? eventTitle(event.eventType) : `${eventTitle(event.eventType)}: ${why}`;
}

/** In a sentence or two: where it stood, what the bank held at most, what settled in its place. */
function waitSentence(payment: PaymentRow, { ticks, leftOut, fromTick, toTick }: PaymentWaits): string {
  const { sender, amountCents, deadlineTick, overdueTick, settlementTick } = payment;
  const late = overdueTick === undefined ? '' : `, overdue since tick ${overdueTick}`;
  const until = settlementTick === undefined ? `to tick ${toTick}, unsettled` : `to tick ${toTick}`;
  const first = `It waited from tick ${fromTick} ${until}${deadlineTick === undefined ? '' : ` (deadline tick ${deadlineTick})`}${late}.`;
  const waiting = ticks.filter(({ tick }) => tick !== settlementTick);
  const short = waiting.filter(({ balanceCents, creditCents }) =>
    balanceCents === undefined || creditCents === undefined
      ? false
      : balanceCents + creditCents < amountCents,
  ).length;
  const known = waiting.filter(
    ({ balanceCents, creditCents }) => balanceCents !== undefined && creditCents !== undefined,
  ).length;
  const held =
    known === 0
      ? `What ${sender} could pay with is not known.`
      : `${sender} could not cover it at the end of ${formatCount(short)} of ${plural(known, 'tick')} listed here whose means are known.`;
  const groups = waiting.flatMap(({ paidInstead }) => paidInstead ?? []);
  const paid = groups.reduce((sum, group) => sum + group.payments, 0);
  const value = groups.reduce((sum, group) => addCents(sum, group.valueCents), cents(0n));
  const instead =
    groups.length < waiting.length
      ? 'What settled instead is not known of every tick.'
      : paid === 0
        ? 'No other payment of the bank settled meanwhile.'
        : `${plural(paid, 'other payment')} of the bank settled meanwhile, ${formatMoney(value)}${leftOut > 0 ? ' in the ticks listed' : ''}.`;
  return `${first} ${held} ${instead}`;
}

interface LifeStepsProps {
  readonly payment: PaymentRow;
  readonly steps: readonly LifeStep[];
  readonly onTick: (tick: number) => void;
}

/** The events of a payment as a line with the ticks between them. */
function LifeSteps({ payment, steps, onTick }: LifeStepsProps) {
  return (
    <ol className={styles.steps}>
      {steps.map((step, i) => (
        <li key={step.event.seq} className={styles.step}>
          {step.ticksSince > 0 && (
            <p className={styles.gap}>
              {plural(step.ticksSince, 'tick')} later
              {waitWords(steps[i - 1])}
            </p>
          )}
          <div className={styles.event}>
            <Button
              size="small"
              variant="ghost"
              title={`Show tick ${step.event.tick}`}
              onClick={() => onTick(step.event.tick)}
            >
              tick {step.event.tick}
            </Button>
            <span className={styles.what}>
              <b title={step.event.eventType}>
                {ownTitle(step.event, step.event.tick === payment.settlementTick)}
              </b>{' '}
              <span className={styles.words}>{eventWords(step.event)}</span>
              {step.reason !== undefined &&
                !eventWords(step.event).includes(reasonWords(step.reason) ?? '') && (
                  <span className={styles.words}>, {reasonWords(step.reason)}</span>
                )}
              {step.decisionPath !== undefined && (
                <span className={styles.path}>branch that fired: {step.decisionPath}</span>
              )}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}

function waitWords(before: LifeStep | undefined): string {
  switch (before?.waitsIn) {
    case 'queue 1':
      return ', waiting in Queue 1';
    case 'queue 2':
      return ', waiting in Queue 2';
    case undefined:
      return '';
  }
}
