import type { Engine } from '../engine/engine.ts';
import { naiveTimeOf, type NaiveTime } from '../schema/naiveTime.ts';
import { defaultPersistencePolicy, type PersistencePolicy } from './simulationRecord.ts';
import { createDatabaseManager, type DatabaseManager } from './databaseManager.ts';
import { createExperimentRepository, type ExperimentRepository } from './experimentRepository.ts';
import { createSimulationPersister, type SimulationPersister } from './simulationPersister.ts';

export interface UnifiedDatabase {
  readonly engine: Engine;
  readonly manager: DatabaseManager;
  readonly experiments: ExperimentRepository;
  readonly simulations: SimulationPersister;
}

export interface UnifiedDatabaseOptions {
  readonly policy?: PersistencePolicy;
  /** Wall clock of `created_at` columns; a fixed one makes files repeatable. */
  readonly clock?: () => NaiveTime;
}

/**
 * The unified schema on an engine's current database: made when the database is empty, migrated when it is
 * older, refused (`SchemaMismatchError`) when it is something else. The engine stays the caller's to close.
 */
export async function openUnifiedDatabase(
  engine: Engine,
  options: UnifiedDatabaseOptions = {},
): Promise<UnifiedDatabase> {
  const policy = options.policy ?? defaultPersistencePolicy;
  const clock = options.clock ?? (() => naiveTimeOf(new Date()));
  const manager = createDatabaseManager(engine, clock);
  await manager.prepare();
  const simulations = createSimulationPersister(engine, policy, clock);
  return {
    engine,
    manager,
    simulations,
    experiments: createExperimentRepository(engine, simulations, policy),
  };
}
