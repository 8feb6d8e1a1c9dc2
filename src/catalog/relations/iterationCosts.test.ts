import { expect, test } from 'vitest';

import { bigInt, int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import type { FixtureLayout } from '../../testing/fixtures/layouts.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

async function costsOf(costs: string | Record<string, number | bigint>, layout: FixtureLayout = 'B-V2') {
  await openFixtureOn(engine, await writeFixture(layout, { iterations: [{ iteration: 0, costs }] }));
  const rows = await queryRows(engine, sql`SELECT agent_key, cost_cents FROM iteration_costs`, {
    agentKey: text,
    costCents: nullable(bigInt),
  });
  return rows.map(({ agentKey, costCents }) => [agentKey, costCents]);
}

test.for(['A1', 'A2', 'B-V2'] as const)('%s: one row per agent, VARCHAR or JSON (11.9)', async (layout) => {
  expect(await costsOf({ BANK_A: 5000, BANK_B: 0 }, layout)).toEqual([
    ['BANK_A', 5000n],
    ['BANK_B', 0n],
  ]);
});

test('agents are not always BANK_A and BANK_B, nor always two (11.21)', async () => {
  expect(await costsOf({ 'Zürich, Bank {1}': 1, '': 2, 'a:b': 3 })).toEqual([
    ['Zürich, Bank {1}', 1n],
    ['', 2n],
    ['a:b', 3n],
  ]);
});

test('integers keep every digit beyond 2^53, to both ends of 64 bits, and not past them (11.8)', async () => {
  expect(
    await costsOf({
      A: 9007199254740993n,
      B: -9007199254740993n,
      C: 9223372036854775807n,
      D: -9223372036854775808n,
      E: 9223372036854775808n,
    }),
  ).toEqual([
    ['A', 9007199254740993n],
    ['B', -9007199254740993n],
    ['C', 9223372036854775807n],
    ['D', -9223372036854775808n],
    ['E', undefined],
  ]);
});

test('quotes and backslashes in an agent’s name stay as they stand in the text', async () => {
  expect(await costsOf(String.raw`{"A\"B": 1, "C\\": 2, "D\": 9": 3, "\u00e9": 4}`)).toEqual([
    [String.raw`A\"B`, 1n],
    [String.raw`C\\`, 2n],
    [String.raw`D\": 9`, 3n],
    [String.raw`\u00e9`, 4n],
  ]);
});

test('an integral float is an integer; every other value keeps its row without a cost (11.13, 11.14)', async () => {
  const values =
    '{"A": 500.0, "B": -500.00, "C": 12.5, "D": null, "E": "x", "F": NaN, "G": -Infinity, "H": true, "I": -0}';
  expect(await costsOf(values)).toEqual([
    ['A', 500n],
    ['B', -500n],
    ['C', undefined],
    ['D', undefined],
    ['E', undefined],
    ['F', undefined],
    ['G', undefined],
    ['H', undefined],
    ['I', 0n],
  ]);
});

test('a digit text is not a number, and nothing inside a value is an agent', async () => {
  const values = String.raw`{"A": "7", "B": "\"X\": 5", "C": {"X": 5, "Y": "}"}, "D": [{"Z": 1}, 2], "E": 6}`;
  const rows = await costsOf(values);
  expect(rows.map(([agent]) => agent)).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(rows.map(([, cost]) => cost)).toEqual([undefined, undefined, undefined, undefined, 6n]);
});

test('any spacing; an empty object and a broken text have no rows', async () => {
  expect(await costsOf('{"A":1,"B" :\n2 ,\t"C":  3}')).toEqual([
    ['A', 1n],
    ['B', 2n],
    ['C', 3n],
  ]);
  expect(await costsOf('{}')).toEqual([]);
});

test('an exact sum over 10,000 iterations, each row under its iteration', async () => {
  const iterations = Array.from({ length: 10_000 }, (_, iteration) => ({
    iteration,
    costs: { BANK_A: iteration, BANK_B: 900_719_925_474_093n },
  }));
  await openFixtureOn(engine, await writeFixture('B-V2', { iterations }));
  const rows = await queryRows(
    engine,
    sql`SELECT agent_key, count(DISTINCT iteration) AS iterations, sum(cost_cents)::BIGINT AS total
        FROM iteration_costs GROUP BY ALL ORDER BY agent_key`,
    { agentKey: text, iterations: int, total: bigInt },
  );
  expect(rows).toEqual([
    { agentKey: 'BANK_A', iterations: 10_000, total: 49_995_000n },
    { agentKey: 'BANK_B', iterations: 10_000, total: 9_007_199_254_740_930_000n },
  ]);
});
