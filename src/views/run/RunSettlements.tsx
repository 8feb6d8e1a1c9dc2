import type { ReactNode } from 'react';

import { formatCount } from '../../lib/format.ts';
import type { RunSettlements as Settlements, RunSummary } from '../../domain/answers/experiments.ts';
import { Card } from '../../ui/Card.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { CountBetween } from '../shared/Between.tsx';
import { Money } from '../shared/Money.tsx';

/** How payments settled, and what penalties were charged. */
export function RunSettlements({ summary }: { summary: RunSummary }) {
  const { settlements } = summary;
  return (
    <Card title="Payments and penalties" padded>
      <FactList
        facts={[
          ...settledFacts(settlements),
          ...disputedFacts(summary),
          { label: 'entered Queue 2', value: formatCount(summary.queued) },
          { label: 'overdue at some time', value: countOf(summary.overdue) },
          { label: 'overdue at the end', value: overdueWords(summary) },
          {
            label: 'deadline penalties',
            value: <Money cents={summary.deadlinePenaltyCents} missing={unreadable} />,
          },
          {
            label: 'end-of-day penalties',
            value: <Money cents={summary.endOfDayPenaltyCents} missing={unreadable} />,
          },
        ]}
      />
    </Card>
  );
}

const unreadable = 'an event that would tell cannot be read';
const countOf = (count: number | undefined) => (count === undefined ? 'unknown' : formatCount(count));

function overdueWords({ overdueAtEnd, disputedOverdue }: RunSummary): ReactNode {
  if (overdueAtEnd === undefined) return 'unknown';
  return <CountBetween bounds={{ low: overdueAtEnd, high: overdueAtEnd + disputedOverdue }} />;
}

function disputedFacts({ disputed, settlements }: RunSummary): readonly Fact[] {
  if (settlements === undefined || disputed === 0) return [];
  const note = 'by an offset, or out of Queue 2 after one: the events do not tell';
  return [{ label: 'settled or not', value: formatCount(disputed), note }];
}

function settledFacts(settlements: Settlements | undefined): readonly Fact[] {
  if (settlements === undefined) {
    return [{ label: 'settled', value: 'unknown', note: unreadable }];
  }
  const { immediate, fromQueue2, offset, inferred, inParts } = settlements;
  const after = {
    label: 'settled after an offset',
    value: formatCount(inferred),
    note: 'inferred: no event records it',
  };
  return [
    { label: 'settled at once', value: formatCount(immediate) },
    { label: 'settled from Queue 2', value: formatCount(fromQueue2) },
    { label: 'settled by offsetting', value: formatCount(offset) },
    ...(inferred === 0 ? [] : [after]),
    ...(inParts === 0 ? [] : [{ label: 'settled in parts', value: formatCount(inParts) }]),
  ];
}
