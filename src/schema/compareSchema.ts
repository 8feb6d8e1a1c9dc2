import type { Table, TableColumn } from './table.ts';

/** What a database says about itself. */
interface ActualColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
}

export interface ActualTable {
  readonly name: string;
  readonly columns: readonly ActualColumn[];
  /** Empty where there is none. */
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly table: string }[];
  readonly indexes: readonly string[];
}

export type ActualSchema = readonly ActualTable[];

/**
 * Tables of other layouts that may stand beside ours. Legacy ones are recognised and left alone; dead ones
 * were given up by the reference (domain.md 2.18). None of them is ever created.
 */
export const legacyTables = ['game_sessions', 'policy_iterations'] as const;
export const deadTables = ['llm_interaction_log', 'policy_diffs', 'iteration_context'] as const;

type TableOrigin = 'legacy' | 'dead' | 'unknown';

/** What a table that is not ours is. */
export function tableOrigin(name: string): TableOrigin {
  if (legacyTables.some((known) => known === name)) return 'legacy';
  return deadTables.some((known) => known === name) ? 'dead' : 'unknown';
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

interface Place {
  readonly table: string;
  /** Nothing of ours can be written, or read back, while it stands. */
  readonly blocking: boolean;
}
interface ColumnPlace extends Place {
  readonly column: string;
}

/** One difference between a database and the models. */
export type SchemaProblem =
  | (Place & { readonly kind: 'missing-table' })
  | (Place & { readonly kind: 'unexpected-table'; readonly origin: TableOrigin })
  | (ColumnPlace & { readonly kind: 'missing-column' })
  | (ColumnPlace & { readonly kind: 'unexpected-column' })
  | (ColumnPlace & { readonly kind: 'wrong-type'; readonly expected: string; readonly actual: string })
  | (ColumnPlace & { readonly kind: 'wrong-nullability'; readonly expected: 'NULL' | 'NOT NULL' })
  | (ColumnPlace & { readonly kind: 'missing-default' })
  | (Place & {
      readonly kind: 'wrong-primary-key';
      readonly expected: readonly string[];
      readonly actual: readonly string[];
    })
  | (Place & {
      readonly kind: 'missing-foreign-key';
      readonly columns: readonly string[];
      readonly referenced: string;
    })
  | (Place & { readonly kind: 'missing-index'; readonly index: string })
  | (Place & { readonly kind: 'unexpected-index'; readonly index: string });

/** One line that names the place and what is wrong with it. */
export function describeProblem(problem: SchemaProblem): string {
  const { table } = problem;
  switch (problem.kind) {
    case 'missing-table':
      return `table ${table} is missing`;
    case 'unexpected-table':
      return problem.origin === 'unknown'
        ? `table ${table} is unexpected`
        : `table ${table} is unexpected (${problem.origin})`;
    case 'missing-column':
      return `column ${table}.${problem.column} is missing`;
    case 'unexpected-column':
      return `column ${table}.${problem.column} is unexpected`;
    case 'wrong-type':
      return `column ${table}.${problem.column} is ${problem.actual}, expected ${problem.expected}`;
    case 'wrong-nullability':
      return `column ${table}.${problem.column} should be ${problem.expected}`;
    case 'missing-default':
      return `column ${table}.${problem.column} has no default`;
    case 'wrong-primary-key':
      return `primary key of ${table} is (${problem.actual.join(', ')}), expected (${problem.expected.join(', ')})`;
    case 'missing-foreign-key':
      return `foreign key of ${table} (${problem.columns.join(', ')}) to ${problem.referenced} is missing`;
    case 'missing-index':
      return `index ${problem.index} of ${table} is missing`;
    case 'unexpected-index':
      return `index ${problem.index} of ${table} is unexpected`;
  }
}

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
