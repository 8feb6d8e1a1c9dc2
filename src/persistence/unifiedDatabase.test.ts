import { describe, expect, it } from 'vitest';

import { queryRows, text } from '../engine/rows.ts';
import type { Engine } from '../engine/engine.ts';
import { sql, trusted, type Sql } from '../lib/sql.ts';
import { createTableText } from '../schema/ddl.ts';
import { policyEvaluations } from '../schema/models/experiments.ts';
import { describeProblem } from '../schema/compareSchema.ts';
import { tables } from '../schema/tables.ts';
import { schemaVersion } from '../schema/version.ts';
import { describeEngines } from '../testing/describeEngines.ts';
import { testTime } from '../testing/unifiedRecords.ts';
import {
  createDatabaseManager,
  NewerSchemaError,
  SchemaMismatchError,
  migrations,
  openUnifiedDatabase,
} from './unifiedDatabase.ts';
const managerOf = (engine: Engine) => createDatabaseManager(engine, () => testTime);
const run = async (engine: Engine, ...statements: readonly Sql[]): Promise<void> => {
  for (const statement of statements) await engine.query(statement);
};
const namesOf = async (engine: Engine, catalog: Sql): Promise<readonly string[]> =>
  (await queryRows(engine, sql`SELECT name FROM (${catalog}) ORDER BY name`, { name: text })).map(
    (row) => row.name,
  );
const tableNames = sql`SELECT table_name AS name FROM duckdb_tables()`;

describe('versions', () => {
  it('end with the version of the models', () => {
    const versions = migrations.map((step) => step.version);
    expect(versions).toEqual([5, 6]);
    expect(versions.at(-1)).toBe(schemaVersion);
  });
});

