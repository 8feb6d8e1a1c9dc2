/** Experiments beside each other: numbers held against SQL over the tables as stored. */
import path from 'node:path';

import { expect, inject, test } from 'vitest';

import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { double, int, queryRows, text } from '../../engine/rows.ts';
import { formatMoney } from '../../lib/format.ts';
import { ident, sql } from '../../lib/sql.ts';
import { cents } from '../../lib/units.ts';
import { cellOf, records } from '../../testing/gridText.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { realFile, testRealFiles } from '../../testing/realFile.ts';
import { renderApp } from '../../testing/renderApp.ts';

/** Of each experiment of a file the total costs and how often it accepted, straight from its tables. */
async function stored(path: string) {
  const { engine, files } = await openFixture(path);
  const alias = ident(files[0]?.alias ?? '');
  const spec = { id: text, first: int, final: int, best: int, bestAt: int, accepted: int };
  return queryRows(
    engine,
    sql`WITH totals AS (
        SELECT run_id, iteration,
          list_sum(regexp_extract_all(costs_per_agent::VARCHAR, ':\\s*(-?[0-9]+)', 1)::BIGINT[]) AS total
        FROM ${alias}.experiment_iterations)
      SELECT run_id AS id, arg_min(total, iteration)::BIGINT AS first, arg_max(total, iteration)::BIGINT AS final,
        min(total)::BIGINT AS best, arg_min(iteration, (total, iteration)) AS best_at,
        (SELECT count(*) FROM ${alias}.policy_evaluations e WHERE e.run_id = t.run_id AND accepted) AS accepted
      FROM totals t GROUP BY run_id ORDER BY run_id`,
    spec,
  );
}

/** Final costs and first ones of BANK_A of the sample's passes of a name, by the native engine. */
async function sampleSpread(name: string) {
  const native = await openNativeEngine(path.resolve('public/samples/sample.duckdb'), { readOnly: true });
  const found = await queryRows(
    native,
    sql`WITH totals AS (
        SELECT experiment_id, iteration, costs_per_agent,
          list_sum(regexp_extract_all(costs_per_agent, ':\s*(-?[0-9]+)', 1)::BIGINT[]) AS total
        FROM experiment_iterations JOIN experiments USING (experiment_id) WHERE experiment_name = ${name}),
      passes AS (
        SELECT experiment_id AS id, arg_max(total, iteration) AS final,
          arg_min(regexp_extract(costs_per_agent, '"BANK_A":\s*(-?[0-9]+)', 1)::BIGINT, iteration) AS first_of_a
        FROM totals GROUP BY id)
      SELECT avg(final) AS mean, stddev_samp(final) AS deviation, avg(first_of_a) AS first_of_a,
        string_agg(id, '~' ORDER BY id) AS ids FROM passes`,
    { mean: double, deviation: double, firstOfA: double, ids: text },
  );
  await native.close();
  const [one] = found;
  if (one === undefined) throw new Error('no row');
  return one;
}

/** Mean and deviation of the final costs of a file, in cents, by the native engine. */
async function spreadOfFinals(path: string) {
  const native = await openNativeEngine(path, { readOnly: true });
  const spec = { mean: double, deviation: double };
  const statement = sql`SELECT avg(final) AS mean, stddev_samp(final) AS deviation FROM (
    SELECT arg_max(list_sum(regexp_extract_all(costs_per_agent::VARCHAR, ':\\s*(-?[0-9]+)', 1)::BIGINT[]), iteration) AS final
    FROM experiment_iterations GROUP BY run_id)`;
  const [found] = await queryRows(native, statement, spec);
  await native.close();
  if (found === undefined) throw new Error('no row');
  return found;
}

const dollars = (value: number) => formatMoney(cents(value));

