import { relationColumns, type RelationName } from '../catalog/relations.ts';
import type { IterationDetail } from '../domain/answers/experiments.ts';
import type { EvidenceRuns, EvidenceRun } from '../domain/answers/runs.ts';
import { plainRows, type PlainRow } from '../engine/rows.ts';
import type { AgentId, ExperimentId, SimulationId } from '../lib/ids.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { iterationDetail } from './iterationDetail.ts';
import { defineQuery } from './query.ts';
import { readRunEvents } from './read/experimentEvents.ts';
import { readConfig, readExperimentRow } from './read/experimentRow.ts';
import { roleOf } from './read/runRows.ts';
import { ofExperiment, type FileScope, type ExchangeScope } from './scope.ts';

/** What evidence is about: an iteration, one agent of it, or runs alone. */
interface EvidenceScope extends FileScope {
  readonly experimentId?: ExperimentId | undefined;
  readonly iteration?: number | undefined;
  /** The row of the next iteration shows what came of this one. */
  readonly nextIteration?: number | undefined;
  readonly agentId?: AgentId | undefined;
  readonly runs: readonly SimulationId[];
}

/** Rows of one relation as the file stores them, money in whole cents. */
export interface EvidenceTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly PlainRow[];
  /** More were not read. */
  readonly isCut: boolean;
}

/** A run of a million events is no evidence that anybody reads; its file is. */
export const mostEvidenceRows = 100_000;

/** Seeds by the events of the loop: the rows of runs of experiments keep 0 in some layouts (domain.md 3.6). */
export const eventSeeds = 'seeds_by_simulation_run_events';

const ofRuns: readonly RelationName[] = [
  'simulation_runs',
  'simulation_events',
  'transactions',
  'stored_policy_snapshots',
  'stored_daily_agent_metrics',
  'stored_tick_agent_states',
];

/** Every row that an iteration, a proposal or a run rests on, in an order that does not depend on the engine. */
export const evidenceRows = defineQuery({
  name: 'evidenceRows',
  scope: 'one file',
  async run(engine, params: EvidenceScope, signal): Promise<readonly EvidenceTable[]> {
    const tables: EvidenceTable[] = [];
    const read = async (relation: RelationName, condition: Sql): Promise<void> => {
      const columns = Object.entries<string>(relationColumns[relation]).filter(
        ([name]) => name !== 'file_id',
      );
      const items = columns.map(([name, type]) =>
        type === 'TIMESTAMP' ? sql`${ident(name)}::VARCHAR AS ${ident(name)}` : ident(name),
      );
      const places = [
        'experiment_id',
        'iteration',
        'simulation_id',
        'tick',
        'event_timestamp',
        'row_order',
        'event_id',
      ];
      const order = places.filter((place) => columns.some(([name]) => name === place));
      const found = await engine.query(
        sql`SELECT ${join(items, ', ')} FROM ${ident(relation)} WHERE ${condition}
          ORDER BY ${join([...order.map(ident), ...columns.map(([name]) => ident(name))], ', ')}
          LIMIT ${mostEvidenceRows + 1}`,
        signal,
      );
      tables.push({
        name: relation,
        columns: columns.map(([name]) => name),
        rows: plainRows(found).slice(0, mostEvidenceRows),
        isCut: found.rowCount > mostEvidenceRows,
      });
    };
    const { fileId, experimentId, iteration, nextIteration, agentId, runs } = params;
    if (experimentId !== undefined) {
      const own = ofExperiment({ fileId, experimentId });
      await read('experiments', own);
      if (iteration !== undefined) {
        const both = sql`${own} AND iteration IN (${iteration}, ${nextIteration ?? iteration})`;
        const here = sql`${own} AND iteration = ${iteration}`;
        await read('iterations', both);
        await read('iteration_costs', both);
        await read('evaluations', agentId === undefined ? here : sql`${here} AND agent_id = ${agentId}`);
        await read('experiment_events', here);
        await read('unreadable_cells', here);
      }
    }
    if (runs.length > 0) {
      const ids = join(
        runs.map((id) => sql`${id}`),
        ', ',
      );
      for (const relation of ofRuns)
        await read(relation, sql`file_id = ${fileId} AND simulation_id IN (${ids})`);
      const events =
        experimentId === undefined ? [] : await readRunEvents(engine, { fileId, experimentId }, signal);
      tables.push({
        name: eventSeeds,
        columns: ['simulation_id', 'seed'],
        rows: events.flatMap(({ simulationId, seed }) =>
          runs.includes(simulationId) ? [[simulationId, seed]] : [],
        ),
        isCut: false,
      });
    }
    return tables;
  },
});

/** The exact runs behind the evaluation of one agent's proposal, and what was never stored (domain.md 3.6, 8). */
export const evidenceOf = defineQuery({
  name: 'evidenceOf',
  scope: 'experiment',
  async run(engine, scope: ExchangeScope, signal): Promise<EvidenceRuns | undefined> {
    const { fileId, experimentId, iteration } = scope;
    const detail = await engine.ask(iterationDetail.about({ fileId, experimentId, iteration }), signal);
    if (detail === null) return undefined;
    const experiment = await readExperimentRow(engine, scope, signal);
    const agent = detail.agents.find(({ agentId }) => agentId === scope.agentId);
    const mode =
      agent?.evaluation?.mode ?? readConfig(experiment?.config, experiment?.masterSeed).evaluationMode ?? '';
    const runs = detail.runs.map((run): EvidenceRun => ({ role: roleOf(run, detail.runs), run }));
    return { runs, missing: missingOf(runs, mode, agent) };
  },
});

function missingOf(
  runs: readonly EvidenceRun[],
  mode: string,
  agent: IterationDetail['agents'][number] | undefined,
): readonly string[] {
  const has = (role: EvidenceRun['role']) => runs.some((run) => run.role === role);
  const missing: string[] = [];
  if (!has('context')) {
    missing.push(
      runs.length === 0
        ? 'No run of this iteration is stored: files of this kind before 16 December 2025 store none without a flag, or the run’s level left it out.'
        : 'The run of this iteration itself is not stored.',
    );
  }
  if (agent?.proposal === undefined) {
    missing.push('No proposal of this agent is recorded in this iteration, so no run of one is expected.');
  } else if (mode === 'bootstrap') {
    if (!has('sample')) {
      missing.push('Sample runs are never stored by the simulator.');
    }
  } else if (mode.includes('temporal')) {
    missing.push('In temporal mode a proposal is judged by the run of the next iteration.');
  } else if (!has('evaluated')) {
    missing.push(
      'The runs that compared the old with the new policy are not stored: they are written only with the flag --persist-bootstrap.',
    );
  }
  return missing;
}
