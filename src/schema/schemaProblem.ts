import type { TableOrigin } from './legacy.ts';

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
