import { err, ok, type Result } from '../lib/result.ts';
import type { Dialect } from '../domain/experiment/normalised.ts';
import type { Refusal } from '../domain/refusal.ts';
import { findNeighbours, type Neighbour } from './neighbours.ts';
import { rootTables } from './missingParts.ts';
import { refuseTables, type DetectedFile } from './refuseTables.ts';
import { hasColumns, type SchemaTables, type Tables } from './tables.ts';

/** What a file is: at least one dialect that opens, and neighbours that merely lie in it. */
export interface Layouts {
  readonly dialects: readonly Dialect[];
  readonly neighbours: readonly Neighbour[];
  /** The schema that is read. */
  readonly chosen: SchemaTables;
  /** All schemas of the file that could be read, the chosen one among them. */
  readonly candidates: readonly string[];
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

function dialectsOf(tables: Tables): readonly Dialect[] {
  const experiments = detectExperiments(tables);
  const dialects: Dialect[] = experiments === undefined ? [] : [experiments];
  return hasRunsOfItsOwn(tables, experiments) ? [...dialects, 'simulation-only'] : dialects;
}

/** Whether the tables that say what there is are known to be without a row. */
function isEmpty({ tables, empty }: SchemaTables): boolean {
  return rootTables.filter((table) => tables.has(table)).every((table) => empty.has(table));
}

/**
 * Decides what can be read; several layouts may share a file. Of several schemas that could be read the first
 * that has rows is chosen, `main` before all others. Without one that opens: a refusal that names the layout, or
 * what the tables found lack. With no tables at all and no log: `wal-missing`.
 */
export function detectLayouts(
  schemas: readonly SchemaTables[],
  file: DetectedFile,
): Result<Layouts, Refusal> {
  const candidates = schemas.filter(({ tables }) => dialectsOf(tables).length > 0);
  const chosen = candidates.find((schema) => !isEmpty(schema)) ?? candidates[0];
  if (chosen === undefined) return err(refuseTables(schemas, file));
  return ok({
    dialects: dialectsOf(chosen.tables),
    neighbours: findNeighbours(chosen.tables).map(({ neighbour }) => neighbour),
    chosen,
    candidates: candidates.map(({ schema }) => schema),
  });
}
