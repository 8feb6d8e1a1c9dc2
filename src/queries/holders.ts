import { queryRows, text } from '../engine/rows.ts';
import { fileId, type ExperimentId, type FileId, type SimulationId } from '../lib/ids.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { defineQuery, type QueryEngine } from './query.ts';
import { inFiles, type FilesScope } from './scope.ts';

/** The open files that hold an experiment of this id. */
export const experimentHolders = defineQuery({
  name: 'experimentHolders',
  scope: 'all files',
  async run(
    engine,
    { fileIds, experimentId }: FilesScope & { readonly experimentId: ExperimentId },
    signal,
  ): Promise<readonly FileId[]> {
    const condition = sql`experiment_id = ${experimentId}`;
    return holders(engine, fileIds, (files) => sql`FROM experiments WHERE ${files} AND ${condition}`, signal);
  },
});

/** The open files that hold a run of this id: those with its row; where there are none, those with events or payments. */
export const runHolders = defineQuery({
  name: 'runHolders',
  scope: 'all files',
  async run(
    engine,
    { fileIds, simulationId }: FilesScope & { readonly simulationId: SimulationId },
    signal,
  ): Promise<readonly FileId[]> {
    const condition = sql`simulation_id = ${simulationId}`;
    const rows = (files: Sql) => sql`FROM simulation_runs WHERE ${files} AND ${condition}`;
    const found = await holders(engine, fileIds, rows, signal);
    if (found.length > 0) return found;
    // Looked into last: they may be millions.
    const traces = (files: Sql) => sql`FROM (
        SELECT file_id FROM simulation_events WHERE ${files} AND ${condition}
        UNION ALL SELECT file_id FROM transactions WHERE ${files} AND ${condition})`;
    return holders(engine, fileIds, traces, signal);
  },
});

/** One statement over all files; where it fails, one for each, so that a lost file hides nothing of the others. */
async function holders(
  engine: QueryEngine,
  fileIds: readonly FileId[],
  rowsIn: (files: Sql) => Sql,
  signal: AbortSignal | undefined,
): Promise<readonly FileId[]> {
  const lookIn = async (ids: readonly FileId[]): Promise<readonly FileId[]> => {
    const statement = sql`SELECT DISTINCT file_id ${rowsIn(inFiles({ fileIds: ids }))} ORDER BY file_id`;
    const rows = await queryRows(engine, statement, { fileId: text }, signal);
    return rows.map((row) => fileId(row.fileId));
  };
  try {
    return await lookIn(fileIds);
  } catch (failure) {
    signal?.throwIfAborted();
    const each = await Promise.allSettled(fileIds.map((id) => lookIn([id])));
    const found = each.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length === 0) throw failure;
    return found;
  }
}
