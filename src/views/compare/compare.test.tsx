/** Experiments beside each other: numbers held against SQL over the tables as stored. */
import { expect, test } from 'vitest';

import { int, queryRows, text } from '../../engine/rows.ts';
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
  },
);

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
