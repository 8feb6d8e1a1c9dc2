import { describe, expect, it } from 'vitest';

import { createStatements, createTableText, dropStatements } from './ddl.ts';
import { deadTables, legacyTables, tableOrigin } from './compareSchema.ts';
import { tickQueueSnapshots } from './models/checkedTables.ts';
import { moneyColumns, tables } from './tables.ts';

const names = tables.map((table) => table.name);

describe('the tables', () => {
  it('are the 18 of the reference and a home for every proposal', () => {
    expect([...names].sort()).toEqual([
      'agent_queue_snapshots',
      'agent_state_registers',
      'collateral_events',
      'daily_agent_metrics',
      'experiment_events',
      'experiment_iterations',
      'experiments',
      'lsm_cycles',
      'policy_decisions',
      'policy_evaluations',
      'policy_snapshots',
      'schema_migrations',
      'simulation_checkpoints',
      'simulation_events',
      'simulation_runs',
      'simulations',
      'tick_agent_states',
      'tick_queue_snapshots',
      'transactions',
    ]);
  });

  it('never include a dead or a legacy one', () => {
    const statements = createStatements(tables).join('\n');
    for (const name of [...deadTables, ...legacyTables]) {
      expect(names).not.toContain(name);
      expect(statements).not.toContain(name);
    }
    expect(deadTables.map(tableOrigin)).toEqual(['dead', 'dead', 'dead']);
    expect(legacyTables.map(tableOrigin)).toEqual(['legacy', 'legacy']);
    expect(tableOrigin('notes')).toBe('unknown');
  });

  it('come after those they refer to, and refer to whole primary keys', () => {
    tables.forEach((table, position) => {
      for (const key of table.foreignKeys) {
        const parent = tables.findIndex((other) => other.name === key.table);
        expect(parent).toBeLessThan(position);
        expect(key.referenced).toEqual(tables[parent]?.primaryKey);
      }
    });
  });

  it('refer to a run or an experiment wherever they name one', () => {
    const children = tables.filter((table) =>
      table.columns.some(({ name }) => ['simulation_id', 'experiment_id'].includes(name)),
    );
    expect(children.filter((table) => table.foreignKeys.length === 0).map((table) => table.name)).toEqual([
      'experiments',
    ]);
  });

  it('have indexes that the engine can use and no key has already', () => {
    const indexes = tables.flatMap((table) => table.indexes.map((index) => ({ table, index })));
    expect(indexes.map(({ index }) => index.name).sort()).toEqual([
      'idx_cp_timestamp',
      'idx_exp_created',
      'idx_policy_hash',
      'idx_sim_started',
      'idx_sim_started_at',
    ]);
    for (const { table, index } of indexes) {
      const keys = [table.primaryKey, ...table.foreignKeys.map((key) => key.columns)];
      expect(index.columns).toHaveLength(1);
      expect(keys).not.toContainEqual(index.columns);
    }
  });

  it('hold money in 64-bit integers only', () => {
    const columns = tables.flatMap((table) => table.columns.map((column) => ({ table: table.name, column })));
    const money = columns.filter(({ column }) => column.unit === 'cents');
    expect(new Set(money.map(({ column }) => column.type))).toEqual(new Set(['BIGINT']));
    expect(money.map(({ table, column }) => ({ table, column: column.name }))).toEqual(moneyColumns);
    const named = columns.filter(({ column }) => /cost|amount|balance|cents/.test(column.name));
    const notMoney = named.filter(({ column }) => column.unit !== 'cents');
    // JSON of several amounts; each is read as integers by its column.
    expect(notMoney.map(({ table, column }) => `${table}.${column.name}`)).toEqual([
      'experiment_iterations.costs_per_agent',
      'policy_evaluations.cost_breakdown',
      'lsm_cycles.tx_amounts',
    ]);
  });
});

describe('the DDL', () => {
  it('says what the model says', () => {
    expect(createTableText(tickQueueSnapshots).replace(/\s+/g, ' ')).toBe(
      'CREATE TABLE "tick_queue_snapshots" ( "simulation_id" VARCHAR NOT NULL, "agent_id" VARCHAR NOT NULL, ' +
        '"tick" BIGINT NOT NULL, "queue_type" VARCHAR NOT NULL, "position" BIGINT NOT NULL, ' +
        '"tx_id" VARCHAR NOT NULL, ' +
        'PRIMARY KEY ("simulation_id", "agent_id", "tick", "queue_type", "position"), ' +
        'FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id") )',
    );
  });

  it('makes sequences before tables and drops children before parents', () => {
    const create = createStatements(tables);
    const lastSequence = create.findLastIndex((text) => text.startsWith('CREATE SEQUENCE'));
    expect(lastSequence).toBe(3);
    expect(create.findIndex((text) => text.startsWith('CREATE TABLE'))).toBe(4);
    const drop = dropStatements(tables);
    expect(drop.slice(0, names.length)).toEqual(
      [...names].reverse().map((name) => `DROP TABLE IF EXISTS "${name}"`),
    );
    expect(drop).toHaveLength(names.length + 4);
  });
});
