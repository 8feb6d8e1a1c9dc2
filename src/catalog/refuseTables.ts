import type { Refusal } from '../domain/refusal.ts';
import { headBytes } from '../source/header.ts';
import { walMissing } from '../source/walRefusals.ts';
import { missingParts, qualified } from './missingParts.ts';
import { findNeighbours } from './neighbours.ts';
import type { SchemaTables } from './tables.ts';

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
export function refuseTables(schemas: readonly SchemaTables[], file: DetectedFile): Refusal {
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
