import type { Dialect } from '../domain/experiment/normalised.ts';
import type { Refusal } from '../domain/refusal.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { tables as knownTables } from '../schema/tables.ts';
import { headBytes } from '../source/header.ts';
import { walMissing } from '../source/walRefusals.ts';
import { hasColumns, type SchemaTables, type Tables } from './tables.ts';

/** Layouts of the same family that are recognised and not read (domain.md 3.8). */
type Neighbour = 'V0' | 'V1' | 'web-game' | 'game';

interface Portrait {
  readonly neighbour: Neighbour;
  /** Who it is, ending a sentence that begins "This is". */
  readonly who: string;
  readonly why: string;
  isIn(tables: Tables): boolean;
}

/** In the order of domain.md 11.6. */
const portraits: readonly Portrait[] = [
  {
    neighbour: 'V0',
    who: 'a V0 castro file of early December 2025 (table experiment_config)',
    why: 'Its tables simulation_runs and policy_iterations share their names with later layouts, but count iterations from 1 and mean other things.',
    isIn: (tables) => hasColumns(tables, 'experiment_config', 'experiment_id'),
  },
  {
    neighbour: 'V1',
    who: 'a V1 castro events file of December 2025 (table experiment_runs)',
    why: 'It keeps a log of events without the policies and costs of each iteration.',
    isIn: (tables) => hasColumns(tables, 'experiment_runs', 'run_id'),
  },
  {
    neighbour: 'web-game',
    who: 'a web game file (tables days and optimization_prompts)',
    why: 'It holds the days of one game, not the iterations of an experiment.',
    isIn: (tables) => hasColumns(tables, 'days', 'day') && tables.has('optimization_prompts'),
  },
  {
    neighbour: 'game',
    who: 'a game file (table game_sessions)',
    why: 'It holds sessions of the game, whose costs are not integer cents.',
    isIn: (tables) => hasColumns(tables, 'game_sessions', 'game_id'),
  },
];

function findNeighbours(tables: Tables): readonly Portrait[] {
  return portraits.filter((portrait) => portrait.isIn(tables));
}

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

/** What the opener knows of the file besides its tables. */
export interface DetectedFile {
  readonly name: string;
  /** Of the database alone, without its WAL; absent when a server did not say. */
  readonly sizeBytes?: number;
  readonly hasWal: boolean;
}

const namesShown = 12;

const wayOut =
  'Open a file with the table experiments (keyed by experiment_id or run_id), or one with simulation runs (table simulation_runs or simulations, keyed by simulation_id).';

function listNames(names: readonly string[]): string {
  const rest = names.length - namesShown;
  return names.slice(0, namesShown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function refuseWithoutTables(file: DetectedFile): Refusal {
  if (!file.hasWal) return walMissing(file.name, (file.sizeBytes ?? headBytes) - headBytes);
  return {
    code: 'no-known-tables',
    subject: file.name,
    what: `${file.name} holds no tables.`,
    why: 'Neither the file nor its WAL has any: the process stopped before it made the first one.',
    wayOut,
  };
}

/** The refusal of a file none of whose tables Iterscope reads. */
function refuseTables(schemas: readonly SchemaTables[], file: DetectedFile): Refusal {
  const names = schemas.flatMap(({ schema, tables }) =>
    [...tables.keys()].map((table) => qualified(schema, table)),
  );
  if (names.length === 0) return refuseWithoutTables(file);
  const neighbours = schemas.flatMap(({ tables }) => findNeighbours(tables));
  const common = { code: 'no-known-tables', subject: file.name, wayOut } as const;
  if (neighbours.length > 0) {
    return {
      ...common,
      what: `${file.name} is ${neighbours.map(({ who }) => who).join(', and ')}.`,
      why: `${neighbours.map(({ why }) => why).join(' ')} Iterscope recognises it and does not read it.`,
    };
  }
  const missing = schemas.flatMap(missingParts);
  if (missing.length > 0) {
    return {
      ...common,
      what: `${file.name} lacks what makes an experiment or a run readable.`,
      why: `${missing.join('; ')}. Its tables: ${listNames(names)}.`,
    };
  }
  return {
    ...common,
    what: `${file.name} holds no experiment.`,
    why: `It is a DuckDB file with other tables: ${listNames(names)}.`,
  };
}

/** Tables that say what a file holds, with the columns of which one is their key (domain.md 11.6). */
const keys = {
  experiments: ['experiment_id', 'run_id'],
  simulation_runs: ['simulation_id'],
  simulations: ['simulation_id'],
} as const;

const rootTables = Object.keys(keys) as readonly (keyof typeof keys)[];

const known: ReadonlySet<string> = new Set(knownTables.map(({ name }) => name));

/** A table as the reader would write it: with its schema, unless that is `main`. */
function qualified(schema: string, table: string): string {
  return schema === 'main' ? table : `${schema}.${table}`;
}

/**
 * What a schema without a layout that opens would need, a clause each: the key of a table that is there, or the
 * table that others of the family belong to.
 */
function missingParts({ schema, tables }: SchemaTables): readonly string[] {
  const roots = rootTables.filter((table) => tables.has(table));
  const keyless = roots
    .filter((table) => !keys[table].some((column) => hasColumns(tables, table, column)))
    .map((table) => `${qualified(schema, table)} lacks the column ${keys[table].join(' or ')}`);
  if (roots.length > 0) return keyless;
  const children = [...tables.keys()].filter((table) => known.has(table));
  const [first] = children;
  if (first === undefined) return [];
  const ofExperiments = children.some((table) => /^(experiment|policy)_/.test(table));
  const parent = ofExperiments ? 'experiments' : 'simulation_runs or simulations';
  return [`the table ${qualified(schema, parent)}, to which ${first} belongs, is missing`];
}