testRealFiles(
  ['pairwise.db', 'unified.db'],
  'the two passes, found in both files, counted once, and as SQL has them',
  async (...paths) => {
    const [file = ''] = paths;
    const expected = await stored(file);
    const app = await renderApp();
    await app.pickFiles(...paths);
    await app.open('#/experiments');
    for (const { id } of expected) {
      const label = `Compare exp1 ${id.split('-').at(-1) ?? ''} of pairwise.db`;
      await app.click(app.screen.getByLabelText(label));
    }
    await app.click(app.screen.getByRole('link', { name: 'Compare 2' }));
    const rows = records(app.grid('Comparison'));
    expect(rows).toHaveLength(2);
    const [base] = expected;
    rows.forEach((row, i) => {
      const one = expected[i];
      if (one === undefined || base === undefined) throw new Error('another experiment');
      expect(cellOf(row, 'First')).toBe(dollars(one.first));
      expect(cellOf(row, 'Total cost Final')).toBe(dollars(one.final));
      expect(cellOf(row, 'Best')).toBe(dollars(one.best));
      expect(cellOf(row, 'Best at')).toBe(String(one.bestAt));
      expect(cellOf(row, 'Accepted')).toBe(String(one.accepted));
      if (i > 0) expect(cellOf(row, 'Total cost to exp1 b1f149')).toBe(dollars(one.final - base.final));
    });
    const main = app.text(app.main);
    expect(
      main.split('also in unified.db, counted once: the same iterations, costs and parameters'),
    ).toHaveLength(3);
    expect(main).toContain('The stored configurations are equal.');
    expect(main).toContain('BANK_A: Asks for 0 % instead of 32 % liquidity; the tree is unchanged');
    await app.click(app.button('Show as table: Total cost by iteration'));
    const [start] = records(app.grid('Total cost by iteration'));
    expect(start).toMatchObject({ Iteration: '0', 'exp1 b1f149': '$100.00', 'exp1 6346bb': '$100.00' });
    await app.click(app.button('Set as baseline'));
    expect(app.hash).toContain('base=exp1-20261123-045340-6346bb');
    expect(app.text(app.main)).toContain('exp1 b1f149 $48.00 above');

    const spread = await spreadOfFinals(file);
    const mean = `${dollars(Math.round(spread.mean))} ± ${dollars(Math.round(spread.deviation)).slice(1)}`;
    expect(app.text(app.main)).toContain('2 passes of exp1: nothing in their configurations differs.');
    await app.click(app.button('Group them'));
    const [group, ...passes] = records(app.grid('Comparison'));
    expect(cellOf(group, 'Total cost Final')).toBe(mean);
    expect(passes.map((row) => cellOf(row, 'Total cost Final'))).toEqual(
      expected.map(({ final }) => dollars(final)),
    );
    const said = app.text(app.main);
    expect(said).toContain('2 also in unified.db, counted once');
    expect(said).toContain('no interval of the mean: it needs three passes');

    await app.open('#/experiments?fold=passes');
    const [folded, ...others] = records(app.grid('Experiments'));
    expect(others).toEqual([]);
    expect(folded).toMatchObject({ Name: 'exp1 2 passes', Passes: '2', 'Final cost': mean });
    expect(cellOf(folded, 'What differs')).toContain('2 of them in several files, counted once');
    await app.click(app.button('Unfold exp1, 2 passes'));
    expect(records(app.grid('Experiments')).map((row) => cellOf(row, 'Final cost'))).toEqual([
      mean,
      ...expected.map(({ final }) => dollars(final)),
    ]);
    await app.click(app.screen.getByLabelText('Compare the passes of exp1'));
    await app.click(app.button('Group 2'));
    await app.user.type(app.screen.getByLabelText('Name of the group'), 'mine');
    await app.click(app.button('Group'));
    expect(app.hash).toContain('g=mine%7Eexp1-20261123-045337-b1f149%7Eexp1-20261123-045340-6346bb');
    expect(records(app.grid('Experiments'))[0]?.Name).toMatch(/^mine 2 passes/);
  },
);

testRealFiles(['bootstrap.db'], 'a group of two by hand, as native DuckDB has it', async (...paths) => {
  const [file = ''] = paths;
  const expected = await stored(file);
  const spread = await spreadOfFinals(file);
  const app = await renderApp();
  await app.pickFiles(...paths);
  await app.open(`#/compare?g=${encodeURIComponent(['both', ...expected.map(({ id }) => id)].join('~'))}`);
  const [group, ...passes] = records(app.grid('Comparison'));
  expect(cellOf(group, 'Total cost Final')).toBe(
    `${dollars(Math.round(spread.mean))} ± ${dollars(Math.round(spread.deviation)).slice(1)}`,
  );
  expect(
    passes.map((row) => [cellOf(row, 'First'), cellOf(row, 'Total cost Final'), cellOf(row, 'Best')]),
  ).toEqual(expected.map(({ first, final, best }) => [dollars(first), dollars(final), dollars(best)]));
  expect(app.text(app.main)).toContain('In bootstrap mode arrivals differ by iteration');
});

