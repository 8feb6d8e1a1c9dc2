import type { ReactNode } from 'react';

import { agentStyle } from '../../../charts/shape/agentStyle.ts';
import { formatCount, formatMoney } from '../../../lib/format.ts';
import type { Bounds } from '../../../domain/answers/experiments.ts';
import type { AgentTick, QueueState } from '../../../domain/answers/runs.ts';
import { centsToPlotNumber, type Cents } from '../../../lib/units.ts';
import { CountBetween, MoneyBetween, Missing, Money } from '../../shared/Values.tsx';
import styles from './BankCard.module.css';
import { costWords } from './costWords.ts';

interface BankCardProps {
  readonly agent: AgentTick;
  readonly index: number;
  /** The highest balance of any bank in the run: a full bar. */
  readonly mostCents: Cents | undefined;
}

const noCosts = 'costs not recorded';

/** One bank at the end of the tick: what it holds, what waits, what it cost. */
export function BankCard({ agent, index, mostCents }: BankCardProps) {
  const { color } = agentStyle(index);
  const { bounds } = agent;
  return (
    <li className={styles.card} style={{ borderTopColor: color }} aria-label={agent.agentId}>
      <div className={styles.name} title={agent.agentId}>
        {agent.agentId}
      </div>
      <div className={styles.balance}>
        {bounds?.balance === undefined ? (
          <Money cents={agent.balanceCents} missing="balance not recorded" />
        ) : (
          <MoneyBetween bounds={bounds.balance} />
        )}
      </div>
      {mostCents !== undefined && <Bar cents={agent.balanceCents} mostCents={mostCents} color={color} />}
      <dl className={styles.facts}>
        <Fact label="Queue 1">
          <Queue queue={agent.queue1} />
        </Fact>
        <Fact label="Queue 2">
          {bounds === undefined ? (
            <Queue queue={agent.queue2} />
          ) : (
            <>
              <b>
                <CountBetween bounds={bounds.queue2Payments} />
              </b>{' '}
              (<MoneyBetween bounds={bounds.queue2Value} />)
            </>
          )}
        </Fact>
        <Fact label="credit in use">
          <Either cents={agent.creditUsedCents} bounds={bounds?.creditUsed} />
        </Fact>
        <Fact label="collateral">
          <Money cents={agent.postedCollateralCents} />
        </Fact>
        <Fact label="lowest so far">
          <Either cents={agent.lowestSoFarCents} bounds={bounds?.lowestSoFar} />
        </Fact>
        <Fact label="cost of the tick">
          <span title={costWords(agent.tickCosts)}>
            <Money cents={agent.tickCosts?.totalCents} missing={noCosts} />
          </span>
        </Fact>
        <Fact label="cost so far">
          <b>
            <Money cents={agent.costsSoFar?.totalCents} missing={noCosts} />
          </b>
          <span className={styles.parts}>{costWords(agent.costsSoFar)}</span>
        </Fact>
      </dl>
    </li>
  );
}

function Either({ cents, bounds }: { cents: Cents | undefined; bounds: Bounds<Cents> | undefined }) {
  return bounds === undefined ? <Money cents={cents} /> : <MoneyBetween bounds={bounds} />;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Queue({ queue }: { queue: QueueState | undefined }) {
  if (queue === undefined) return <Missing why="queue not recorded" />;
  return (
    <>
      <b>{formatCount(queue.payments)}</b>
      {queue.payments > 0 && ` (${formatMoney(queue.valueCents)})`}
    </>
  );
}

function Bar({ cents, mostCents, color }: { cents: Cents | undefined; mostCents: Cents; color: string }) {
  const most = centsToPlotNumber(mostCents);
  const share = cents === undefined || most <= 0 ? 0 : centsToPlotNumber(cents) / most;
  return (
    <div
      className={styles.track}
      title={`A full bar is ${formatMoney(mostCents)}, the most that any bank holds in this run`}
    >
      <div
        className={styles.fill}
        style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: color }}
      />
    </div>
  );
}
