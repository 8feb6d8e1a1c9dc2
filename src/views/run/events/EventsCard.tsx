import ListFilter from 'lucide-react/icons/list-filter';
import { useCallback, useMemo, useState } from 'react';
import { formatCount, formatMoney } from '../../../lib/format.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { EventFilter, EventRow, RunOutline } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ExportGrid } from '../../../ui/export/ExportButtons.tsx';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useAllPages, usePagedRows } from '../usePagedRows.ts';
import type { ReplayControl } from '../replay/useReplay.ts';
import { EventFilters, useEventFilter, type EventFilterState } from './EventFilters.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import styles from './FilterChips.module.css';
import { eventTitle, titleOf } from '../../../domain/events.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import { eventMatches, eventPage } from '../../../queries/run/runEvents.ts';
import type { Question } from '../../../queries/query.ts';
import type { PagedRows, GridColumn } from '../../../ui/grid/gridColumn.ts';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import { LongText } from '../../../ui/LongText.tsx';
import { prettyJson } from '../../../lib/json.ts';
import eventDetailsStyles from './EventDetails.module.css';
import { eventWords } from './eventWords.ts';
import { cx } from '../../../ui/cx.ts';
import { Money } from '../../shared/Values.tsx';
import eventColumnsStyles from './eventColumns.module.css';

interface EventsCardProps {
  readonly scope: RunScope;
  readonly outline: RunOutline;
  readonly replay: ReplayControl;
  readonly onPayment: (txId: string) => void;
  /** The event whose details are shown. */
  readonly selected: EventRow | undefined;
  /** The event that a jump led to; it comes into sight. */
  readonly ledTo: EventRow | undefined;
  readonly onSelect: (event: EventRow | undefined) => void;
}

const noRows: readonly never[] = [];
const noFilter: EventFilter = {};

