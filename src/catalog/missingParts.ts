import { tables as knownTables } from '../schema/tables.ts';
import { hasColumns, type SchemaTables } from './tables.ts';

/** Tables that say what a file holds, with the columns of which one is their key (domain.md 11.6). */
const keys = {
  experiments: ['experiment_id', 'run_id'],
  simulation_runs: ['simulation_id'],
  simulations: ['simulation_id'],
} as const;

export const rootTables = Object.keys(keys) as readonly (keyof typeof keys)[];

const known: ReadonlySet<string> = new Set(knownTables.map(({ name }) => name));

/** A table as the reader would write it: with its schema, unless that is `main`. */
export function qualified(schema: string, table: string): string {
  return schema === 'main' ? table : `${schema}.${table}`;
}

/**
 * What a schema without a layout that opens would need, a clause each: the key of a table that is there, or the
 * table that others of the family belong to.
 */
export function missingParts({ schema, tables }: SchemaTables): readonly string[] {
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
