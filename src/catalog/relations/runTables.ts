import type { AttachedFile } from '../tables.ts';
import { readTable } from './tableReader.ts';

/** Id of the rows that hold policy templates: a catalogue, not a run (domain.md 2.14). */
export const templatesId = 'templates';

const key = [['simulation_id']] as const;

/** `simulation_runs` of A and of the command line; V0's has `run_id` and means something else. */
export function readRunsTable(file: AttachedFile) {
  return readTable(file, 'simulation_runs', key, 'r');
}

/** `simulations` in A's or B's shape. */
export function readSimulationsTable(file: AttachedFile) {
  return readTable(file, 'simulations', key, 's');
}