/** Every event in its true order, narrowed as asked, at the tick that the replay shows. */
export function EventsCard(props: EventsCardProps) {
  const { scope, outline, replay, selected, onSelect } = props;
  const state = useEventFilter();
  const [filtersShown, setFiltersShown] = useState(false);
  const { count, paged, pageOf, error } = useListedEvents(scope, state.filter, replay.tick, props.ledTo);
  const columns = useMemo(() => eventColumns(replay.tick), [replay.tick]);
  const leaves = useAllPages(exportColumns, count ?? 0, pageOf);
  const { fileId, simulationId } = scope;
  const anyPage = useCallback(
    (offset: number, limit: number) =>
      eventPage.about({ fileId, simulationId, filter: noFilter, offset, limit }),
    [fileId, simulationId],
  );
  const whole = useAllPages(exportColumns, outline.eventCount, anyPage);
  return (
    <Card
      title="Events"
      aside={countWords(count, outline.eventCount, state.isActive)}
      actions={
        <Button
          variant="ghost"
          icon={<ListFilter size={14} aria-hidden />}
          aria-expanded={filtersShown}
          onClick={() => setFiltersShown(!filtersShown)}
        >
          Filter
        </Button>
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
        exported={<ExportGrid name="Events" shown={leaves} whole={state.isActive ? whole : undefined} />}
        rowKey={(event) => String(event.seq)}
        onActivate={onSelect}
        selectedKey={selected === undefined ? undefined : String(selected.seq)}
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

/** What the events are narrowed to, each with a cross that takes it away. */
function FilterChips({ state }: { state: EventFilterState }) {
  const { fields, set, isActive } = state;
  if (!isActive) return null;
  const chip = (key: string, words: string, onRemove: () => void) => (
    <li key={key}>
      <Chip remove={{ label: `Show events without the filter ${words}`, onRemove }}>{words}</Chip>
    </li>
  );
  return (
    <ul className={styles.chips} aria-label="Filters of the events">
      {fields.type?.map((type) =>
        chip(type, eventTitle(type), () => {
          const others = fields.type?.filter((other) => other !== type) ?? [];
          set({ type: others.length === 0 ? undefined : others });
        }),
      )}
      {fields.agent !== undefined && chip('agent', fields.agent, () => set({ agent: undefined }))}
      {fields.from !== undefined && chip('from', `from tick ${fields.from}`, () => set({ from: undefined }))}
      {fields.to !== undefined && chip('to', `to tick ${fields.to}`, () => set({ to: undefined }))}
      {fields.tx !== undefined &&
        chip('tx', `payment ${fields.tx.slice(0, 8)}`, () => set({ tx: undefined }))}
      {fields.q !== undefined && chip('q', `“${fields.q}”`, () => set({ q: undefined }))}
    </ul>
  );
}

interface ListedEvents {
  /** undefined: still being counted. */
  readonly count: number | undefined;
  readonly paged: PagedRows<ListedEvent>;
  readonly pageOf: (offset: number, limit: number) => Question<readonly EventRow[]>;
  readonly error: Error | undefined;
}

/** The events that a filter leaves, and the first of them at the replay's tick. */
function useListedEvents(
  scope: RunScope,
  filter: EventFilter,
  tick: number,
  ledTo: EventRow | undefined,
): ListedEvents {
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
  const ofTick = tick > (filter.fromTick ?? 0) ? (before.data ?? undefined) : 0;
  // Without a filter an event's place is its row.
  const isWhole = Object.keys(filter).length === 0;
  const topRow = isWhole && ledTo?.tick === tick ? ledTo.seq : ofTick;
  return {
    count: matches.data ?? undefined,
    paged: { count: matches.data ?? 0, rowAt: listed, onDrawn, topRow },
    pageOf,
    error: error ?? matches.error ?? before.error ?? undefined,
  };
}

interface EventDetailsProps {
  readonly event: EventRow;
  readonly onTick: (tick: number) => void;
  readonly onPayment: (txId: string) => void;
  readonly onClose: () => void;
}

/** Everything the file stores of one event. */
function EventDetails({ event, onTick, onPayment, onClose }: EventDetailsProps) {
  const { txId } = event;
  const facts: Fact[] = [
    { label: 'stored as', value: event.eventType },
    { label: 'place', value: `${event.seq + 1}`, note: 'in the order of the run' },
    ...(event.agentId === undefined ? [] : [{ label: 'bank', value: event.agentId }]),
    ...(txId === undefined ? [] : [{ label: 'payment', value: txId }]),
    ...(event.amountCents === undefined ? [] : [{ label: 'amount', value: formatMoney(event.amountCents) }]),
  ];
  return (
    <section className={eventDetailsStyles.details} aria-label="Selected event">
      <p className={eventDetailsStyles.words}>
        <b>
          Tick {event.tick}: {titleOf(event)}
        </b>{' '}
        {eventWords(event)}
      </p>
      <div className={eventDetailsStyles.actions}>
        <Button size="small" onClick={() => onTick(event.tick)}>
          Show tick {event.tick}
        </Button>
        {txId !== undefined && (
          <Button size="small" onClick={() => onPayment(txId)}>
            Life of this payment
          </Button>
        )}
        <Button size="small" variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      <FactList facts={facts} />
      <LongText what="the details as stored" text={prettyJson(event.details)} lines={16} />
    </section>
  );
}

/** A row with what the one above it says. */
interface ListedEvent extends EventRow {
  /** The row above is of the same tick: the tick is printed quietly. */
  readonly repeatsTick: boolean;
}

type Column = GridColumn<ListedEvent>;

/** What is seen of an event; rows of the replay's tick carry a mark. */
function eventColumns(tick: number): readonly Column[] {
  return [
    {
      id: 'tick',
      header: 'Tick',
      value: (event) => event.tick,
      render: (event) => (
        <span
          className={cx(
            eventColumnsStyles.tick,
            event.repeatsTick && eventColumnsStyles.again,
            event.tick === tick && eventColumnsStyles.now,
          )}
        >
          {event.tick}
        </span>
      ),
      align: 'end',
      width: 54,
      sortable: false,
    },
    {
      id: 'event',
      header: 'Event',
      value: (event) => event.eventType,
      render: (event) => <span title={event.eventType}>{titleOf(event)}</span>,
      width: 130,
      sortable: false,
    },
    {
      id: 'amount',
      header: 'Amount',
      value: (event) => event.amountCents,
      render: (event) => (event.amountCents === undefined ? null : <Money cents={event.amountCents} />),
      align: 'end',
      width: 84,
      sortable: false,
    },
    {
      id: 'details',
      header: 'Details',
      value: (event) => eventWords(event),
      render: (event) => <span className={eventColumnsStyles.details}>{eventWords(event)}</span>,
      grow: true,
      width: 170,
      sortable: false,
    },
  ];
}

/** What an export holds: everything stored, and nothing in words. */
const exportColumns: readonly GridColumn<EventRow>[] = [
  { id: 'seq', header: 'order', value: (event) => event.seq },
  { id: 'tick', header: 'tick', value: (event) => event.tick },
  { id: 'type', header: 'event_type', value: (event) => event.eventType },
  { id: 'agent', header: 'agent_id', value: (event) => event.agentId },
  { id: 'tx', header: 'tx_id', value: (event) => event.txId },
  { id: 'from', header: 'from', value: (event) => event.from },
  { id: 'to', header: 'to', value: (event) => event.to },
  { id: 'amount', header: 'amount', isMoney: true, value: (event) => event.amountCents },
  { id: 'details', header: 'details', value: (event) => event.details },
];
