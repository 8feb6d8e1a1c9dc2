import type { Sql } from '../../lib/sql.ts';
import type { RelationName } from '../relations.ts';
import type { AttachedFile } from '../tables.ts';
import { evaluations } from './evaluations.ts';
import { experimentEvents } from './experimentEvents.ts';
import { experiments } from './experiments.ts';
import { iterationCosts } from './iterationCosts.ts';
import { iterations } from './iterations.ts';
import { orphanRuns } from './orphanRuns.ts';
import { simulationEvents } from './simulationEvents.ts';
import { simulationRuns } from './simulationRuns.ts';
import { transactions } from './transactions.ts';
import { storedTableBuilders } from './storedTables.ts';
import { storedTypes } from './storedTypes.ts';

/** The relation over one attached file, or undefined where the file has no table for it. */
export type RelationBuilder = (file: AttachedFile) => Sql | undefined;

/** Every relation with its builder, parents first. */
export const relationBuilders: readonly (readonly [RelationName, RelationBuilder])[] = [
  ['experiments', experiments],
  ['iterations', iterations],
  ['iteration_costs', iterationCosts],
  ['experiment_events', experimentEvents],
  ['evaluations', evaluations],
  ['simulation_runs', simulationRuns],
  ['simulation_events', simulationEvents],
  ['transactions', transactions],
  ['orphan_runs', orphanRuns],
  ['stored_types', storedTypes],
  ...storedTableBuilders,
];
