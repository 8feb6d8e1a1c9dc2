import type { Engine } from '../../engine/engine.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { ActivityBucket, RunOutline } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { gapsOf, notesOf } from './gaps.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

/** Marks that a chart over the whole run has room for. */
export const mostMarks = 600;

/** What a replay needs to know before its first tick; undefined when the file knows no such run. */
export const runOutline = defineQuery({
  name: 'runOutline',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<RunOutline | undefined> {
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const { tickCount, ticksPerDay, agents, eventCount, eventTypes } = run;
    return {
      tickCount,
      ticksPerDay,
      agents,
      eventCount,
      eventTypes,
      activity: await readActivity(engine, run, signal),
      stateSource: run.recorded.states ? 'tick states' : 'events',
      gaps: gapsOf(run),
      notes: notesOf(run),
    };
  },
});

async function readActivity(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly ActivityBucket[]> {
  const width = Math.max(1, Math.ceil(run.tickCount / mostMarks));
  const rows = await queryRows(
    engine,
    sql`SELECT tick // ${width} AS bucket, count(*) AS events FROM ${run.table('events')} GROUP BY bucket`,
    { bucket: int, events: int },
    signal,
  );
  const counts = new Map(rows.map(({ bucket, events }) => [bucket, events]));
  return Array.from({ length: Math.ceil(run.tickCount / width) }, (_, bucket) => ({
    fromTick: bucket * width,
    toTick: Math.min(run.tickCount, (bucket + 1) * width) - 1,
    events: counts.get(bucket) ?? 0,
  }));
}
