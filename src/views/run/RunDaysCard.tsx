import { useAnswer } from '../../data/useAnswer.ts';
import { runDays } from '../../queries/run/runSeries.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import type { RunScope } from '../../queries/scope.ts';
import type { RunDay, RunDays } from '../../domain/days.ts';
import { listedCosts } from '../../domain/costs.ts';
import { addCents, cents, type Cents } from '../../lib/units.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Money } from '../shared/Values.tsx';

type Column = GridColumn<RunDay>;

const money = (
  id: string,
  header: string,
  read: (day: RunDay) => Cents | undefined,
  headerTitle?: string,
): Column => ({
  id,
  header,
  ...(headerTitle === undefined ? {} : { headerTitle }),
  value: read,
  render: (day) => <Money cents={read(day)} />,
  align: 'end',
  width: 112,
});

/** Files count days from 0; people, and the replay, from 1. */
const dayColumn = {
  id: 'day',
  header: 'Day',
  headerTitle: 'counted from 1; stored from 0',
  value: ({ day }: { readonly day: number }) => day + 1,
  align: 'end',
  width: 60,
} as const;

const columns: readonly Column[] = [
  dayColumn,
  { id: 'agent', header: 'Bank', value: (day) => day.agentId, width: 150 },
  money('opening', 'Opening balance', (day) => day.opening),
  money('closing', 'Closing balance', (day) => day.closing),
  money(
    'lowest',
    'Lowest balance',
    (day) => day.lowest,
    'as stored: leaves out the end of the day, in the original its whole last tick',
  ),
  money('posted', 'Posted collateral', (day) => day.posted),
  { id: 'queue1', header: 'Queue 1 at the end', value: (day) => day.queue1, align: 'end', width: 130 },
  money('total', 'Cost of the day', (day) => day.total),
  ...listedCosts.map(({ id, title }) => money(id, title, (day) => day[id])),
];

/** What the file stores per day of the run; nothing where it stores no day. */
export function RunDaysCard({ scope }: { scope: RunScope }) {
  const { data, error } = useAnswer(runDays.about(scope));
  if (error !== null) return <ErrorNotice error={error} doing="reading the days of the run" />;
  if (data == null) return <ProgressBar doing="Reading the days of the run" />;
  const note = lowestNote(data);
  return (
    <>
      {note !== undefined && <Notice>{note}</Notice>}
      {data.days.length > 0 && (
        <Card title="Stored per day" aside={asideOf(data)}>
          <DataGrid
            name="Stored per day"
            columns={columns}
            rows={data.days}
            rowKey={(day) => `${day.day} ${day.agentId}`}
            emptyText="The file stores no day of this run."
            maxHeight={420}
          />
        </Card>
      )}
      {data.queues.length > 0 && <Queues queues={data.queues} />}
      {data.policies.length > 0 && <Policies policies={data.policies} />}
    </>
  );
}

/** What the stored lowest balance is, where one is above the closing balance (domain.md 7.7). */
export function lowestNote({ days }: Pick<RunDays, 'days'>): string | undefined {
  const above = days.filter(
    ({ lowest, closing }) => lowest !== undefined && closing !== undefined && lowest > closing,
  );
  return above.length === 0
    ? undefined
    : `Stored lowest balances leave out the end of the day, in the original its whole last tick: ${formatCount(above.length)} of ${plural(days.length, 'closing balance')} ${above.length === 1 ? 'is' : 'are'} lower.`;
}

/** `68 rows; $1,234.00 over all days`: costs start anew each day, so the sum over the rows is that of the run so far. */
function asideOf({ days }: RunDays): string {
  const known = days.flatMap(({ total }) => total ?? []);
  const sum = known.reduce(addCents, cents(0n));
  const missing = days.length - known.length;
  const without = missing === 0 ? '' : `, ${plural(missing, 'row')} without a cost`;
  return `${plural(days.length, 'row')}; ${formatMoney(sum)} over all stored days${without}`;
}

function Queues({ queues }: Pick<RunDays, 'queues'>) {
  return (
    <Card title="Queue 1 at the end of each day" aside={`${formatCount(queues.length)} queues`}>
      <DataGrid
        name="Queue 1 at the end of each day"
        columns={[
          dayColumn,
          { id: 'agent', header: 'Bank', value: (queue) => queue.agentId, width: 150 },
          { id: 'size', header: 'Payments', value: (queue) => queue.size, align: 'end', width: 90 },
          { id: 'payments', header: 'In order', value: (queue) => queue.payments, grow: true, width: 200 },
        ]}
        rows={queues}
        rowKey={(queue) => `${queue.day} ${queue.agentId}`}
        emptyText="No queue is stored."
        maxHeight={300}
      />
    </Card>
  );
}

function Policies({ policies }: Pick<RunDays, 'policies'>) {
  return (
    <Card title="Policies of the run" aside={formatCount(policies.length)} padded>
      {policies.map(({ agentId, snapshotTick, policyJson }) => (
        <Disclosure
          key={`${agentId} ${snapshotTick ?? ''}`}
          summary={`${agentId}, from tick ${snapshotTick ?? 'not recorded'}`}
        >
          <LongText what={`the policy of ${agentId}`} text={policyJson ?? 'not recorded'} />
        </Disclosure>
      ))}
    </Card>
  );
}
