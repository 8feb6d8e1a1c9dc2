import { nullable, queryRows, text } from '../engine/rows.ts';
import { unreadableFields } from '../domain/unreadable/lostCells.ts';
import { sql } from '../lib/sql.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import type { ExperimentSummary } from '../domain/experiment/normalised.ts';
import { deriveStatus } from '../domain/experiment/status.ts';
import { readConfig } from './read/config.ts';
import { experimentKey } from './read/experimentKey.ts';
import { storedExperimentColumns, storedExperimentSpec } from './read/experimentRow.ts';
import { noTotals, readTotals } from './read/experimentTotals.ts';
import { defineQuery } from './query.ts';
import { inFile, type FileScope } from './scope.ts';

const experimentSpec = {
  ...storedExperimentSpec,
  experimentName: nullable(text),
  unreadable: nullable(text),
};

/** One row per experiment of a file: two statements, however many experiments. */
export const experimentList = defineQuery({
  name: 'experimentList',
  scope: 'one file',
  async run(engine, params: FileScope, signal): Promise<ExperimentSummary[]> {
    const statement = sql`SELECT ${storedExperimentColumns}, experiment_name, unreadable
      FROM experiments WHERE ${inFile(params)} ORDER BY created_at, experiment_id`;
    const [experiments, totals] = await Promise.all([
      queryRows(engine, statement, experimentSpec, signal),
      readTotals(engine, inFile(params), signal),
    ]);
    return experiments.map((row) => {
      const config = readConfig(row.config, row.masterSeed);
      const { storedConverged: converged, convergenceReason, completedAt } = row;
      return {
        fileId: fileId(row.fileId),
        experimentId: experimentId(row.experimentId),
        name: row.experimentName ?? config.name ?? row.experimentId,
        status: deriveStatus({ completedAt, converged, convergenceReason }),
        storedConverged: converged,
        convergenceReason,
        evaluationMode: config.evaluationMode,
        numSamples: config.numSamples,
        masterSeed: config.masterSeed,
        storedNumIterations: row.storedNumIterations,
        storedFinalCostCents: row.storedFinalCostCents,
        storedBestCostCents: row.storedBestCostCents,
        startedAt: row.createdAt,
        completedAt,
        ...(totals.get(experimentKey(row)) ?? noTotals),
        ...(row.unreadable === undefined ? {} : { unreadable: unreadableFields(row.unreadable) }),
      };
    });
  },
});
