import { cellSeparator, partSeparator, shownLength } from '../../domain/unreadable.ts';
import { ident, sql, Sql, join } from '../../lib/sql.ts';
import { tablePath, type AttachedFile, type Columns } from '../tables.ts';

/** Beyond this a double may stand for several integers. */
const exactDoubles = sql`9007199254740991`;

/** The integer that a double is, else NULL: the engine's own cast rounds 12.5 to 12. */
function integerOfDouble(value: Sql): Sql {
  return sql`CASE WHEN isfinite(${value}) AND abs(${value}) <= ${exactDoubles} AND trunc(${value}) = ${value}
    THEN TRY_CAST(${value} AS BIGINT) END`;
}

/**
 * The integer that a text says, else NULL. DuckDB's own cast rounds '12.5' to 12, so the digits that come back
 * must be those that went in; an integral float (`500.0`, `-0`, `5e3`) takes the slower test.
 */
export function integerOfText(text: Sql): Sql {
  return sql`CASE
    WHEN TRY_CAST(${text} AS BIGINT)::VARCHAR = ${text} THEN TRY_CAST(${text} AS BIGINT)
    WHEN regexp_full_match(${text}, '-?[0-9]+(\\.0+)?') THEN TRY_CAST(split_part(${text}, '.', 1) AS BIGINT)
    WHEN regexp_full_match(${text}, '-?[0-9]+(\\.[0-9]+)?[eE][-+]?[0-9]+')
      THEN ${integerOfDouble(sql`TRY_CAST(${text} AS DOUBLE)`)}
  END`;
}

/** What a reading of a stored column leaves out: a value that is there and does not fit the type asked for. */
interface LostCell {
  /** The column's name in the file. */
  readonly column: string;
  /** True where the value is lost. */
  readonly test: Sql;
  /** The value as text. */
  readonly stored: Sql;
}

/** An expression for a column of a relation that knows which stored values it turns into NULL. */
class CheckedColumn extends Sql {
  readonly lost: readonly LostCell[];
  constructor(expression: Sql, lost: readonly LostCell[] = []) {
    super(expression.text);
    this.lost = lost;
  }
}

/** The first of two readings that is not NULL. */
export function firstOf(first: Sql, second: Sql): CheckedColumn {
  const lost = [first, second].flatMap((part) => (part instanceof CheckedColumn ? part.lost : []));
  return new CheckedColumn(sql`coalesce(${first}, ${second})`, lost);
}

/** The lost cells of a row as one text, NULL where there are none: `{relation column}{column}{stored text}`. */
export function lostCells(expressions: Readonly<Record<string, Sql>>): Sql {
  const cells = Object.entries(expressions).flatMap(([name, expression]) =>
    (expression instanceof CheckedColumn ? expression.lost : []).map(
      ({
        column,
        test,
        stored,
      }) => sql`CASE WHEN ${test} THEN ${name + partSeparator + column + partSeparator}
        || translate(left(${stored}, ${shownLength}), ${cellSeparator + partSeparator}, '  ') END`,
    ),
  );
  if (cells.length === 0) return sql`NULL`;
  return sql`nullif(concat_ws(${cellSeparator}, ${join(cells, ', ')}), '')`;
}

const integerTypes = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const floatTypes = /^(DOUBLE|FLOAT)$/;
/** Types that the engine casts to a number or a flag; of any other it refuses the whole statement. */
const castable = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DOUBLE|FLOAT|DECIMAL.*|BOOLEAN|VARCHAR)$/;
/** Casts from these to the wanted type cannot fail. */
const narrower = {
  BIGINT: /^(BIGINT|U?(TINYINT|SMALLINT|INTEGER))$/,
  INTEGER: /^(INTEGER|U?(TINYINT|SMALLINT))$/,
} as const;

/**
 * Expressions for the columns of one table, by what they should become. A column may have several names, the
 * first that exists counts; one that does not exist is NULL. Whatever type a writer chose, the result has the
 * type asked for; a value that does not fit is NULL, not an error that hides every other row, and the reading
 * says which values those are.
 */
