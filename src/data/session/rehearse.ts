import { installRelations } from '../../catalog/install.ts';
import { introspect, type SchemaTables } from '../../catalog/tables.ts';
import { probe } from '../../catalog/probe.ts';
import type { Engine } from '../../engine/engine.ts';
import { fileId } from '../../lib/ids.ts';
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { dayCosts } from '../../queries/fileFindings.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { listDetails, listDetailsCheap } from '../../queries/listDetails.ts';
import { runList } from '../../queries/runList.ts';
import { tables } from '../../schema/tables.ts';
import type { Table } from '../../schema/table.ts';
import { askDirectly } from '../askDirectly.ts';

const alias = 'memory';
const schema = 'rehearsal';
/** No open file has this id: they are counted from 1. */
const scope = { fileId: fileId('f0') };

/**
 * Opens and lists an empty experiment file, made of tables in the memory of an engine that waits for its first file.
 * The browser compiles each part of the engine when it is first used, and the engine fills its catalogue when that is
 * first read: three quarters of what opening costs, which are over then when the file comes. Stops before the next
 * statement once the engine is wanted, and leaves views without tables; opening a file replaces them all. `isBrief`: no
 * further than to the first rows of the list.
 */
export async function rehearse(engine: Engine, isWanted: () => boolean, isBrief = false): Promise<void> {
  if (isWanted()) return;
  const wanted = new Error('the engine is wanted');
  const own = askDirectly({
    ...engine,
    // A question may have many statements: it ends before the next one.
    query: (...statement) => (isWanted() ? Promise.reject(wanted) : engine.query(...statement)),
  });
  const file = { alias, schema, ...scope };
  let found: Pick<SchemaTables, 'tables' | 'views'> = { tables: new Map(), views: new Set() };
  const steps: readonly (() => Promise<unknown>)[] = [
    () => engine.run([sql`CREATE SCHEMA ${path}`]),
    ...tables.map((table) => () => engine.run(createWithRows(table))),
    async () => {
      found = (await introspect(engine, alias)).find((each) => each.schema === schema) ?? found;
    },
    () => installRelations(engine, [{ ...file, ...found }]),
    () => probe(own, { ...file, ...found }),
    () => experimentList.run(own, scope),
  ];
  const further: readonly (() => Promise<unknown>)[] = [
    () => listDetailsCheap.run(own, scope),
    () => dayCosts.run(own, { ...scope, withEvents: true }),
    () => runList.run(own, { ...scope, withOrphans: true }),
    () => listDetails.run(own, scope),
    // As the list asks: each statement has a connection to itself, and those are kept.
    () =>
      // All of them ended, whatever became of one: the engine is at rest then.
      Promise.allSettled([
        experimentList.run(own, scope),
        listDetailsCheap.run(own, scope),
        dayCosts.run(own, { ...scope, withEvents: true }),
        runList.run(own, { ...scope, withOrphans: true }),
      ]),
  ];
  try {
    for (const step of isBrief ? steps : [...steps, ...further]) {
      if (isWanted()) return;
      await step();
    }
  } catch (failure) {
    if (failure !== wanted) throw failure;
  } finally {
    await engine.run([sql`DROP SCHEMA IF EXISTS ${path} CASCADE`]);
  }
}

const path = join([alias, schema].map(ident), '.');

/** Of a text column that is not named here, a word: all rows are then about one experiment, one agent and one run. */
const texts: Readonly<Record<string, Sql>> = {
  config: sql`'{"name": "a"}'`,
  costs_per_agent: sql`'{"a": 1}'`,
  policies: sql`'{"a": {}}'`,
  event_data: sql`'{"agent_id": "a"}'`,
  details: sql`'{"amount": 1, "total": 1}'`,
};

/** Beside the word. */
const rowsOf: Readonly<Record<string, readonly string[]>> = {
  experiment_events: ['llm_interaction'],
  simulation_events: ['Arrival', 'CostAccrual'],
};

/**
 * Names and types alone, and a row or two with values in every column: operators without rows do not run, and rows
 * without the id of what they are about are in no relation.
 */
function createWithRows({ name, columns }: Table): readonly Sql[] {
  const table = sql`${path}.${ident(name)}`;
  const parts = columns.map((column) => sql`${ident(column.name)} ${trusted(column.type)}`);
  const row = (eventType: string): Sql => {
    const values = columns.map((column) => {
      if (column.name === 'event_type') return sql`${eventType}`;
      if (column.type === 'VARCHAR') return texts[column.name] ?? sql`'a'`;
      return column.type === 'TIMESTAMP' ? sql`TIMESTAMP '2026-01-01'` : sql`1`;
    });
    return sql`(${join(values, ', ')})`;
  };
  return [
    sql`CREATE TABLE ${table} (${join(parts, ', ')})`,
    sql`INSERT INTO ${table} VALUES ${join(['a', ...(rowsOf[name] ?? [])].map(row), ', ')}`,
  ];
}