describeEngines('database manager', (engine) => {
  it('creates a database that is exactly what the models say', async () => {
    const manager = managerOf(engine());
    await manager.create();
    expect(await manager.validate()).toEqual([]);
    expect(await manager.version()).toBe(schemaVersion);
    expect(await namesOf(engine(), tableNames)).toEqual(tables.map((table) => table.name).sort());
    const indexes = await namesOf(engine(), sql`SELECT index_name AS name FROM duckdb_indexes()`);
    expect(indexes).toEqual(tables.flatMap((table) => table.indexes.map(({ name }) => name)).sort());
  });

  it('drops its own tables and sequences and leaves others alone', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(engine(), sql`CREATE TABLE my_notes (note VARCHAR)`);
    await manager.drop();
    expect(await namesOf(engine(), tableNames)).toEqual(['my_notes']);
    expect(await namesOf(engine(), sql`SELECT sequence_name AS name FROM duckdb_sequences()`)).toEqual([]);
    await run(engine(), sql`DROP TABLE my_notes`);
  });

  it('names everything that is wrong', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(
      engine(),
      sql`DROP TABLE policy_evaluations`,
      sql`DROP TABLE tick_queue_snapshots`,
      sql`CREATE TABLE tick_queue_snapshots (simulation_id VARCHAR, agent_id VARCHAR NOT NULL, tick INTEGER NOT NULL,
            "position" BIGINT NOT NULL, tx_id VARCHAR NOT NULL, remark VARCHAR, author VARCHAR NOT NULL,
            PRIMARY KEY (agent_id, tick))`,
      sql`DROP TABLE simulations`,
      sql`CREATE TABLE simulations AS SELECT 1 AS simulation_id`,
      sql`DROP INDEX idx_exp_created`,
      sql`CREATE INDEX idx_exp_converged ON experiments (converged)`,
      sql`ALTER TABLE experiment_events ALTER COLUMN id DROP DEFAULT`,
      sql`CREATE TABLE game_sessions (game_id VARCHAR)`,
      sql`CREATE TABLE policy_diffs (game_id VARCHAR)`,
      sql`CREATE TABLE my_notes (note VARCHAR)`,
    );
    const problems = await manager.validate();
    const lines = problems.map((problem) => `${problem.blocking ? '!' : ' '} ${describeProblem(problem)}`);
    expect(lines.filter((line) => !line.includes('simulations'))).toEqual([
      '  index idx_exp_created of experiments is missing',
      '  index idx_exp_converged of experiments is unexpected',
      '! column experiment_events.id has no default',
      '! table policy_evaluations is missing',
      '  column tick_queue_snapshots.simulation_id should be NOT NULL',
      '! column tick_queue_snapshots.tick is INTEGER, expected BIGINT',
      '! column tick_queue_snapshots.queue_type is missing',
      '  column tick_queue_snapshots.remark is unexpected',
      '! column tick_queue_snapshots.author is unexpected',
      '! primary key of tick_queue_snapshots is (agent_id, tick), ' +
        'expected (simulation_id, agent_id, tick, queue_type, position)',
      '  foreign key of tick_queue_snapshots (simulation_id) to simulation_runs is missing',
      '  table game_sessions is unexpected (legacy)',
      '  table my_notes is unexpected',
      '  table policy_diffs is unexpected (dead)',
    ]);
    expect(lines).toContain('! column simulations.simulation_id is INTEGER, expected VARCHAR');
    expect(lines).toContain('! primary key of simulations is (), expected (simulation_id)');
    await run(
      engine(),
      sql`DROP TABLE game_sessions`,
      sql`DROP TABLE policy_diffs`,
      sql`DROP TABLE my_notes`,
    );
  });

  it('tells a column that refuses empty values from one that takes them', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(
      engine(),
      sql`DROP TABLE policy_evaluations`,
      trusted(
        createTableText(policyEvaluations).replace('"avg_delay" DOUBLE', '"avg_delay" DOUBLE NOT NULL'),
      ),
    );
    expect(await manager.validate()).toEqual([
      {
        kind: 'wrong-nullability',
        table: 'policy_evaluations',
        column: 'avg_delay',
        expected: 'NULL',
        blocking: true,
      },
    ]);
  });

  it('brings a command-line file of the reference up to date, rows kept', async () => {
    const manager = managerOf(engine());
    await manager.create();
    const later = ['policy_evaluations', 'experiment_events', 'experiment_iterations', 'simulations'];
    for (const name of later) await run(engine(), sql`DROP TABLE ${trusted(name)}`);
    // As main's command line makes it: no foreign keys, none of the seven linking columns.
    const children = tables.filter((table) =>
      table.foreignKeys.some((key) => key.table === 'simulation_runs'),
    );
    for (const table of children) await run(engine(), sql`DROP TABLE IF EXISTS ${trusted(table.name)}`);
    await run(
      engine(),
      sql`DROP TABLE simulation_runs`,
      sql`DROP TABLE experiments`,
      sql`DROP SEQUENCE experiment_events_id_seq`,
      sql`CREATE TABLE simulation_runs (simulation_id VARCHAR, config_name VARCHAR NOT NULL,
            config_hash VARCHAR NOT NULL, description VARCHAR, start_time TIMESTAMP NOT NULL, end_time TIMESTAMP,
            ticks_per_day BIGINT NOT NULL, num_days BIGINT NOT NULL, rng_seed BIGINT NOT NULL,
            status VARCHAR NOT NULL, total_transactions BIGINT NOT NULL, PRIMARY KEY (simulation_id))`,
      sql`CREATE INDEX idx_sim_started ON simulation_runs (start_time)`,
      sql`INSERT INTO simulation_runs VALUES ('sim-1', 'c', '', NULL, now()::TIMESTAMP, NULL, 2, 1, 42, 'completed', 7)`,
      sql`DELETE FROM schema_migrations`,
    );
    for (const table of children) {
      if (later.includes(table.name) && table.name !== 'simulations') continue;
      await run(engine(), trusted(createTableText({ ...table, foreignKeys: [] })));
    }

    expect(await manager.version()).toBe(0);
    expect(await manager.migrate()).toEqual([5, 6]);

    expect(await manager.version()).toBe(6);
    expect((await manager.validate()).filter((problem) => problem.blocking)).toEqual([]);
    const { simulations, experiments } = await openUnifiedDatabase(engine());
    const [old] = await queryRows(engine(), sql`SELECT simulation_id FROM simulation_runs`, {
      simulationId: text,
    });
    expect(old?.simulationId).toBe('sim-1');
    expect(await experiments.list()).toEqual([]);
    expect(simulations.levelFor('evaluation')).toBe('full');
    expect(await manager.migrate()).toEqual([]);
  });

  it('adds only what is missing to a file that has experiments', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(engine(), sql`DROP TABLE policy_evaluations`, sql`UPDATE schema_migrations SET version = 5`);
    expect(await manager.migrate()).toEqual([6]);
    // A migrated table is the same as a new one.
    expect(await manager.validate()).toEqual([]);
  });

  it('leaves a file of another layout as it was', async () => {
    await run(
      engine(),
      sql`CREATE TABLE experiments (run_id VARCHAR PRIMARY KEY, config VARCHAR NOT NULL)`,
      sql`CREATE TABLE simulation_runs (run_id VARCHAR PRIMARY KEY)`,
    );
    const before = await namesOf(engine(), tableNames);
    await expect(openUnifiedDatabase(engine())).rejects.toThrow(SchemaMismatchError);
    await expect(openUnifiedDatabase(engine())).rejects.toThrow(
      'primary key of experiments is (run_id), expected (experiment_id)',
    );
    expect(await namesOf(engine(), tableNames)).toEqual(before);
    expect(await managerOf(engine()).version()).toBe(0);
  });

  it('says what keeps it from writing', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(engine(), sql`ALTER TABLE schema_migrations ADD COLUMN note VARCHAR`);
    await expect(manager.prepare()).resolves.toBeUndefined();
    await run(engine(), sql`ALTER TABLE transactions DROP COLUMN status`);
    await expect(manager.prepare()).rejects.toThrow(SchemaMismatchError);
    await expect(manager.prepare()).rejects.toThrow('column transactions.status is missing');
  });

  it('leaves a file of a later release alone', async () => {
    const manager = managerOf(engine());
    await manager.create();
    await run(engine(), sql`INSERT INTO schema_migrations VALUES (99, now()::TIMESTAMP, 'the future')`);
    await expect(openUnifiedDatabase(engine())).rejects.toThrow(NewerSchemaError);
    await expect(openUnifiedDatabase(engine())).rejects.toThrow('schema version 99');
  });
});
