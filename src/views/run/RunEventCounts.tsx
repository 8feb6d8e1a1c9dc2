import { formatCount } from '../../lib/format.ts';
import type { RunSummary } from '../../schema/answers.ts';
import { Card } from '../../ui/Card.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { Money } from '../shared/Money.tsx';
import styles from './RunEventCounts.module.css';

/** How payments settled, what penalties were charged, and how many events of each type are stored. */
export function RunEventCounts({ summary }: { summary: RunSummary }) {
  const { settlements } = summary;
  const types: Fact[] = [...summary.eventCounts].map(([type, count]) => ({
    label: type,
    value: formatCount(count),
  }));
  return (
    <div className={styles.cards}>
      <Card title="Payments and penalties" padded>
        <FactList
          facts={[
            { label: 'settled at once', value: formatCount(settlements.immediate) },
            { label: 'settled from Queue 2', value: formatCount(settlements.fromQueue2) },
            { label: 'settled by offsetting', value: formatCount(settlements.offset) },
            { label: 'entered Queue 2', value: formatCount(summary.queued) },
            { label: 'went overdue', value: formatCount(summary.overdue) },
            { label: 'deadline penalties', value: <Money cents={summary.deadlinePenaltyCents} /> },
            { label: 'end-of-day penalties', value: <Money cents={summary.endOfDayPenaltyCents} /> },
          ]}
        />
      </Card>
      <Card title="Events" aside={formatCount(summary.eventCount)} padded>
        {types.length === 0 ? <p>This run stores no events.</p> : <FactList facts={types} />}
      </Card>
    </div>
  );
}
