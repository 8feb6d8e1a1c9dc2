import { useMemo } from 'react';

import { useAnswer } from '../../../data/useAnswer.ts';
import { usePagedRows } from '../../../data/usePagedRows.ts';
import { eventMatches, eventPage } from '../../../queries/run/runEvents.ts';
import type { Question } from '../../../queries/query.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { EventFilter, EventRow } from '../../../domain/answers/runs.ts';
import type { PagedRows } from '../../../ui/grid/pagedRows.ts';
import type { ListedEvent } from './eventColumns.tsx';

interface ListedEvents {
  /** undefined: still being counted. */
  readonly count: number | undefined;
  readonly paged: PagedRows<ListedEvent>;
  readonly pageOf: (offset: number, limit: number) => Question<readonly EventRow[]>;
  readonly error: Error | undefined;
}

/** The events that a filter leaves, and the first of them at the replay's tick. */
export function useListedEvents(scope: RunScope, filter: EventFilter, tick: number): ListedEvents {
  const { fileId, simulationId } = scope;
  const matches = useAnswer(eventMatches.about({ ...scope, filter }));
  const earlier = { ...filter, toTick: Math.min(tick - 1, filter.toTick ?? Infinity) };
  const before = useAnswer({
    ...eventMatches.about({ ...scope, filter: earlier }),
    enabled: tick > (filter.fromTick ?? 0),
  });
  const pageOf = useMemo(
    () => (offset: number, limit: number) => eventPage.about({ fileId, simulationId, filter, offset, limit }),
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
