import { useMemo, type ReactNode } from 'react';

import { agentStyle } from '../../../charts/shape/agentStyle.ts';
import type { Bounds } from '../../../domain/answers/experiments.ts';
import type { AgentTick, QueueState } from '../../../domain/answers/runs.ts';
import { allCosts, costOf, type AgentCosts } from '../../../domain/costs.ts';
import { formatCount, formatMoney } from '../../../lib/format.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { type Cents, centsToPlotNumber } from '../../../lib/units.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import {
  CountBetween,
  countBetween,
  MoneyBetween,
  moneyBetween,
  Money,
  Missing,
} from '../../shared/Values.tsx';
import { moneyWidth } from '../../shared/columnWidth.ts';
import cardStyles from './BankCard.module.css';
import styles from './BanksGrid.module.css';

/** `delay $34.12, penalties $3,100.00`: the components that are not zero; empty where there are none. */
export function costWords(costs: AgentCosts | undefined): string {
  if (costs === undefined) return '';
  return allCosts
    .map(({ id, word }) => ({ word, cents: costOf(costs, id) }))
    .filter(({ cents }) => cents !== 0n)
    .map(({ word, cents }) => `${word} ${formatMoney(cents)}`)
    .join(', ');
}

type Column = GridColumn<AgentTick>;

/** Many banks at the end of one tick, a bank a row. */
export function BanksGrid({ banks, order }: { banks: readonly AgentTick[]; order: readonly AgentId[] }) {
  const columns = useMemo(() => columnsOf(banks, order), [banks, order]);
  return (
    <div className={styles.frame}>
      <DataGrid
        name="Banks"
        columns={columns}
        rows={banks}
        rowKey={(bank) => bank.agentId}
        emptyText="No bank is named in this run."
        maxHeight={420}
        stickyFirstColumn
      />
    </div>
  );
}

/** Between what Queue 2 of a bank lies. */
const boundedQueue2: readonly Column[] = [
  {
    id: 'q2',
    header: 'Queue 2',
    value: (bank) => bank.bounds && countBetween(bank.bounds.queue2Payments),
    render: (bank) => bank.bounds && <CountBetween bounds={bank.bounds.queue2Payments} />,
    align: 'end',
    width: 130,
    sortable: false,
  },
  {
    id: 'q2value',
    header: 'Queue 2 value',
    value: (bank) => bank.bounds && moneyBetween(bank.bounds.queue2Value),
    render: (bank) => bank.bounds && <MoneyBetween bounds={bank.bounds.queue2Value} />,
    align: 'end',
    width: 230,
    sortable: false,
  },
];

function columnsOf(banks: readonly AgentTick[], order: readonly AgentId[]): readonly Column[] {
  const money = (
    id: string,
    header: string,
    read: (bank: AgentTick) => Cents | undefined,
    between: (bank: AgentTick) => Bounds<Cents> | undefined = () => undefined,
  ): Column => ({
    id,
    header,
    value: read,
    render: (bank) => {
      const bounds = between(bank);
      if (bounds !== undefined) return <MoneyBetween bounds={bounds} />;
      return <Money cents={read(bank)} missing="not recorded" />;
    },
    align: 'end',
    width: banks.some(between) ? 230 : moneyWidth(banks.map(read), 96),
  });
  const queue = (id: string, header: string, read: (bank: AgentTick) => QueueState | undefined): Column[] => [
    { id, header, value: (bank) => read(bank)?.payments, align: 'end', width: 76 },
    money(`${id}value`, `${header} value`, (bank) => read(bank)?.valueCents),
  ];
  return [
    {
      id: 'bank',
      header: 'Bank',
      value: (bank) => bank.agentId,
      render: (bank) => (
        <span className={styles.bank} title={bank.agentId}>
          <span
            className={styles.dot}
            style={{ background: agentStyle(order.indexOf(bank.agentId)).color }}
            aria-hidden
          />
          {bank.agentId}
        </span>
      ),
      width: 150,
    },
    money(
      'balance',
      'Balance',
      (bank) => bank.balanceCents,
      (bank) => bank.bounds?.balance,
    ),
    ...queue('q1', 'Queue 1', (bank) => bank.queue1),
    ...(banks.some(({ bounds }) => bounds !== undefined)
      ? boundedQueue2
      : queue('q2', 'Queue 2', (bank) => bank.queue2)),
    money(
      'credit',
      'Credit in use',
      (bank) => bank.creditUsedCents,
      (bank) => bank.bounds?.creditUsed,
    ),
    money('collateral', 'Collateral', (bank) => bank.postedCollateralCents),
    money(
      'lowest',
      'Lowest so far',
      (bank) => bank.lowestSoFarCents,
      (bank) => bank.bounds?.lowestSoFar,
    ),
    money('tickcost', 'Cost of the tick', (bank) => bank.tickCosts?.totalCents),
    money('cost', 'Cost so far', (bank) => bank.costsSoFar?.totalCents),
    {
      id: 'parts',
      header: 'Of it',
      value: (bank) => costWords(bank.costsSoFar),
      grow: true,
      width: 220,
      sortable: false,
    },
  ];
}

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
    <li className={cardStyles.card} style={{ borderTopColor: color }} aria-label={agent.agentId}>
      <div className={cardStyles.name} title={agent.agentId}>
        {agent.agentId}
      </div>
      <div className={cardStyles.balance}>
        {bounds?.balance === undefined ? (
          <Money cents={agent.balanceCents} missing="balance not recorded" />
        ) : (
          <MoneyBetween bounds={bounds.balance} />
        )}
      </div>
      {mostCents !== undefined && <Bar cents={agent.balanceCents} mostCents={mostCents} color={color} />}
      <dl className={cardStyles.facts}>
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
          <span className={cardStyles.parts}>{costWords(agent.costsSoFar)}</span>
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
      className={cardStyles.track}
      title={`A full bar is ${formatMoney(mostCents)}, the most that any bank holds in this run`}
    >
      <div
        className={cardStyles.fill}
        style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: color }}
      />
    </div>
  );
}
