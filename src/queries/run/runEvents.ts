import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { EventFilter, EventMatches, EventRow } from '../../domain/answers/runs.ts';
import type { RunScope } from '../scope.ts';
import { eventCondition } from './eventCondition.ts';
import { readEventRows } from './eventRows.ts';
import { preparedRun } from './prepare/preparedRun.ts';

/** How many events of a run a filter leaves, and of which types; undefined when the file knows no such run. */
export async function eventMatches(
  engine: Engine,
  scope: RunScope,
  filter: EventFilter,
  signal?: AbortSignal,
): Promise<EventMatches | undefined> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return undefined;
  const condition = await eventCondition(engine, run, filter, signal);
  const rows = await queryRows(
    engine,
    sql`SELECT kind, count(*) AS events FROM ${run.table('events')} WHERE ${condition} GROUP BY kind ORDER BY kind`,
    { kind: int, events: int },
    signal,
  );
  return {
    count: rows.reduce((sum, { events }) => sum + events, 0),
    eventTypes: new Map(rows.map(({ kind, events }) => [run.kinds[kind] ?? '', events])),
  };
}

/** A page of the events that a filter leaves, in true order. */
export async function eventPage(
  engine: Engine,
  scope: RunScope,
  filter: EventFilter,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly EventRow[]> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return [];
  const condition = await eventCondition(engine, run, filter, signal);
  const page = sql`SELECT * FROM ${run.table('events')} WHERE ${condition}
    ORDER BY seq LIMIT ${limit} OFFSET ${offset}`;
  return readEventRows(engine, run, page, signal);
}

/** The first event of the nearest tick after or before `fromTick` that has one a filter leaves. */
export async function seekEvent(
  engine: Engine,
  scope: RunScope,
  filter: EventFilter,
  fromTick: number,
  direction: 'next' | 'previous',
  signal?: AbortSignal,
): Promise<EventRow | undefined> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return undefined;
  const condition = await eventCondition(engine, run, filter, signal);
  const nearest =
    direction === 'next'
      ? sql`SELECT min(tick) AS tick FROM ${run.table('events')} WHERE ${condition} AND tick > ${fromTick}`
      : sql`SELECT max(tick) AS tick FROM ${run.table('events')} WHERE ${condition} AND tick < ${fromTick}`;
  const [found] = await queryRows(engine, nearest, { tick: nullable(int) }, signal);
  if (found?.tick === undefined) return undefined;
  const first = sql`SELECT * FROM ${run.table('events')} WHERE ${condition} AND tick = ${found.tick}
    ORDER BY seq LIMIT 1`;
  const [event] = await readEventRows(engine, run, first, signal);
  return event;
}
