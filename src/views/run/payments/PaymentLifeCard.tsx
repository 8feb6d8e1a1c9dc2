import { useAnswer } from '../../../data/useAnswer.ts';
import { paymentLife } from '../../../queries/run/paymentLife.ts';
import { formatMoney, plural } from '../../../lib/format.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { LifeStep, PaymentLife } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { Money } from '../../shared/Money.tsx';
import styles from './PaymentLifeCard.module.css';
import { howSettled, paymentMarks } from './paymentWords.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { eventTitle } from '../../../domain/events.ts';
import { eventWords } from '../events/eventWords.ts';
import { reasonWords } from '../events/reasonWords.ts';

interface PaymentLifeCardProps {
  readonly scope: RunScope;
  readonly txId: string;
  readonly onTick: (tick: number) => void;
  readonly onPayment: (txId: string | undefined) => void;
  /** Narrows the events to this payment. */
  readonly onEvents: (txId: string) => void;
}

/** One payment from its arrival to its end, with what it cost. */
export function PaymentLifeCard(props: PaymentLifeCardProps) {
  const { scope, txId, onPayment, onEvents } = props;
  const answer = useAnswer(paymentLife.about({ ...scope, txId }));
  return (
    <Card
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
    <div className={styles.life}>
      <div className={styles.story}>
        <p className={styles.head}>
          <StatusMark status={paymentMarks[payment.status]} />{' '}
          <b>
            {payment.sender} → {payment.receiver} {formatMoney(payment.amountCents)}
          </b>
        </p>
        <LifeSteps steps={steps} onTick={onTick} />
      </div>
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
    { label: 'delay cost', value: <Money cents={cost.delayCents} missing={cost.why} /> },
    {
      label: 'deadline penalty',
      value: <Money cents={cost.deadlinePenaltyCents} missing={cost.why} />,
      note: cost.why,
    },
  ];
}

interface LifeStepsProps {
  readonly steps: readonly LifeStep[];
  readonly onTick: (tick: number) => void;
}

/** The events of a payment as a line with the ticks between them. */
function LifeSteps({ steps, onTick }: LifeStepsProps) {
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
              <b title={step.event.eventType}>{eventTitle(step.event.eventType)}</b>{' '}
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
