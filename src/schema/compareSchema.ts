import type { ActualColumn, ActualSchema, ActualTable } from './actualSchema.ts';
import { tableOrigin } from './legacy.ts';
import type { SchemaProblem } from './schemaProblem.ts';
import type { Table, TableColumn } from './table.ts';

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);

function columnProblems(table: string, expected: TableColumn, actual: ActualColumn): SchemaProblem[] {
  const place = { table, column: expected.name };
  const problems: SchemaProblem[] = [];
  if (actual.type !== expected.type) {
    problems.push({
      ...place,
      kind: 'wrong-type',
      expected: expected.type,
      actual: actual.type,
      blocking: true,
    });
  }
  if (actual.nullable !== expected.nullable) {
    // A column that must not be empty refuses records that leave it out; the other way round costs nothing.
    const wanted = expected.nullable ? 'NULL' : 'NOT NULL';
    problems.push({ ...place, kind: 'wrong-nullability', expected: wanted, blocking: expected.nullable });
  }
  const wantsDefault = expected.sequence !== undefined || expected.defaultValue !== undefined;
  if (wantsDefault && !actual.hasDefault) {
    // Records carry every value but the row number, which only the database can give.
    problems.push({ ...place, kind: 'missing-default', blocking: expected.sequence !== undefined });
  }
  return problems;
}

function tableProblems(expected: Table, actual: ActualTable): SchemaProblem[] {
  const table = expected.name;
  const problems: SchemaProblem[] = [];
  for (const column of expected.columns) {
    const found = actual.columns.find(({ name }) => name === column.name);
    if (found === undefined) {
      problems.push({ kind: 'missing-column', table, column: column.name, blocking: true });
    } else {
      problems.push(...columnProblems(table, column, found));
    }
  }
  for (const { name, nullable, hasDefault } of actual.columns) {
    if (expected.columns.some((column) => column.name === name)) continue;
    problems.push({ kind: 'unexpected-column', table, column: name, blocking: !nullable && !hasDefault });
  }
  if (!same(expected.primaryKey, actual.primaryKey)) {
    const { primaryKey } = actual;
    problems.push({
      kind: 'wrong-primary-key',
      table,
      expected: expected.primaryKey,
      actual: primaryKey,
      blocking: true,
    });
  }
  for (const key of expected.foreignKeys) {
    const isThere = actual.foreignKeys.some(
      (other) => other.table === key.table && same(other.columns, key.columns),
    );
    if (isThere) continue;
    const { columns, table: referenced } = key;
    problems.push({ kind: 'missing-foreign-key', table, columns, referenced, blocking: false });
  }
  const indexes = expected.indexes.map(({ name }) => name);
  for (const index of indexes.filter((name) => !actual.indexes.includes(name))) {
    problems.push({ kind: 'missing-index', table, index, blocking: false });
  }
  for (const index of actual.indexes.filter((name) => !indexes.includes(name))) {
    problems.push({ kind: 'unexpected-index', table, index, blocking: false });
  }
  return problems;
}

/** Every difference between the models and a database, in the order of the models. */
export function compareSchema(expected: readonly Table[], actual: ActualSchema): readonly SchemaProblem[] {
  const known = expected.flatMap((table): SchemaProblem[] => {
    const found = actual.find(({ name }) => name === table.name);
    return found === undefined
      ? [{ kind: 'missing-table', table: table.name, blocking: true }]
      : tableProblems(table, found);
  });
  const foreign = actual
    .filter(({ name }) => !expected.some((table) => table.name === name))
    .map(({ name }): SchemaProblem => {
      return { kind: 'unexpected-table', table: name, origin: tableOrigin(name), blocking: false };
    });
  return [...known, ...foreign];
}
