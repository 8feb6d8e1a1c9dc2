import { useMemo } from 'react';

import { runQuestions } from '../../../data/runQuestions.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import { usePagedRows } from '../../../data/usePagedRows.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { EventFilter, EventRow } from '../../../domain/answers/runs.ts';
import type { PagedRows } from '../../../ui/grid/pagedRows.ts';
import type { ListedEvent } from './eventColumns.tsx';

interface ListedEvents {
  /** undefined: still being counted. */
  readonly count: number | undefined;
  readonly paged: PagedRows<ListedEvent>;
  readonly pageOf: (offset: number, limit: number) => ReturnType<typeof runQuestions.eventPage>;
  readonly error: Error | undefined;
}

/** The events that a filter leaves, and the first of them at the replay's tick. */
export function useListedEvents(scope: RunScope, filter: EventFilter, tick: number): ListedEvents {
  const { fileId, simulationId } = scope;
  const matches = useAnswer(runQuestions.eventMatches(scope, filter));
  const before = useAnswer({
    ...runQuestions.eventMatches(scope, { ...filter, toTick: Math.min(tick - 1, filter.toTick ?? Infinity) }),
    enabled: tick > (filter.fromTick ?? 0),
  });
  const pageOf = useMemo(
    () => (offset: number, limit: number) =>
      runQuestions.eventPage({ fileId, simulationId }, filter, offset, limit),
    [fileId, simulationId, filter],
  );
  const { rowAt, onDrawn, error } = usePagedRows<EventRow>(pageOf);
  const listed = (index: number): ListedEvent | undefined => {
    const row = rowAt(index);
    return row && { ...row, repeatsTick: index > 0 && rowAt(index - 1)?.tick === row.tick };
  };
  const topRow = tick > (filter.fromTick ?? 0) ? before.data?.count : 0;
  return {
    count: matches.data?.count,
    paged: { count: matches.data?.count ?? 0, rowAt: listed, onDrawn, topRow },
    pageOf,
    error: error ?? matches.error ?? before.error ?? undefined,
  };
}
