import { readActualSchema } from '../engine/actualSchema.ts';
import type { Engine } from '../engine/engine.ts';
import { int, nullable, queryRows, text } from '../engine/rows.ts';
import { sql, trusted, type Sql } from '../lib/sql.ts';
import { compareSchema, describeProblem, type SchemaProblem } from '../schema/compareSchema.ts';
import { createStatements, createTableText, dropStatements } from '../schema/ddl.ts';
import { naiveTimeOf, type NaiveTime } from '../lib/storedTime.ts';
import { tables } from '../schema/tables.ts';
import { schemaMigrations, schemaVersion } from '../schema/version.ts';
import { createExperimentRepository, type ExperimentRepository } from './experimentRepository.ts';
import { insertRecords, inTransaction } from './records.ts';
import {
  createSimulationPersister,
  type SimulationPersister,
  defaultPersistencePolicy,
  type PersistencePolicy,
} from './simulationPersister.ts';

/** The database is of another layout; it was left as it is. */
export class SchemaMismatchError extends Error {
  override readonly name = 'SchemaMismatchError';
  readonly problems: readonly SchemaProblem[];
  constructor(problems: readonly SchemaProblem[]) {
    super(`not a database of the unified schema: ${problems.map(describeProblem).join('; ')}`);
    this.problems = problems;
  }
}

/** A later release wrote the database; it was left as it is. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  constructor(found: number) {
    super(`the database has schema version ${found}; this release writes version ${schemaVersion}`);
  }
}

/** The file's storage version is one that browsers and older engines cannot read. */
export class StorageVersionError extends Error {
  override readonly name = 'StorageVersionError';
  constructor(found: string) {
    super(`the file has storage version ${found}; the unified schema is written as v1.0.0 only`);
  }
}

/** Makes, checks, upgrades and removes the tables of the unified schema in an engine's current database. */
export interface DatabaseManager {
  /** All tables in an empty database. */
  create(): Promise<void>;
  /** Every difference from the models; those that are `blocking` keep us from writing. */
  validate(): Promise<readonly SchemaProblem[]>;
  /** Version recorded in the file; 0 where none is. */
  version(): Promise<number>;
  /** Runs the steps that are missing, all or none; returns their numbers. */
  migrate(): Promise<readonly number[]>;
  /** Removes our tables, children first; others stay. */
  drop(): Promise<void>;
  /** Whatever of the above makes the database ready to write. */
  prepare(): Promise<void>;
}

/** A table of another layout under one of our names; no step turns it into ours. */
const isForeign = ({ kind }: SchemaProblem): boolean => kind === 'wrong-primary-key' || kind === 'wrong-type';

/** `v1.0.0+` is how DuckDB names what every engine from 1.0 on reads; a database in memory has no version. */
const readableEverywhere = 'v1.0.0+';

export function createDatabaseManager(engine: Engine, clock: () => NaiveTime): DatabaseManager {
  const record = (version: number, description: string): Promise<void> =>
    insertRecords(engine, schemaMigrations, [{ version, appliedAt: clock(), description }]);
  const validate = async () => compareSchema(tables, await readActualSchema(engine));
  const hasTable = async (name: string) =>
    (await readActualSchema(engine)).some((table) => table.name === name);

  const requireReadableStorage = async (): Promise<void> => {
    const [database] = await queryRows(
      engine,
      sql`SELECT tags['storage_version'] AS storage FROM duckdb_databases()
          WHERE database_name = current_database()`,
      { storage: nullable(text) },
    );
    const storage = database?.storage;
    if (storage !== undefined && storage !== readableEverywhere) throw new StorageVersionError(storage);
  };

  const version = async (): Promise<number> => {
    if (!(await hasTable(schemaMigrations.name))) return 0;
    const [row] = await queryRows(
      engine,
      sql`SELECT coalesce(max(version), 0) AS version FROM schema_migrations`,
      { version: int },
    );
    return row?.version ?? 0;
  };

  const create = (): Promise<void> =>
    inTransaction(engine, async () => {
      for (const statement of createStatements(tables)) await engine.query(trusted(statement));
      await record(schemaVersion, 'created');
    });

  const migrate = (): Promise<readonly number[]> =>
    inTransaction(engine, async () => {
      const from = await version();
      if (from > schemaVersion) throw new NewerSchemaError(from);
      const foreign = (await validate()).filter(isForeign);
      if (foreign.length > 0) throw new SchemaMismatchError(foreign);
      const missing = migrations.filter((step) => step.version > from);
      if (!(await hasTable(schemaMigrations.name))) {
        await engine.query(trusted(createTableText(schemaMigrations)));
      }
      for (const step of missing) {
        for (const statement of step.statements) await engine.query(statement);
        await record(step.version, step.description);
      }
      const blocking = (await validate()).filter((problem) => problem.blocking);
      if (blocking.length > 0) throw new SchemaMismatchError(blocking);
      return missing.map((step) => step.version);
    });

  return {
    create,
    validate,
    version,
    migrate,
    async drop() {
      for (const statement of dropStatements(tables)) await engine.query(trusted(statement));
    },
    async prepare() {
      await requireReadableStorage();
      if ((await readActualSchema(engine)).length === 0) await create();
      else await migrate();
    },
  };
}

