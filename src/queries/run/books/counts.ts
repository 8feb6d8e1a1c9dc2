import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { sql } from '../../../lib/sql.ts';
import type { BookCheck } from '../../../domain/answers/runs.ts';
import { cutBefore, readEventObjects } from '../../read/eventObjects.ts';
import { numberField, textField } from '../../read/jsonFields.ts';
import { ofExperiment } from '../../scope.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { offsetCause } from './cause.ts';
import { countCheck } from './check.ts';

/** Counts of the run's row and of its `simulation_run` event against the events. */
export async function countChecks(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly BookCheck[]> {
  const [found] = await queryRows(
    engine,
    sql`SELECT count(*) AS arrivals, count(*) FILTER (status = 'settled') AS settlements
      FROM ${run.table('payments')} WHERE parent IS NULL`,
    { arrivals: int, settlements: int },
    signal,
  );
  const hasEvents = run.eventCount > 0;
  // Payments without a name cannot be followed; then the events alone are counted, and a split cannot be told.
  const counts = run.unnamed.arrivals === 0 ? found : countEvents(run);
  const cause = await offsetCause(engine, run, signal);
  const settlements = hasEvents ? counts?.settlements : undefined;
  const stored = run.facts?.settlements;
  const short = stored !== undefined && settlements !== undefined && settlements < stored;
  const missing = hasEvents
    ? 'The file stores no such count for this run.'
    : 'The file records no events of this run.';
  return [
    countCheck(
      { id: 'arrivals', title: 'Payments that arrived, parts of split ones aside, against the stored count' },
      run.facts?.arrivals,
      hasEvents ? counts?.arrivals : undefined,
      {
        balances: 'Every payment of the stored count has its arrival among the events.',
        missing,
        otherwise: {
          outcome: 'differs',
          why: 'Arrivals are missing among the events, or the stored count is wrong.',
        },
      },
    ),
    countCheck(
      {
        id: 'settlements',
        title: 'Payments that settled, parts of split ones aside, against the stored count',
      },
      stored,
      settlements,
      {
        balances:
          run.offsets.kind === 'played'
            ? 'Every settlement of the stored count has its event, or follows from the offsetting played again.'
            : 'Every settlement of the stored count has its event.',
        missing,
        otherwise:
          cause !== undefined && short
            ? { outcome: 'known gap', why: cause }
            : {
                outcome: 'differs',
                why: 'Settlements are missing among the events, or the stored count is wrong.',
              },
      },
    ),
    countCheck(
      { id: 'event-count', title: 'Events of the run against the count that the experiment recorded' },
      await recordedEventCount(engine, run, signal),
      hasEvents ? run.eventCount : undefined,
      {
        balances: 'No event of the run is missing.',
        missing: hasEvents
          ? 'The experiment records no number of events for this run.'
          : 'The file records no events of this run.',
        otherwise: { outcome: 'differs', why: 'Events are missing, or were added after the run.' },
      },
    ),
  ];
}

function countEvents({ eventTypes }: PreparedRun) {
  const of = (type: string) => eventTypes.get(type) ?? 0;
  return {
    arrivals: of('Arrival'),
    settlements: of('RtgsImmediateSettlement') + of('Queue2LiquidityRelease'),
  };
}

/** `num_events` of the run's own `simulation_run` event (domain.md 5.1). */
async function recordedEventCount(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const experimentId = run.facts?.experimentId;
  if (experimentId === undefined) return undefined;
  const { fileId, simulationId } = run.scope;
  const condition = sql`${ofExperiment({ fileId, experimentId })} AND event_type = 'simulation_run'
    AND contains(event_data, ${`"${simulationId}"`})`;
  const events = await readEventObjects(engine, condition, cutBefore('events', ['simulation_id']), signal);
  const own = events.find(({ fields }) => textField(fields.simulation_id) === simulationId);
  return numberField(own?.fields.num_events);
}
