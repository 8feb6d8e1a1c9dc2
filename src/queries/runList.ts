import type { Engine } from '../engine/engine.ts';
import { int, nullable, queryRows, text } from '../engine/rows.ts';
import { join, literal, sql, type Sql } from '../lib/sql.ts';
import type { RunListRow } from '../domain/answers/experiments.ts';
import { settlingEvents } from '../domain/events.ts';
import { fileId, simulationId } from '../lib/ids.ts';
import { deriveRunStatus } from '../domain/experiment/normalised.ts';
import { integerIn, isNoInteger, isNoObject } from './read/eventFields.ts';
import { runOwner, storedRun } from './read/runRows.ts';
import { defineQuery } from './query.ts';
import { inFile, type FileScope } from './scope.ts';

interface RunListScope extends FileScope {
  /** Scans payments and events for runs without a row of their own, and to count the events of the others. */
  readonly withOrphans: boolean;
}

/** Runs that belong to no experiment of a file, and runs of which only payments or events are left. */
export const runList = defineQuery({
  name: 'runList',
  scope: 'one file',
  async run(engine, params: RunListScope, signal): Promise<RunListRow[]> {
    const standalone = await standaloneRuns(engine, params, signal);
    return params.withOrphans ? [...standalone, ...(await orphanRuns(engine, params, signal))] : standalone;
  },
});

const runSpec = {
  ...storedRun,
  startedAt: nullable(text),
  fileId: text,
  simulationId: text,
  eventCount: nullable(int),
  lostArrivals: int,
  lostSettlements: int,
  lostAccruals: int,
};

/** Events of some types that cannot be read: no object, or something else than an integer where a number belongs. */
function lostEvents(types: readonly string[], key: string): Sql {
  const names = join(
    types.map((type) => sql`${type}`),
    ', ',
  );
  return sql`count(*) FILTER (event_type IN (${names}) AND (${isNoObject()} OR ${isNoInteger(key, integerIn(key))}))`;
}

async function standaloneRuns(
  engine: Engine,
  params: RunListScope,
  signal: AbortSignal | undefined,
): Promise<RunListRow[]> {
  const scanned = literal(params.withOrphans);
  const statement = sql`WITH runs AS (
      SELECT *, ${runOwner} AS owner FROM (SELECT file_id, simulation_id, experiment_id, status, config_name,
        rng_seed, ticks_per_day, day_count, arrivals, settlements, total_cost_cents, started_at
        FROM simulation_runs WHERE ${inFile(params)})
    ), owners AS (SELECT file_id, experiment_id AS owner FROM experiments WHERE ${inFile(params)}),
    loose AS (SELECT * FROM runs ANTI JOIN owners USING (file_id, owner)), counted AS (
      SELECT file_id, simulation_id, count(*) AS event_count, ${lostEvents(['Arrival'], 'amount')} AS lost_arrivals,
        ${lostEvents(settlingEvents, 'amount')} AS lost_settlements, ${lostEvents(['CostAccrual'], 'total')} AS lost_accruals
      FROM simulation_events
      WHERE ${inFile(params)} AND ${scanned} AND simulation_id IN (SELECT simulation_id FROM loose)
      GROUP BY file_id, simulation_id
    )
    SELECT file_id, simulation_id, status, config_name, rng_seed, ticks_per_day, day_count, arrivals,
      settlements, total_cost_cents, started_at, CASE WHEN ${scanned}
        THEN coalesce(event_count, 0) END AS event_count, coalesce(lost_arrivals, 0) AS lost_arrivals,
      coalesce(lost_settlements, 0) AS lost_settlements, coalesce(lost_accruals, 0) AS lost_accruals
    FROM loose LEFT JOIN counted USING (file_id, simulation_id) ORDER BY started_at, file_id, simulation_id`;
  const rows = await queryRows(engine, statement, runSpec, signal);
  return rows.map(({ rngSeed, status, lostArrivals, lostSettlements, lostAccruals, ...row }) => ({
    ...row,
    lostEvents: { arrivals: lostArrivals, settlements: lostSettlements, accruals: lostAccruals },
    fileId: fileId(row.fileId),
    simulationId: simulationId(row.simulationId),
    kind: 'standalone',
    status: deriveRunStatus(status),
    seed: rngSeed?.toString(),
  }));
}

const orphanSpec = {
  fileId: text,
  simulationId: text,
  transactionCount: nullable(int),
  settledCount: nullable(int),
  eventCount: nullable(int),
  firstDay: nullable(int),
  lastDay: nullable(int),
};

async function orphanRuns(
  engine: Engine,
  params: FileScope,
  signal: AbortSignal | undefined,
): Promise<RunListRow[]> {
  const statement = sql`SELECT file_id, simulation_id, transaction_count, settled_count, event_count, first_day,
      last_day
    FROM orphan_runs WHERE ${inFile(params)}
    ORDER BY file_id, simulation_id`;
  const rows = await queryRows(engine, statement, orphanSpec, signal);
  return rows.map((row) => ({
    fileId: fileId(row.fileId),
    simulationId: simulationId(row.simulationId),
    kind: 'orphan',
    status: 'unfinished',
    configName: undefined,
    seed: undefined,
    ticksPerDay: undefined,
    dayCount: row.lastDay === undefined ? undefined : row.lastDay - (row.firstDay ?? 0) + 1,
    arrivals: row.transactionCount,
    settlements: row.settledCount,
    totalCostCents: undefined,
    eventCount: row.eventCount,
    lostEvents: {},
    startedAt: undefined,
  }));
}
