/** INV-1: money is a whole number of cents, in every column and inside every event. */
import { join, sql, type Sql } from '../../lib/sql.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { moneyColumns } from '../../schema/tables.ts';
import type { StoredEvent } from './details.ts';
import type { Violation } from '../answers/resimulation.ts';

/** Numbers of an event that are no money and may have a fraction. */
const fractions: ReadonlySet<string> = new Set(['fraction', 'old_value', 'new_value']);

function* numbersIn(key: string, value: Json): Generator<readonly [string, number]> {
  if (typeof value === 'number') yield [key, value];
  else if (Array.isArray(value)) for (const item of value) yield* numbersIn(key, item);
  else if (typeof value === 'object' && value !== null) yield* numbersOf(value);
}

function* numbersOf(details: JsonObject): Generator<readonly [string, number]> {
  for (const [key, value] of Object.entries(details)) yield* numbersIn(key, value);
}

/** Every number of an event but the few that are shares or registers must be a whole one. */
export function checkMoneyOfEvents(subject: string, events: Iterable<StoredEvent>): readonly Violation[] {
  const violations: Violation[] = [];
  for (const { tick, eventType, details } of events) {
    for (const [key, value] of numbersOf(details)) {
      if (fractions.has(key) || Number.isSafeInteger(value)) continue;
      violations.push({
        invariant: 'INV-1',
        subject,
        message: `tick ${tick}, ${eventType}: ${key} is ${value}`,
        tick,
      });
    }
  }
  return violations;
}

/**
 * One row per money column that exists, with its type: `BIGINT` is the only right answer. Columns of JSON text
 * are read through their models, which refuse anything but integers.
 */
export function moneyColumnTypes(): Sql {
  const wanted = join(
    moneyColumns.map(({ table, column }) => sql`(${table}, ${column})`),
    ', ',
  );
  return sql`SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_catalog = current_database() AND (table_name, column_name) IN (${wanted})
    ORDER BY table_name, column_name`;
}

/** What `moneyColumnTypes` answers, judged. */
export function checkMoneyColumns(
  columns: readonly { readonly tableName: string; readonly columnName: string; readonly dataType: string }[],
): readonly Violation[] {
  const found = new Set(columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`));
  const absent = moneyColumns
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !found.has(name))
    .map((subject): Violation => ({ invariant: 'INV-1', subject, message: 'the column is missing' }));
  return [...absent, ...checkMoneyTypes(columns)];
}

/** Money columns among these that are not `BIGINT`; other columns are let be. */
export function checkMoneyTypes(
  columns: readonly { readonly tableName: string; readonly columnName: string; readonly dataType: string }[],
): readonly Violation[] {
  const money = new Set(moneyColumns.map(({ table, column }) => `${table}.${column}`));
  return columns
    .filter(({ tableName, columnName }) => money.has(`${tableName}.${columnName}`))
    .filter(({ dataType }) => dataType !== 'BIGINT')
    .map(({ tableName, columnName, dataType }): Violation => ({
      invariant: 'INV-1',
      subject: `${tableName}.${columnName}`,
      message: `${dataType} instead of BIGINT`,
      table: tableName,
    }));
}
