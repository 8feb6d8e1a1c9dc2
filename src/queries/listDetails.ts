import { countVerdicts } from '../catalog/verdict/countVerdicts.ts';
import type { Engine } from '../engine/engine.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { ListDetails } from '../schema/answers.ts';
import { experimentId, fileId } from '../schema/ids.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { experimentKey, groupByExperiment } from './read/experimentKey.ts';
import { evidenceOf, judgeInSlices, readVerdictEvidence } from './read/verdictEvidence.ts';
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
  const experiments = await queryRows(engine, statement, spec, signal);
  const evidence = await readVerdictEvidence(engine, condition, signal);
  const heads = groupByExperiment(await exchangeHeads(engine, { condition, fields: 'meters' }, signal));
  const found: ListDetails[] = [];
  for (const experiment of experiments) {
    const { proposals } = await judgeInSlices(evidenceOf(evidence, experiment), signal);
    const models = new Set(heads.get(experimentKey(experiment))?.flatMap(({ model }) => model ?? []));
    found.push({
      fileId: fileId(experiment.fileId),
      experimentId: experimentId(experiment.experimentId),
      counts: countVerdicts(proposals),
      models: [...models],
      notExamined: 0,
    });
  }
  return found;
}
