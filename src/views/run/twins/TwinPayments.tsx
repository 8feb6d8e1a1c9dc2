import type { ReactNode } from 'react';

import { formatMoney } from '../../../lib/format.ts';
import type { PaymentRow, RunTwins } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './TwinsCard.module.css';
import { fateWords, partingTick } from './twinWords.ts';
import type { RunSearch } from '../fields.ts';
import { paymentStatuses } from '../payments/paymentWords.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';

interface TwinPaymentsProps {
  readonly twins: RunTwins;
  readonly there: (fields: RunSearch) => string;
  readonly onPayment: (txId: string, tick: number | undefined) => void;
}

/** The first payment that fared otherwise, on both sides. */
export function TwinPayments({ twins, there, onPayment }: TwinPaymentsProps) {
  const pair = twins.firstDifferentPayment;
  if (pair === undefined) {
    return (
      <p>Every payment of the one run has its like in the other, settled in the same way at the same tick.</p>
    );
  }
  const tick = partingTick(pair.first, pair.second);
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
        <Side title={`In ${twins.second}`} payment={pair.second}>
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
            <StatusMark status={paymentStatuses[payment.status]} />
            {payment.settlementTick !== undefined && <>: {fateWords(payment)}</>}
          </p>
          <div>{children(payment)}</div>
        </>
      )}
    </section>
  );
}
