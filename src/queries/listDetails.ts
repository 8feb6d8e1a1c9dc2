import type { ListDetails } from '../domain/answers/experiments.ts';
import { countVerdicts } from '../domain/experiment/verdict.ts';
import { queryRows, text, int } from '../engine/rows.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { sql } from '../lib/sql.ts';
import { exchangeUse } from './exchangeUse.ts';
import { judgedIn } from './judged.ts';
import { defineQuery } from './query.ts';
import { experimentKey } from './read/experimentRow.ts';
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
    const [experiments, judgedOf, use] = await Promise.all([
      queryRows(engine, statement, spec, signal),
      judgedIn(engine, { fileId }, signal),
      engine.ask(exchangeUse.about({ fileId }), signal),
    ]);
    return experiments.map(({ experimentId: id }) => ({
      fileId,
      experimentId: experimentId(id),
      counts: countVerdicts(judgedOf(id).proposals),
      models: use.get(experimentKey({ fileId, experimentId: id }))?.models ?? [],
      notExamined: 0,
    }));
  },
});

const cheapSpec = { fileId: text, experimentId: text, accepted: int, rejected: int, notExamined: int };

/**
 * Verdict counts from evaluation rows alone, for files too large or too far away to look closer: reads no
 * policy, prompt or event text. Not examined are the exchanges of an iteration beyond its evaluation rows;
 * duplicates count among them, for telling them apart needs the text.
 */
export const listDetailsCheap = defineQuery({
  name: 'listDetailsCheap',
  scope: 'one file',
  async run(engine, params: FileScope, signal): Promise<ListDetails[]> {
    const condition = inFile(params);
    const statement = sql`WITH judged AS (
        SELECT file_id, experiment_id, iteration, count(*) FILTER (accepted) AS accepted,
          count(*) FILTER (NOT accepted) AS rejected
        FROM evaluations WHERE ${condition} GROUP BY ALL
      ), asked AS (
        SELECT file_id, experiment_id, iteration, count(*) AS exchanges
        FROM experiment_events WHERE ${condition} AND event_type = 'llm_interaction' GROUP BY ALL
      ), counted AS (
        SELECT file_id, experiment_id, coalesce(sum(accepted), 0)::BIGINT AS accepted,
          coalesce(sum(rejected), 0)::BIGINT AS rejected,
          coalesce(sum(greatest(0, coalesce(exchanges, 0) - coalesce(accepted + rejected, 0))), 0)::BIGINT
            AS not_examined
        FROM judged FULL JOIN asked USING (file_id, experiment_id, iteration) GROUP BY ALL
      )
      SELECT file_id, experiment_id, coalesce(accepted, 0)::BIGINT AS accepted,
        coalesce(rejected, 0)::BIGINT AS rejected, coalesce(not_examined, 0)::BIGINT AS not_examined
      FROM (SELECT file_id, experiment_id FROM experiments WHERE ${condition})
      LEFT JOIN counted USING (file_id, experiment_id) ORDER BY file_id, experiment_id`;
    const rows = await queryRows(engine, statement, cheapSpec, signal);
    return rows.map(({ accepted, rejected, notExamined, ...row }) => ({
      fileId: fileId(row.fileId),
      experimentId: experimentId(row.experimentId),
      counts: { accepted, rejected, noChange: 0, invalid: 0, pending: 0 },
      models: undefined,
      notExamined,
    }));
  },
});
