import type { Engine } from '../engine/engine.ts';
import { boolean, int, queryRows, type RowOf } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { ExperimentFacts } from '../schema/answers.ts';
import { exchangeHeads, type ExchangeHead } from './exchangeHeads.ts';
import { readConfig } from './read/config.ts';
import { readExperimentRow } from './read/experimentRow.ts';
import { runsOfExperiment } from './read/runRows.ts';
import { ofExperiment, type ExperimentScope } from './scope.ts';

const spec = {
  iterations: int,
  evaluations: int,
  exchanges: int,
  runs: int,
  simulationEvents: int,
  samples: int,
  equalCosts: boolean,
};

/** From this day on each agent's cost is its own (domain.md 9.3). */
const ownCostsSince = '2025-12-18';

/** Configuration of one experiment and what the file records for it; undefined when it has no such experiment. */
export async function experimentFacts(
  engine: Engine,
  params: ExperimentScope,
  signal?: AbortSignal,
): Promise<ExperimentFacts | undefined> {
  const row = await readExperimentRow(engine, params, signal);
  if (row === undefined) return undefined;
  const config = readConfig(row.config, row.masterSeed);
  const { equalCosts, ...recorded } = await readCounts(engine, params, signal);
  const condition = ofExperiment(params);
  const heads = await exchangeHeads(engine, { condition, fields: 'meters' }, signal);
  const before = row.createdAt !== undefined && row.createdAt < ownCostsSince;
  return {
    config,
    configText: row.config ?? '',
    recorded,
    models: [...new Set(heads.flatMap(({ model }) => model ?? []))],
    promptWords: sumOf(heads, (head) => head.promptWords),
    responseWords: sumOf(heads, (head) => head.responseWords),
    latencySeconds: sumOf(heads, (head) => head.latencySeconds),
    costsSplitEqually: config.evaluationMode === 'bootstrap' && before && equalCosts,
  };
}

async function readCounts(
  engine: Engine,
  params: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof spec>> {
  const condition = ofExperiment(params);
  const runs = sql`SELECT simulation_id FROM simulation_runs WHERE ${runsOfExperiment(params)}`;
  const statement = sql`SELECT
    (SELECT count(*) FROM iterations WHERE ${condition}) AS iterations,
    (SELECT count(*) FROM evaluations WHERE ${condition}) AS evaluations,
    (SELECT count(*) FROM experiment_events WHERE ${condition} AND event_type = 'llm_interaction') AS exchanges,
    (SELECT count(*) FROM (${runs})) AS runs,
    (SELECT count(*) FROM simulation_events
      WHERE file_id = ${params.fileId} AND simulation_id IN (${runs})) AS simulation_events,
    (SELECT coalesce(sum(sample_count), 0)::BIGINT FROM evaluations
      WHERE ${condition} AND sample_count > 1) AS samples,
    (SELECT coalesce(min(agents) > 1 AND bool_and(lowest = highest), false) FROM (
      SELECT count(*) AS agents, min(cost_cents) AS lowest, max(cost_cents) AS highest
      FROM iteration_costs WHERE ${condition} GROUP BY iteration)) AS equal_costs`;
  const [counts] = await queryRows(engine, statement, spec, signal);
  if (counts === undefined) throw new TypeError('a statement of scalars gave no row');
  return counts;
}

function sumOf(heads: readonly ExchangeHead[], read: (head: ExchangeHead) => number | undefined): number {
  return heads.reduce((sum, head) => sum + (read(head) ?? 0), 0);
}
