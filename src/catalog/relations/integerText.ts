import { sql, type Sql } from '../../lib/sql.ts';

/** Beyond this a double may stand for several integers. */
export const exactDoubles = sql`9007199254740991`;

/** The integer that a double is, else NULL: the engine's own cast rounds 12.5 to 12. */
export function integerOfDouble(value: Sql): Sql {
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
