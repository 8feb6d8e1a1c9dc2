import { int, nullable, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { EventFilter, EventRow } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { eventCondition, readEventRows } from './eventRows.ts';
import { preparedRun } from './prepare/prepareRun.ts';

/** How many events of a run a filter leaves; undefined when the file knows no such run. */
export const eventMatches = defineQuery({
  name: 'eventMatches',
  scope: 'run',
  async run(engine, scope: RunScope & { readonly filter: EventFilter }, signal): Promise<number | undefined> {
    const { filter } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const condition = await eventCondition(engine, run, filter, signal);
    const matches = sql`SELECT count(*) AS events FROM ${run.table('events')} WHERE ${condition}`;
    return (await queryRows(engine, matches, { events: int }, signal))[0]?.events;
  },
});

/** A page of the events that a filter leaves, in true order. */
export const eventPage = defineQuery({
  name: 'eventPage',
  scope: 'run',
  async run(
    engine,
    scope: RunScope & { readonly filter: EventFilter; readonly offset: number; readonly limit: number },
    signal,
  ): Promise<readonly EventRow[]> {
    const { filter, offset, limit } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return [];
    const condition = await eventCondition(engine, run, filter, signal);
    const page = sql`SELECT * FROM ${run.table('events')} WHERE ${condition}
      ORDER BY seq LIMIT ${limit} OFFSET ${offset}`;
    return readEventRows(engine, run, page, signal);
  },
});

/** The first event of the nearest tick after or before `fromTick` that has one a filter leaves. */
export const seekEvent = defineQuery({
  name: 'seekEvent',
  scope: 'run',
  async run(
    engine,
    scope: RunScope & {
      readonly filter: EventFilter;
      readonly fromTick: number;
      readonly direction: 'next' | 'previous';
    },
    signal,
  ): Promise<EventRow | undefined> {
    const { filter, fromTick, direction } = scope;
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
  },
});
