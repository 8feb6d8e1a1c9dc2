import { useMemo } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import type {
  EventText,
  FirstDifference,
  RunCheckResult,
  Violation,
} from '../../../domain/answers/resimulation.ts';
import { formatCount } from '../../../lib/format.ts';
import { formatJson, isJsonObject, parseJson } from '../../../lib/json.ts';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields } from '../fields.ts';
import firstDifferenceViewStyles from './FirstDifferenceView.module.css';
import styles from './ResimulationCard.module.css';
import {
  type RunChecksState,
  eventsWord,
  checkOutcome,
  checkMarks,
  tally,
  whyNot,
  whereDifferent,
} from './useRunChecks.ts';
const resultColumns: readonly GridColumn<RunCheckResult>[] = [
  { id: 'run', header: 'Run', value: (result) => result.simulationId, link: true, width: 360 },
  {
    id: 'outcome',
    header: 'Outcome',
    value: (result) => checkMarks[checkOutcome(result)].word,
    render: (result) => <StatusMark status={checkMarks[checkOutcome(result)]} />,
    width: 190,
  },
  { id: 'events', header: 'Events', value: (result) => result.events, align: 'end', width: 84 },
  {
    id: 'violations',
    header: 'Violations',
    value: (result) => result.violations.length,
    align: 'end',
    width: 88,
  },
  {
    id: 'where',
    header: 'First difference, or why not',
    value: ({ resimulation }) => whereDifferent(resimulation) ?? whyNot(resimulation) ?? '',
    grow: true,
    width: 260,
  },
];

/** Every run that was checked, with its outcome. */
function RunResultsGrid({ results, file }: { results: readonly RunCheckResult[]; file: OpenFile }) {
  const { search } = useAddress(runFields);
  const rows = useMemo(() => [...results], [results]);
  return (
    <DataGrid
      name="Simulated again"
      columns={resultColumns}
      rows={rows}
      rowKey={(result) => result.simulationId}
      rowHref={(result) =>
        hrefTo('/runs/$simulationId', search, { simulationId: result.simulationId, in: file.name })
      }
      emptyText="No run is stored."
      maxHeight={360}
    />
  );
}

/** What the checks have found so far; spoken when they end. */
export function CheckFindings({ checks, file }: { checks: RunChecksState; file: OpenFile }) {
  const { target, results, running, moneyViolations, wasCancelled, error } = checks;
  const violations = useMemo(
    () => [...moneyViolations, ...results.flatMap((result) => result.violations)],
    [moneyViolations, results],
  );
  if (target === undefined) return null;
  const [first] = results;
  return (
    <div className={styles.findings} role="status">
      {error !== undefined && <ErrorNotice error={error} doing="simulating again" />}
      {wasCancelled && <Notice>Cancelled. What was compared until then is shown.</Notice>}
      {target.kind === 'run' && first !== undefined && <RunResult result={first} />}
      {target.kind === 'all' && results.length > 0 && (
        <>
          {running === undefined && <p>{tally(results)}</p>}
          <RunResultsGrid results={results} file={file} />
        </>
      )}
      {target.kind === 'all' &&
        running === undefined &&
        violations.length === 0 &&
        results.some(hasEvents) && (
          <p>
            All money is whole cents, and what is stored beside the events follows from them: balances,
            queues, costs, payments and totals.
          </p>
        )}
      {violations.length > 0 && <ViolationsGrid violations={violations} file={file} />}
    </div>
  );
}

const hasEvents = ({ events }: { readonly events: number }): boolean => events > 0;