test('three passes of the sample: mean, deviation and interval as native DuckDB has them, and panels that follow', async () => {
  const { mean, deviation, firstOfA, ids } = await sampleSpread('two-period');
  const rounded = (value: number) => dollars(Math.round(value));
  // Student's t, two-sided 95 %, two degrees of freedom.
  const margin = (4.302652729749464 * deviation) / Math.sqrt(3);
  const app = await renderApp();
  await app.pickFiles('public/samples/sample.duckdb');
  const group = `g=two-period~${ids}&x=three-period-20260302-150000-eeb628`;
  await app.open(`#/compare?${group}`);
  const [row] = records(app.grid('Comparison'));
  expect(cellOf(row, 'Total cost Final')).toBe(`${rounded(mean)} ± ${rounded(deviation).slice(1)}`);
  const said = app.text(app.main);
  expect(said).toContain(
    `Final of two-period: mean ${rounded(mean)} of 3, standard deviation ${rounded(deviation)} (n - 1), ` +
      `95 % interval of the mean ${rounded(mean - margin)} to ${rounded(mean + margin)} (t, 2 degrees of freedom).`,
  );
  expect(said).toContain('against two-period by one of its passes, as policies have no mean');
  expect(said).not.toContain('share the seed');
  await app.click(app.button('Show as table: One panel each'));
  const [start] = records(await app.wholeGrid('One panel each'));
  expect(start).toMatchObject({ Iteration: '0', 'two-period, mean of 3 BANK_A': rounded(firstOfA) });
  await app.open(`#/compare?${group}&against=baseline&align=accepted&passes=hidden`);
  const [relative] = records(await app.wholeGrid('One panel each'));
  expect(relative).toMatchObject({ 'Accepted proposals': '0', 'two-period, mean of 3 BANK_A': '$0.00' });
  expect(Object.keys(relative ?? {}).filter((header) => header.includes('seed'))).toEqual([]);
  // What the band is drawn from is minus the baseline like the mean.
  await app.open(`#/compare?${group}&against=baseline`);
  await app.click(app.button('Show as table: Total cost by iteration'));
  const ofGroup = 'two-period';
  const [equal, apart] = records(await app.wholeGrid('Total cost by iteration'));
  expect(equal).toMatchObject({ [`${ofGroup} mean`]: '$0.00', [`${ofGroup} lowest`]: '$0.00' });
  expect(apart?.[`${ofGroup} mean`]).toBe('$0.00');
  expect(apart?.[`${ofGroup} lowest`]).toMatch(/^−/);
  expect(apart?.[`${ofGroup} highest`]).toMatch(/^\+/);
  expect(apart?.[`${ofGroup} 95 % from`]).toMatch(/^−/);
});

test('two versions of one experiment are compared with each other, each by its file', async () => {
  const folder = inject('fixtureFolder');
  const costs = [
    [100_00, 90_00],
    [100_00, 90_00, 70_00],
  ];
  const paths = await Promise.all(
    costs.map((ofA, i) =>
      writeDatabase(path.join(folder, `version-${i}.db`), 'B-V5', {
        experiments: [{ id: 'same-id', name: 'same' }],
        iterations: ofA.map((cost, iteration) => ({ iteration, costs: { BANK_A: cost, BANK_B: 0 } })),
      }),
    ),
  );
  const app = await renderApp();
  await app.pickFiles(...paths);
  await app.open('#/compare?x=same-id');
  expect(app.text(app.main)).toContain('also in version-1.db: its iterations, costs or parameters differ');
  await app.click(app.screen.getByRole('button', { name: /^Compare with .* in version-1.db$/ }));
  expect(app.hash).toContain('x=same-id&x=same-id%7Eversion-1.db');
  const rows = records(app.grid('Comparison'));
  expect(rows.map((row) => [cellOf(row, 'Total cost Final'), cellOf(row, 'Iterations')])).toEqual([
    ['$90.00', '2'],
    ['$70.00', '3'],
  ]);
  expect(app.text(app.main)).toContain('in version-1.db $20.00 below');
  // Ticked in the list they are two as well.
  await app.open('#/experiments?x=same-id');
  await app.click(app.screen.getByLabelText('Compare same id of version-1.db'));
  expect(app.hash).toContain('x=same-id&x=same-id%7Eversion-1.db');
});

test.skipIf(realFile('exp1-20251215.db') === undefined)(
  'what is in no open file is said, and one alone is no comparison',
  async () => {
    const app = await renderApp();
    await app.pickFiles(realFile('exp1-20251215.db') ?? '');
    await app.open('#/compare?x=exp1-20251215-084901-866d63&x=exp9');
    expect(app.text(app.main)).toContain('In no open file: exp9.');
    expect(app.text(app.main)).toContain('One experiment alone');
    await app.open('#/compare');
    expect(app.text(app.main)).toContain('Tick two to twelve experiments');
  },
);
