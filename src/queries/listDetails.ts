import { countVerdicts } from '../domain/experiment/countVerdicts.ts';
import type { Engine } from '../engine/engine.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { ListDetails } from '../domain/answers/experiments.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { exchangeMeters } from './exchangeMeters.ts';
import { experimentKey } from './read/experimentKey.ts';
import { judgeAndKeep } from './read/judged.ts';
import { evidenceOf, readVerdictEvidence } from './read/verdictEvidence.ts';
import { inFiles, type FileScope } from './scope.ts';

/** Verdict counts and proposer models per experiment, every verdict derived. */
export async function listDetails(
  engine: Engine,
  params: FileScope,
  signal?: AbortSignal,
): Promise<ListDetails[]> {
  const condition = inFiles(params);
  const spec = { fileId: text, experimentId: text };
  const statement = sql`SELECT file_id, experiment_id FROM experiments WHERE ${condition} ORDER BY ALL`;
  // Asked for together: while the engine works on one answer, the one before is decoded.
  const [experiments, evidence, meters] = await Promise.all([
    queryRows(engine, statement, spec, signal),
    readVerdictEvidence(engine, condition, signal),
    exchangeMeters(engine, condition, signal),
  ]);
  const found: ListDetails[] = [];
  for (const experiment of experiments) {
    const stored = evidenceOf(evidence, experiment);
    const { proposals } = await judgeAndKeep(engine, experiment, stored, signal);
    found.push({
      fileId: fileId(experiment.fileId),
      experimentId: experimentId(experiment.experimentId),
      counts: countVerdicts(proposals),
      models: meters.get(experimentKey(experiment))?.models ?? [],
      notExamined: 0,
    });
  }
  return found;
}
