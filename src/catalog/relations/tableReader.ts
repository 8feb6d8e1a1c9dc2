import { ident, sql, type Sql } from '../../lib/sql.ts';
import { tablePath } from '../tablePath.ts';
import type { AttachedFile, Columns } from '../tables.ts';
import { integerOfText } from './integerText.ts';

const integerTypes = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;

/**
 * Expressions for the columns of one table, by what they should become. A column may have several names, the
 * first that exists counts; one that does not exist is NULL. Whatever type a writer chose, the result has the
 * type asked for; a value that does not fit is NULL, not an error that hides every other row.
 */
export interface TableReader {
  /** For FROM: the table under its short name. */
  readonly from: Sql;
  /** Text; a TIMESTAMP as ISO text with a `T` and, unless it is zero, six digits of a second. */
  text(...names: readonly string[]): Sql;
  /** To sort by; text of a clock is read, anything else is NULL. */
  timestamp(...names: readonly string[]): Sql;
  bigint(...names: readonly string[]): Sql;
  integer(...names: readonly string[]): Sql;
  double(...names: readonly string[]): Sql;
  boolean(...names: readonly string[]): Sql;
}

function toText(column: Sql, type: string): Sql {
  if (!/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return sql`${column}::VARCHAR`;
  const iso = sql`strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`;
  return sql`regexp_replace(${iso}, '\\.0+$', '')`;
}

function toWhole(column: Sql, type: string, wanted: 'BIGINT' | 'INTEGER'): Sql {
  // A bare column lets a filter on it reach the storage's own minima and maxima.
  if (type === wanted) return column;
  const whole = integerTypes.test(type) ? column : integerOfText(sql`${column}::VARCHAR`);
  return wanted === 'BIGINT' ? sql`TRY_CAST(${whole} AS BIGINT)` : sql`TRY_CAST(${whole} AS INTEGER)`;
}

function readerOf(from: Sql, shortName: string, columns: Columns): TableReader {
  const pick =
    (make: (column: Sql, type: string) => Sql) =>
    (...names: readonly string[]): Sql => {
      for (const name of names) {
        const type = columns.get(name);
        if (type !== undefined) return make(sql`${ident(shortName)}.${ident(name)}`, type);
      }
      return sql`NULL`;
    };
  return {
    from,
    text: pick(toText),
    timestamp: pick((column) => sql`TRY_CAST(${column} AS TIMESTAMP)`),
    bigint: pick((column, type) => toWhole(column, type, 'BIGINT')),
    integer: pick((column, type) => toWhole(column, type, 'INTEGER')),
    double: pick((column) => sql`TRY_CAST(${column} AS DOUBLE)`),
    boolean: pick((column) => sql`TRY_CAST(${column} AS BOOLEAN)`),
  };
}

/** A table by its path; a view with a `rowid` as tables have one: the order in which it gives its rows. */
function readable(file: AttachedFile, table: string): Sql {
  const path = tablePath(file, table);
  if (!file.views.has(table) || file.tables.get(table)?.has('rowid') === true) return path;
  return sql`(SELECT *, row_number() OVER () - 1 AS rowid FROM ${path})`;
}

/** The table, when the file has it with a column of each group (one name of a group is enough). */
export function readTable(
  file: AttachedFile,
  table: string,
  required: readonly (readonly string[])[],
  shortName = 't',
): TableReader | undefined {
  const columns = file.tables.get(table);
  if (columns === undefined) return undefined;
  if (!required.every((names) => names.some((name) => columns.has(name)))) return undefined;
  return readerOf(sql`${readable(file, table)} AS ${ident(shortName)}`, shortName, columns);
}

/** What the key of an experiment is called in A and in B. */
export const experimentKey = ['experiment_id', 'run_id'] as const;
