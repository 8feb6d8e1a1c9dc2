import { expect, it } from 'vitest';

import { ident, join, literal, sql } from './sql.ts';

it('quotes what is put into SQL: values as literals, names as identifiers', () => {
  const name = 'a"b';
  expect(sql`SELECT ${ident(name)} FROM t WHERE id = ${"o'neil"} AND n > ${3n} AND x IS ${null}`.text).toBe(
    `SELECT "a""b" FROM t WHERE id = 'o''neil' AND n > 3 AND x IS NULL`,
  );
  expect(join([literal(1), literal(true)], ', ').text).toBe('1, TRUE');
});

it('refuses a number that SQL has no text for', () => {
  expect(() => literal(Number.NaN)).toThrow(RangeError);
});
