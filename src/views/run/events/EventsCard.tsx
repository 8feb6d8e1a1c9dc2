import ListFilter from 'lucide-react/icons/list-filter';
import { useMemo, useState } from 'react';

import { formatCount } from '../../../lib/format.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { EventRow, RunOutline } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { ExportPages } from '../ExportPages.tsx';
import type { Replay } from '../replay/useReplay.ts';
import { eventColumns, exportColumns } from './eventColumns.tsx';
import { EventDetails } from './EventDetails.tsx';
import { EventFilters } from './EventFilters.tsx';
import { FilterChips } from './FilterChips.tsx';
import { useEventFilter } from './useEventFilter.ts';
import { useListedEvents } from './useListedEvents.ts';

interface EventsCardProps {
  readonly scope: RunScope;
  readonly outline: RunOutline;
  readonly replay: Replay;
  readonly onPayment: (txId: string) => void;
  /** The event whose details are shown. */
  readonly selected: EventRow | undefined;
  readonly onSelect: (event: EventRow | undefined) => void;
}

const noRows: readonly never[] = [];

/** Every event in its true order, narrowed as asked, at the tick that the replay shows. */
export function EventsCard(props: EventsCardProps) {
  const { scope, outline, replay, selected, onSelect } = props;
  const state = useEventFilter();
  const [filtersShown, setFiltersShown] = useState(false);
  const { count, paged, pageOf, error } = useListedEvents(scope, state.filter, replay.tick);
  const columns = useMemo(() => eventColumns(replay.tick), [replay.tick]);
  return (
    <Card
      title="Events"
      aside={countWords(count, outline.eventCount, state.isActive)}
      actions={
        <>
          <ExportPages
            name={`${scope.simulationId} events`}
            what="events"
            count={count ?? 0}
            columns={exportColumns}
            pageOf={pageOf}
          />
          <Button
            variant="ghost"
            icon={<ListFilter size={14} aria-hidden />}
            aria-expanded={filtersShown}
            onClick={() => setFiltersShown(!filtersShown)}
          >
            Filter
          </Button>
        </>
      }
    >
      {filtersShown && <EventFilters outline={outline} state={state} />}
      <FilterChips state={state} />
      {error !== undefined && <ErrorNotice error={error} doing="reading the events" />}
      <DataGrid
        name="Events"
        columns={columns}
        rows={noRows}
        paged={paged}
        rowKey={(event) => String(event.seq)}
        onActivate={onSelect}
        emptyText={emptyWords(count, outline.eventCount)}
        maxHeight={560}
      />
      {selected !== undefined && (
        <EventDetails
          event={selected}
          onTick={replay.goTo}
          onPayment={props.onPayment}
          onClose={() => onSelect(undefined)}
        />
      )}
    </Card>
  );
}

function countWords(count: number | undefined, all: number, isNarrowed: boolean): string {
  if (!isNarrowed) return formatCount(all);
  return count === undefined ? 'counting' : `${formatCount(count)} of ${formatCount(all)}`;
}

function emptyWords(count: number | undefined, all: number): string {
  if (all === 0) return 'This run stores no events.';
  return count === undefined ? 'Counting the events' : 'No event is like this. Take a filter away.';
}
