import { countVerdicts } from '../domain/experiment/verdict.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { ListDetails } from '../domain/answers/experiments.ts';
import { experimentId } from '../lib/ids.ts';
import { exchangeMeters } from './exchangeMeters.ts';
import { judgedIn } from './judged.ts';
import { experimentKey } from './read/experimentRow.ts';
import { defineQuery } from './query.ts';
import { inFile, type FileScope } from './scope.ts';

/** Verdict counts and proposer models per experiment, every verdict derived. */
export const listDetails = defineQuery({
  name: 'listDetails',
  scope: 'one file',
  async run(engine, { fileId }: FileScope, signal): Promise<ListDetails[]> {
    const condition = inFile({ fileId });
    const spec = { experimentId: text };
    const statement = sql`SELECT experiment_id FROM experiments WHERE ${condition} ORDER BY ALL`;
    // Asked for together: while the engine works on one answer, the one before is decoded.
    const [experiments, judgedOf, meters] = await Promise.all([
      queryRows(engine, statement, spec, signal),
      judgedIn(engine, { fileId }, signal),
      exchangeMeters(engine, condition, signal),
    ]);
    return experiments.map(({ experimentId: id }) => ({
      fileId,
      experimentId: experimentId(id),
      counts: countVerdicts(judgedOf(id).proposals),
      models: meters.get(experimentKey({ fileId, experimentId: id }))?.models ?? [],
      notExamined: 0,
    }));
  },
});
