import type { Engine } from '../../engine/engine.ts';
import { int, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { simulationId, type ExperimentId, type FileId, type SimulationId } from '../../lib/ids.ts';
import { checkMoneyTypes } from '../../domain/replay/money.ts';
import type { Violation } from '../../domain/answers/resimulation.ts';
import { runsOfExperiment } from '../read/runRows.ts';

export interface CheckScope {
  readonly fileId: FileId;
  /** Left out: all runs of the file. */
  readonly experimentId?: ExperimentId | undefined;
}

/** The runs to check, one id a row, in the order in which they were run. */
export async function checkedRuns(
  engine: Engine,
  { fileId, experimentId }: CheckScope,
  signal?: AbortSignal,
): Promise<readonly SimulationId[]> {
  const condition =
    experimentId === undefined ? sql`file_id = ${fileId}` : runsOfExperiment({ fileId, experimentId });
  const statement = sql`SELECT simulation_id FROM simulation_runs WHERE ${condition}
    ORDER BY started_at, iteration, simulation_id`;
  const rows = await queryRows(engine, statement, { simulationId: text }, signal);
  return rows.map((row) => simulationId(row.simulationId));
}

/** INV-1 over a file's columns and over the costs of its iterations: money that is not a whole number of cents. */
export async function moneyOfFile(
  engine: Engine,
  { fileId }: CheckScope,
  signal?: AbortSignal,
): Promise<readonly Violation[]> {
  const types = await queryRows(
    engine,
    sql`SELECT table_name, column_name, data_type FROM stored_types WHERE file_id = ${fileId}`,
    { tableName: text, columnName: text, dataType: text },
    signal,
  );
  const broken = await queryRows(
    engine,
    sql`SELECT experiment_id, iteration, agent_key FROM iteration_costs
      WHERE file_id = ${fileId} AND cost_cents IS NULL ORDER BY ALL LIMIT 20`,
    { experimentId: text, iteration: int, agentKey: text },
    signal,
  );
  return [
    ...checkMoneyTypes(types),
    ...broken.map(({ experimentId, iteration, agentKey }): Violation => ({
      invariant: 'INV-1',
      subject: experimentId,
      message: `iteration ${iteration}, ${agentKey}: the cost is not a whole number of cents`,
      table: 'experiment_iterations',
    })),
  ];
}
