import { useMemo } from 'react';

import { agentStyle } from '../../../charts/shape/agentStyle.ts';
import type { AgentId } from '../../../lib/ids.ts';
import type { Bounds } from '../../../domain/answers/experiments.ts';
import type { AgentTick, QueueState } from '../../../domain/answers/runs.ts';
import type { Cents } from '../../../lib/units.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { CountBetween, countBetween, MoneyBetween, moneyBetween, Money } from '../../shared/Values.tsx';
import { moneyWidth } from '../../shared/columnWidth.ts';
import styles from './BanksGrid.module.css';
import { costWords } from './costWords.ts';

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
