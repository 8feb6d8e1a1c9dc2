import { err, ok, type Result } from '../lib/result.ts';
import type { Dialect } from '../schema/normalised.ts';
import type { Refusal } from '../schema/refusal.ts';
import { findNeighbours, type Neighbour } from './neighbours.ts';
import { refuseTables, type DetectedFile } from './refuseTables.ts';
import { hasColumns, type Tables } from './tables.ts';

/** What a file is: at least one dialect that opens, and neighbours that merely lie in it. */
export interface Layouts {
  readonly dialects: readonly Dialect[];
  readonly neighbours: readonly Neighbour[];
}

/** The six columns of `policy_evaluations` that V4 added (domain.md 3.5). */
const lateEvaluationColumns = [
  'settlement_rate',
  'avg_delay',
  'cost_breakdown',
  'cost_std_dev',
  'confidence_interval_95',
  'agent_stats',
] as const;

/** By columns, in the order of domain.md 11.6; version tags as in 3.8. */
function detectExperiments(tables: Tables): Dialect | undefined {
  if (hasColumns(tables, 'experiments', 'experiment_id')) {
    return tables.get('experiments')?.get('config') === 'JSON' ? 'A2' : 'A1';
  }
  if (!hasColumns(tables, 'experiments', 'run_id')) return undefined;
  if (!hasColumns(tables, 'policy_evaluations', 'run_id')) return 'B-V2';
  if (!hasColumns(tables, 'policy_evaluations', ...lateEvaluationColumns)) return 'B-V3';
  return hasColumns(tables, 'simulations', 'experiment_run_id') ? 'B-V5' : 'B-V4';
}

/** Whether the file has runs of the command line's making, besides those its experiments brought along. */
function hasRunsOfItsOwn(tables: Tables, experiments: Dialect | undefined): boolean {
  const runs = hasColumns(tables, 'simulation_runs', 'simulation_id');
  const simulations = hasColumns(tables, 'simulations', 'simulation_id');
  const linkedRuns = hasColumns(tables, 'simulation_runs', 'simulation_id', 'experiment_id');
  if (experiments === 'A1' && linkedRuns) return false;
  if (experiments === 'B-V5') return runs;
  return runs || simulations;
}

/**
 * Decides what can be read; several layouts may share a file. Without one that opens: a refusal that names
 * the layout or the tables found. With no tables at all: `wal-missing` for a tiny file opened without its WAL.
 */
export function detectLayouts(tables: Tables, file: DetectedFile): Result<Layouts, Refusal> {
  const experiments = detectExperiments(tables);
  const dialects: Dialect[] = experiments === undefined ? [] : [experiments];
  if (hasRunsOfItsOwn(tables, experiments)) dialects.push('simulation-only');
  if (dialects.length === 0) return err(refuseTables(tables, file));
  return ok({ dialects, neighbours: findNeighbours(tables).map(({ neighbour }) => neighbour) });
}
