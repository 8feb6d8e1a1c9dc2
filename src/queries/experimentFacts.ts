import type { Engine } from '../engine/engine.ts';
import { boolean, int, queryRows, type RowOf } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { ExperimentFacts } from '../domain/answers/experiments.ts';
import { exchangeMeters, noMeters } from './exchangeMeters.ts';
import { readConfig, experimentKey, readExperimentRow } from './read/experimentRow.ts';
import { runsOfExperiment } from './read/runRows.ts';
import { defineQuery } from './query.ts';
import { ofExperiment, type ExperimentScope } from './scope.ts';

const spec = {
  iterations: int,
  evaluations: int,
  exchanges: int,
  runs: int,
  simulationEvents: int,
  samples: int,
};

/** From this day on each agent's cost is its own (domain.md 9.3). */
const ownCostsSince = '2025-12-18';

/** Configuration of one experiment and what the file records for it; undefined when it has no such experiment. */
export const experimentFacts = defineQuery({
  name: 'experimentFacts',
  scope: 'experiment',
  async run(engine, params: ExperimentScope, signal): Promise<ExperimentFacts | undefined> {
    const row = await readExperimentRow(engine, params, signal);
    if (row === undefined) return undefined;
    const config = readConfig(row.config, row.masterSeed);
    const shared = row.createdAt !== undefined && row.createdAt < ownCostsSince;
    const [recorded, meters, costsSplitEqually] = await Promise.all([
      readCounts(engine, params, signal),
      exchangeMeters(engine, ofExperiment(params), signal),
      config.evaluationMode === 'bootstrap' && shared && allAgentsCostTheSame(engine, params, signal),
    ]);
    return {
      config,
      configText: row.config ?? '',
      recorded,
      ...(meters.get(experimentKey(params)) ?? noMeters),
      costsSplitEqually,
    };
  },
});

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
      WHERE ${condition} AND sample_count > 1) AS samples`;
  const [counts] = await queryRows(engine, statement, spec, signal);
  if (counts === undefined) throw new TypeError('a statement of scalars gave no row');
  return counts;
}

async function allAgentsCostTheSame(
  engine: Engine,
  params: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const statement = sql`SELECT coalesce(min(agents) > 1 AND bool_and(lowest = highest), false) AS equal FROM (
    SELECT count(*) AS agents, min(cost_cents) AS lowest, max(cost_cents) AS highest
    FROM iteration_costs WHERE ${ofExperiment(params)} GROUP BY iteration)`;
  const [found] = await queryRows(engine, statement, { equal: boolean }, signal);
  return found?.equal === true;
}
