import { expect, test } from 'vitest';

import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { boolean, queryRows, text } from '../../engine/rows.ts';
import { join, literal, sql } from '../../lib/sql.ts';
import { holdsNoNumber, isBroken, isPlainlyWhole } from './brokenJson.ts';

const engine = await bootBlockingEngine();

/** As writers leave them: texts with escapes and brackets, nested objects and lists, numbers of all forms. */
const whole: readonly string[] = [
  '{}',
  '[]',
  'null',
  '{"a": 1, "b": [], "c": {}, "d": [{}, []], "e": null}',
  '{"A": -0.5e-3, "B": 1E+5, "C": 12.25, "D": true, "E": false}',
  String.raw`{"agent_id": "A", "prompt": "if {x] then \"[1, 2\" \\", "policy": {"t": {"op": "<", "l": {"v": 1}}}}`,
  '[{"index": 0, "seed": 7, "delta": -3}, {"index": 1, "seed": 8, "delta": 4.5}]',
  '{"costs":{"A":1,"B":[1,[2,"x"],{"y":[true,null]}]},\n\t"n": "é NaN \u2028"}',
];
const signs = ['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '1', 'e', '-', 'x', 'null', 'NaN', "'", '\n'];

/** Every text with one character left out, doubled, or a sign put before it or in its place. */
function* damaged(): Generator<string, void> {
  for (const each of whole) {
    for (let at = 0; at < each.length; at += 1) {
      const [before, here, after] = [each.slice(0, at), each.charAt(at), each.slice(at + 1)];
      yield before + after;
      yield before + here + here + after;
      for (const sign of signs) yield* [before + sign + here + after, before + sign + after];
    }
  }
}

async function judge(texts: readonly string[]) {
  const rows = join(
    texts.map((each) => sql`(${literal(each)})`),
    ', ',
  );
  const stored = sql`stored`;
  const statement = sql`SELECT stored, ${isPlainlyWhole(stored)} AS plainly_whole, ${isBroken(stored)} AS broken,
    ${holdsNoNumber(stored)} AS no_number FROM (VALUES ${rows}) AS t(stored)`;
  return queryRows(engine, statement, {
    stored: text,
    plainlyWhole: boolean,
    broken: boolean,
    noNumber: boolean,
  });
}

test('JSON as it is written is told to be whole at one look', async () => {
  const judged = await judge(whole);
  expect(judged.filter((row) => row.plainlyWhole).map((row) => row.stored)).toEqual(whole);
  expect(judged.filter((row) => row.broken || row.noNumber)).toEqual([]);
});

test('no text that is broken, or holds a number that is none, passes as whole', async () => {
  const judged = await judge([...new Set(damaged())]);
  expect(judged.length).toBeGreaterThan(10_000);
  expect(judged.filter((row) => row.broken || row.noNumber).length).toBeGreaterThan(5000);
  expect(judged.filter((row) => row.plainlyWhole && (row.broken || row.noNumber))).toEqual([]);
});

test('what is nested deeper than the one look goes is taken apart, and not called broken', async () => {
  const nested = (depth: number, [open, close]: readonly [string, string]) =>
    open.repeat(depth) + close.repeat(depth);
  const [object, list] = [['{"a":{', '}}'] as const, ['[', ']'] as const];
  const judged = await judge([nested(8, object), nested(9, object), nested(8, list), nested(9, list)]);
  expect(judged.map((row) => [row.plainlyWhole, row.broken])).toEqual([
    [true, false],
    [false, false],
    [true, false],
    [false, false],
  ]);
});
