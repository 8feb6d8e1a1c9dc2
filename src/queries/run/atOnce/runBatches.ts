import type { Engine } from '../../../engine/engine.ts';
import { boolean, int, nullable, queryRows, text } from '../../../engine/rows.ts';
import { simulationId, type SimulationId } from '../../../lib/ids.ts';
import { sql } from '../../../lib/sql.ts';
import { defineQuery } from '../../query.ts';
import { inFile, type FileScope } from '../../scope.ts';

/** Runs that are looked at together: their events stand near each other in the file. */
export interface RunBatch {
  /** Places of their events in the file, both included; undefined where none of them has any. */
  readonly places: { readonly from: number; readonly to: number } | undefined;
  readonly runs: readonly { readonly simulationId: SimulationId; readonly hasStoredRows: boolean }[];
}

/** Of a batch, but for a single run that has more: about 60 MB of an engine's memory. */
const mostEvents = 100_000;
const mostRuns = 200;

const spec = {
  simulationId: text,
  events: int,
  from: nullable(int),
  to: nullable(int),
  hasStoredRows: boolean,
};

/**
 * All runs of a file in batches, in the order of their events. `hasStoredRows`: rows per tick or day are stored beside
 * the events. Reads one narrow column of all events.
 */
export const runBatches = defineQuery({
  name: 'runBatches',
  scope: 'one file',
  run: (engine, params: FileScope, signal) => readRunBatches(engine, params, signal),
});

export async function readRunBatches(
  engine: Engine,
  scope: FileScope,
  signal: AbortSignal | undefined,
): Promise<readonly RunBatch[]> {
  const here = inFile(scope);
  const rows = await queryRows(
    engine,
    sql`WITH placed AS (
        SELECT simulation_id, count(*) AS events, min(row_order) AS "from", max(row_order) AS "to"
        FROM simulation_events WHERE ${here} GROUP BY simulation_id
      ), runs AS (
        SELECT simulation_id FROM simulation_runs WHERE ${here}
        UNION SELECT simulation_id FROM orphan_runs WHERE ${here}
      ), beside AS (
        SELECT simulation_id FROM stored_tick_agent_states WHERE ${here}
        UNION SELECT simulation_id FROM stored_tick_queue_snapshots WHERE ${here}
        UNION SELECT simulation_id FROM stored_daily_agent_metrics WHERE ${here}
      )
      SELECT simulation_id, coalesce(events, 0) AS events, "from", "to", beside.simulation_id IS NOT NULL AS has_stored_rows
      FROM runs LEFT JOIN placed USING (simulation_id) LEFT JOIN beside USING (simulation_id)
      WHERE simulation_id IS NOT NULL ORDER BY "from", simulation_id`,
    spec,
    signal,
  );
  const batches: RunBatch[] = [];
  let open: (typeof rows)[number][] = [];
  const close = () => {
    const from = Math.min(...open.map((run) => run.from ?? Infinity));
    const to = Math.max(...open.map((run) => run.to ?? -1));
    batches.push({
      places: to < 0 ? undefined : { from, to },
      runs: open.map((run) => ({
        simulationId: simulationId(run.simulationId),
        hasStoredRows: run.hasStoredRows,
      })),
    });
    open = [];
  };
  let events = 0;
  for (const run of rows) {
    if (open.length === mostRuns || (open.length > 0 && events + run.events > mostEvents)) {
      close();
      events = 0;
    }
    open.push(run);
    events += run.events;
  }
  if (open.length > 0) close();
  return batches;
}
