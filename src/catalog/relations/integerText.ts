import { sql, type Sql } from '../../lib/sql.ts';

/**
 * The integer that a text says, else NULL. DuckDB's own cast rounds '12.5' to 12, so the digits that come back
 * must be those that went in; an integral float (`500.0`, `-0`) takes the slower test.
 */
export function integerOfText(text: Sql): Sql {
  return sql`CASE
    WHEN TRY_CAST(${text} AS BIGINT)::VARCHAR = ${text} THEN TRY_CAST(${text} AS BIGINT)
    WHEN regexp_full_match(${text}, '-?[0-9]+(\\.0+)?') THEN TRY_CAST(split_part(${text}, '.', 1) AS BIGINT)
  END`;
}