/** A numbered step from one schema version to the next. Once released, its statements never change. */
interface Migration {
  readonly version: number;
  readonly description: string;
  readonly statements: readonly Sql[];
}

/**
 * Steps 1 to 4 are the reference's own numbers (domain.md 2.1), so ours begin at 5. Each step can be repeated:
 * files of the reference record no version. Foreign keys cannot be added to a table that exists.
 */
export const migrations: readonly Migration[] = [
  {
    version: 5,
    description: 'experiments, and the columns that link simulation runs to them',
    statements: [
      sql`CREATE SEQUENCE IF NOT EXISTS experiment_events_id_seq START 1`,
      sql`CREATE TABLE IF NOT EXISTS experiments (
        experiment_id VARCHAR NOT NULL, experiment_name VARCHAR NOT NULL, experiment_type VARCHAR NOT NULL,
        config VARCHAR NOT NULL, scenario_path VARCHAR, master_seed BIGINT NOT NULL,
        created_at TIMESTAMP NOT NULL, completed_at TIMESTAMP, num_iterations BIGINT NOT NULL DEFAULT 0,
        converged BOOLEAN NOT NULL DEFAULT false, convergence_reason VARCHAR, final_cost BIGINT, best_cost BIGINT,
        PRIMARY KEY (experiment_id))`,
      sql`CREATE INDEX IF NOT EXISTS idx_exp_created ON experiments (created_at)`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS total_settlements BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS total_cost BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS duration_seconds DOUBLE`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS experiment_id VARCHAR`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS iteration BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS sample_index BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS run_purpose VARCHAR`,
      sql`CREATE TABLE IF NOT EXISTS experiment_iterations (
        experiment_id VARCHAR NOT NULL, iteration BIGINT NOT NULL, costs_per_agent VARCHAR NOT NULL,
        accepted_changes VARCHAR NOT NULL, policies VARCHAR NOT NULL, "timestamp" VARCHAR NOT NULL,
        evaluation_simulation_id VARCHAR, PRIMARY KEY (experiment_id, iteration),
        FOREIGN KEY (experiment_id) REFERENCES experiments (experiment_id),
        FOREIGN KEY (evaluation_simulation_id) REFERENCES simulation_runs (simulation_id))`,
      sql`CREATE TABLE IF NOT EXISTS experiment_events (
        id INTEGER NOT NULL DEFAULT nextval('experiment_events_id_seq'), experiment_id VARCHAR NOT NULL,
        iteration BIGINT NOT NULL, event_type VARCHAR NOT NULL, event_data VARCHAR NOT NULL,
        "timestamp" VARCHAR NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY (experiment_id) REFERENCES experiments (experiment_id))`,
    ],
  },
  {
    version: 6,
    description: 'policy_evaluations: a home for every proposal, accepted or rejected',
    statements: [
      sql`CREATE TABLE IF NOT EXISTS policy_evaluations (
        experiment_id VARCHAR NOT NULL, iteration BIGINT NOT NULL, agent_id VARCHAR NOT NULL,
        evaluation_mode VARCHAR NOT NULL, proposed_policy VARCHAR NOT NULL, old_cost BIGINT NOT NULL,
        new_cost BIGINT NOT NULL, context_simulation_cost BIGINT NOT NULL, accepted BOOLEAN NOT NULL,
        acceptance_reason VARCHAR NOT NULL, delta_sum BIGINT NOT NULL, num_samples BIGINT NOT NULL,
        sample_details VARCHAR, scenario_seed BIGINT, "timestamp" VARCHAR NOT NULL, settlement_rate DOUBLE,
        avg_delay DOUBLE, cost_breakdown VARCHAR, cost_std_dev BIGINT, confidence_interval_95 VARCHAR,
        agent_stats VARCHAR, PRIMARY KEY (experiment_id, iteration, agent_id),
        FOREIGN KEY (experiment_id, iteration) REFERENCES experiment_iterations (experiment_id, iteration))`,
    ],
  },
];

export interface UnifiedDatabase {
  readonly engine: Engine;
  readonly manager: DatabaseManager;
  readonly experiments: ExperimentRepository;
  readonly simulations: SimulationPersister;
}

interface UnifiedDatabaseOptions {
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
