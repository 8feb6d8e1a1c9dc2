import {
  compareSchema,
  describeProblem,
  tableOrigin,
  type ActualSchema,
  type ActualTable,
} from '../../schema/compareSchema.ts';
import { explainDifference } from '../../schema/differences.ts';
import { moneyColumns, tables as models } from '../../schema/tables.ts';
import type { SchemaFacts } from './facts.ts';

/** Of every layout; the last one is of the run_id layout alone. */
const moneyNames: ReadonlySet<string> = new Set([
  ...moneyColumns.map(({ table, column }) => `${table}.${column}`),
  'simulations.total_cost_cents',
]);

/** Whether `table.column` holds one amount of money. */
export const isMoneyColumn = (name: string): boolean => moneyNames.has(name);

/** The run_id layout stores costs of evaluations in 32 bits (domain.md 0.12): a habit, and whole cents all the same. */
const wholeTypes: ReadonlySet<string> = new Set(['BIGINT', 'INTEGER', 'SMALLINT', 'HUGEINT']);

/** Tables of layouts that are read, besides those of the unified schema. */
const readElsewhere: ReadonlySet<string> = new Set(['experiments', 'simulations', 'simulation_runs']);

/**
 * Holds the tables of a file against what is read of them and, where it claims to be of the unified schema, against
 * every model of it. Known differences of the reference's own writer are none (`layoutDifferences`).
 */
export function judgeSchema(
  stored: ActualSchema,
  missingColumns: readonly string[],
  isUnified: boolean,
): SchemaFacts {
  const actual = stored.map(inLowerCase);
  const has = (table: string): boolean => actual.some(({ name }) => name === table);
  const lacking = [
    // Every layout of experiments writes both (domain.md 5.1, 5.2); the unified one is compared table by table below.
    ...(!isUnified && has('experiments') && !has('experiment_iterations')
      ? ['table experiment_iterations is missing']
      : []),
    ...missingColumns.map((name) => `column ${name} is missing`),
  ];
  const money = actual.flatMap(({ name, columns }) =>
    columns
      .filter((column) => isMoneyColumn(`${name}.${column.name}`))
      .map((column) => ({ type: column.type, name: `${name}.${column.name}` })),
  );
  const fractional = money
    .filter(({ type }) => !wholeTypes.has(type))
    .map(({ name, type }) => `column ${name} is ${type}: money is a whole number of cents`);
  const problems = isUnified
    ? compareSchema(models, actual).filter((problem) => explainDifference(problem) === undefined)
    : [];
  const blocking = problems.filter((problem) => problem.blocking);
  const unread = isUnified ? [] : unreadTables(actual);
  return {
    tables: actual.length,
    columns: actual.reduce((sum, { columns }) => sum + columns.length, 0),
    violations: [
      ...new Set([...lacking, ...(isUnified ? [] : fractional), ...blocking.map(describeProblem)]),
    ],
    notes: [...problems.filter((problem) => !problem.blocking).map(describeProblem), ...unread],
    isCompared: isUnified,
    moneyColumns: money.length,
    fractionalMoney: fractional,
  };
}

/** As DuckDB compares names. */
function inLowerCase(table: ActualTable): ActualTable {
  const columns = table.columns.map((column) => ({ ...column, name: column.name.toLowerCase() }));
  return { ...table, name: table.name.toLowerCase(), columns };
}

/** Tables beside those that are read: given up, of an older layout, or a stranger's. */
function unreadTables(actual: ActualSchema): readonly string[] {
  const known = new Set([...models.map(({ name }) => name), ...readElsewhere]);
  return actual
    .map(({ name }) => name)
    .filter((name) => !known.has(name))
    .map((name) => {
      const origin = tableOrigin(name);
      return origin === 'unknown'
        ? `table ${name} is not read`
        : `table ${name} is not read: ${origin === 'dead' ? 'given up by its writer' : 'of an older layout'}`;
    });
}
