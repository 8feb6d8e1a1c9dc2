import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { RunSummary } from '../../domain/answers/experiments.ts';
import type { RunScope } from '../scope.ts';
import { eventsOfRun, integerIn, sumOf } from './eventFields.ts';

export type RunCounts = Pick<
  RunSummary,
  'eventCounts' | 'eventCount' | 'tickCount' | 'queued' | 'deadlinePenaltyCents' | 'endOfDayPenaltyCents'
>;

const typeSpec = { eventType: text, events: int, lastTick: int };
const restSpec = { deadlinePenalty: money, endOfDayPenalty: money };

/** Events by type, and what the counts alone cannot tell: penalties. */
export async function readRunCounts(
  engine: Engine,
  params: RunScope,
  signal: AbortSignal | undefined,
): Promise<RunCounts> {
  const byType = sql`SELECT event_type, count(*) AS events, max(tick) AS last_tick
    FROM ${eventsOfRun(params)} GROUP BY event_type ORDER BY event_type`;
  const types = await queryRows(engine, byType, typeSpec, signal);
  const rest = sql`SELECT
    (SELECT ${sumOf(integerIn('deadline_penalty_cost'))}
      FROM ${eventsOfRun(params, ['TransactionWentOverdue'])}) AS deadline_penalty,
    (SELECT ${sumOf(integerIn('total_penalties'))}
      FROM ${eventsOfRun(params, ['EndOfDay'])}) AS end_of_day_penalty`;
  const [found] = await queryRows(engine, rest, restSpec, signal);
  if (found === undefined) throw new TypeError('a statement of scalars gave no row');
  const counts = new Map(types.map(({ eventType, events }) => [eventType, events]));
  const of = (type: string) => counts.get(type) ?? 0;
  return {
    eventCounts: counts,
    eventCount: types.reduce((sum, { events }) => sum + events, 0),
    tickCount: types.reduce((last, { lastTick }) => Math.max(last, lastTick), -1) + 1,
    queued: of('QueuedRtgs'),
    deadlinePenaltyCents: found.deadlinePenalty,
    endOfDayPenaltyCents: found.endOfDayPenalty,
  };
}
