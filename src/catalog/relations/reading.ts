import { cellSeparator, partSeparator, shownLength } from '../../domain/unreadable/lostCells.ts';
import { join, Sql, sql } from '../../lib/sql.ts';

/** What a reading of a stored column leaves out: a value that is there and does not fit the type asked for. */
export interface LostCell {
  /** The column's name in the file. */
  readonly column: string;
  /** True where the value is lost. */
  readonly test: Sql;
  /** The value as text. */
  readonly stored: Sql;
}

/** An expression for a column of a relation that knows which stored values it turns into NULL. */
export class CheckedColumn extends Sql {
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