export interface TableReader {
  /** For FROM: the table under its short name. */
  readonly from: Sql;
  /** Text; a TIMESTAMP as ISO text with a `T` and, unless it is zero, six digits of a second. */
  text(...names: readonly string[]): Sql;
  /** To sort by; text of a clock is read, anything else is NULL. */
  timestamp(...names: readonly string[]): Sql;
  bigint(...names: readonly string[]): Sql;
  /** An integer that a double holds exactly: a count, a number that rows are told apart by. */
  count(...names: readonly string[]): Sql;
  integer(...names: readonly string[]): Sql;
  /** A finite number. */
  double(...names: readonly string[]): Sql;
  boolean(...names: readonly string[]): Sql;
}

function toText(column: Sql, type: string): Sql {
  if (!/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return sql`${column}::VARCHAR`;
  const iso = sql`strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`;
  return sql`regexp_replace(${iso}, '\\.0+$', '')`;
}

const scalar = (column: Sql, type: string): Sql => (castable.test(type) ? column : sql`${column}::VARCHAR`);

function toWhole(column: Sql, type: string, wanted: 'BIGINT' | 'INTEGER'): Sql {
  // A bare column lets a filter on it reach the storage's own minima and maxima.
  if (type === wanted) return column;
  const whole = integerTypes.test(type)
    ? column
    : floatTypes.test(type)
      ? integerOfDouble(column)
      : integerOfText(sql`${column}::VARCHAR`);
  return wanted === 'BIGINT' ? sql`TRY_CAST(${whole} AS BIGINT)` : sql`TRY_CAST(${whole} AS INTEGER)`;
}

function toDouble(column: Sql, type: string): Sql {
  if (integerTypes.test(type)) return sql`${column}::DOUBLE`;
  const number = sql`TRY_CAST(${scalar(column, type)} AS DOUBLE)`;
  return sql`CASE WHEN isfinite(${number}) THEN ${number} END`;
}

function readerOf(from: Sql, shortName: string, columns: Columns): TableReader {
  const pick =
    (make: (column: Sql, type: string) => Sql, loses: (type: string) => boolean) =>
    (...names: readonly string[]): Sql => {
      for (const name of names) {
        const type = columns.get(name);
        if (type === undefined) continue;
        const column = sql`${ident(shortName)}.${ident(name)}`;
        const value = make(column, type);
        if (!loses(type)) return new CheckedColumn(value);
        const test = sql`${column} IS NOT NULL AND (${value}) IS NULL`;
        return new CheckedColumn(value, [{ column: name, test, stored: sql`${column}::VARCHAR` }]);
      }
      return sql`NULL`;
    };
  return {
    from,
    text: pick(toText, () => false),
    timestamp: pick(
      (column, type) =>
        sql`TRY_CAST(${type.startsWith('TIMESTAMP') ? column : sql`${column}::VARCHAR`} AS TIMESTAMP)`,
      () => false,
    ),
    bigint: pick(
      (column, type) => toWhole(column, type, 'BIGINT'),
      (type) => !narrower.BIGINT.test(type),
    ),
    count: pick(
      (column, type) => {
        const whole = toWhole(column, type, 'BIGINT');
        return narrower.INTEGER.test(type)
          ? sql`${whole}::BIGINT`
          : sql`CASE WHEN ${whole} BETWEEN -${exactDoubles} AND ${exactDoubles} THEN ${whole} END`;
      },
      (type) => !narrower.INTEGER.test(type),
    ),
    integer: pick(
      (column, type) => toWhole(column, type, 'INTEGER'),
      (type) => !narrower.INTEGER.test(type),
    ),
    double: pick(toDouble, (type) => !integerTypes.test(type)),
    boolean: pick(
      (column, type) => sql`TRY_CAST(${scalar(column, type)} AS BOOLEAN)`,
      (type) => type !== 'BOOLEAN',
    ),
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
export const experimentKeyNames = ['experiment_id', 'run_id'] as const;