/** What was found about this one run, in sentences; a difference with both its sides. */
function RunResult({ result }: { result: RunCheckResult }) {
  const { resimulation, violations, events } = result;
  return (
    <>
      <p>
        <StatusMark status={checkMarks[checkOutcome(result)]} />
      </p>
      {resimulation.kind === 'identical' && (
        <p>All {eventsWord(events)} come out as they are stored, in the same order.</p>
      )}
      {resimulation.kind === 'different' && (
        <>
          <p>
            Event {formatCount(resimulation.first.index)}, counted from 0, is the first that differs. It is in
            tick {formatCount(resimulation.first.tick)}; what follows is not compared.
          </p>
          <FirstDifferenceView first={resimulation.first} />
        </>
      )}
      {resimulation.kind === 'cannot' && <p>{whyNot(resimulation)}</p>}
      {events > 0 && violations.length === 0 && (
        <p>
          All money is whole cents, and what is stored beside the events follows from them: balances, queues,
          costs, payments and totals.
        </p>
      )}
    </>
  );
}

interface Row extends Violation {
  readonly key: string;
}

const promises: Readonly<Record<Violation['invariant'], string>> = {
  'INV-1': 'money is whole cents (INV-1)',
  'INV-2': 'a run repeats itself (INV-2)',
  'INV-5': 'a run comes out as stored (INV-5)',
  'INV-6': 'events tell everything (INV-6)',
};

const columns: readonly GridColumn<Row>[] = [
  { id: 'subject', header: 'About', value: (row) => row.subject, link: true, width: 300 },
  { id: 'promise', header: 'Promise', value: (row) => promises[row.invariant], width: 220 },
  { id: 'tick', header: 'Tick', value: (row) => row.tick, align: 'end', width: 64 },
  { id: 'table', header: 'Rows in', value: (row) => row.table ?? 'simulation_events', width: 180 },
  { id: 'message', header: 'What differs (cents)', value: (row) => row.message, grow: true, width: 420 },
];

/** What stored rows promise and do not keep, with the rows it is about. */
function ViolationsGrid({ violations, file }: { violations: readonly Violation[]; file: OpenFile }) {
  const { search } = useAddress(runFields);
  const rows = useMemo(
    () => violations.map((violation, i): Row => ({ ...violation, key: i.toString() })),
    [violations],
  );
  return (
    <DataGrid
      name="Violations"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowHref={({ subject, tick, table }) =>
        tick === undefined && table !== 'simulation_runs, transactions'
          ? undefined
          : hrefTo('/runs/$simulationId', search, { simulationId: subject, in: file.name, tick })
      }
      emptyText="No invariant violations."
      maxHeight={320}
    />
  );
}

/** Both sides of the first event that is not the same, field by field. */
function FirstDifferenceView({ first }: { first: FirstDifference }) {
  return (
    <div className={firstDifferenceViewStyles.sides}>
      <Side title="Stored" event={first.stored} other={first.simulated} />
      <Side title="Simulated again" event={first.simulated} other={first.stored} />
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly event: EventText | undefined;
  readonly other: EventText | undefined;
}

function Side({ title, event, other }: SideProps) {
  const fields = fieldsOf(event);
  const others = new Map(fieldsOf(other));
  return (
    <section className={firstDifferenceViewStyles.side} aria-label={title}>
      <h3>{title}</h3>
      {event === undefined ? (
        <p>No event: this side ends here.</p>
      ) : (
        <FactList
          facts={fields.map(([label, value]): Fact => ({
            label,
            value: other !== undefined && others.get(label) !== value ? <mark>{value}</mark> : value,
          }))}
        />
      )}
    </section>
  );
}

function fieldsOf(event: EventText | undefined): readonly (readonly [string, string])[] {
  if (event === undefined) return [];
  const details = parseJson(event.details);
  const inner: (readonly [string, string])[] =
    details.ok && isJsonObject(details.value)
      ? Object.entries(details.value).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : formatJson(value),
        ])
      : [['details', event.details]];
  return [
    ['type', event.eventType],
    ['tick', formatCount(event.tick)],
    ...(event.agentId === undefined ? [] : [['agent', event.agentId] as const]),
    ...(event.txId === undefined ? [] : [['payment', event.txId] as const]),
    ...inner,
  ];
}
