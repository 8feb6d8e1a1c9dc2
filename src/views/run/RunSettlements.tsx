import { formatCount } from '../../lib/format.ts';
import type { RunSummary } from '../../schema/answers.ts';
import { Card } from '../../ui/Card.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Money } from '../shared/Money.tsx';

/** How payments settled, and what penalties were charged. */
export function RunSettlements({ summary }: { summary: RunSummary }) {
  const { settlements } = summary;
  return (
    <Card title="Payments and penalties" padded>
      <FactList
        facts={[
          { label: 'settled at once', value: formatCount(settlements.immediate) },
          { label: 'settled from Queue 2', value: formatCount(settlements.fromQueue2) },
          { label: 'settled by offsetting', value: formatCount(settlements.offset) },
          ...(settlements.inferred === 0
            ? []
            : [
                {
                  label: 'settled after an offset',
                  value: formatCount(settlements.inferred),
                  note: 'inferred: no event records it',
                },
              ]),
          ...(settlements.inParts === 0
            ? []
            : [{ label: 'settled in parts', value: formatCount(settlements.inParts) }]),
          { label: 'entered Queue 2', value: formatCount(summary.queued) },
          { label: 'overdue at some time', value: formatCount(summary.overdue) },
          { label: 'overdue at the end', value: formatCount(summary.overdueAtEnd) },
          { label: 'deadline penalties', value: <Money cents={summary.deadlinePenaltyCents} /> },
          { label: 'end-of-day penalties', value: <Money cents={summary.endOfDayPenaltyCents} /> },
        ]}
      />
    </Card>
  );
}
