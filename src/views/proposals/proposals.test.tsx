/** Every proposal as one table: counts held against SQL over the tables as stored, and what the address keeps. */
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { expect, inject, test } from 'vitest';

import { rejectedProposals } from '../../../e2e/fixtures/manyProposals.ts';
import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { int, nullable, queryRows } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { policyWithFraction } from '../../testing/fixtures/defaults.ts';
import { cellOf, records } from '../../testing/gridText.ts';
import { testRealFiles } from '../../testing/realFile.ts';
import { renderApp, type RenderedApp } from '../../testing/renderApp.ts';

const table = 'All proposals';
const below15 = '#/proposals?f=proposed.initial_liquidity_fraction%3C0.15';

/** Proposals of a file whose stored text asks for less than 15 %: by verdict where it is stored. */
async function askedBelow15(path: string): Promise<{ all: number; accepted: number | undefined }> {
  const engine = await openNativeEngine(path, { readOnly: true });
  const fraction = (policy: Sql) =>
    sql`TRY_CAST(regexp_extract(${policy}, ${String.raw`"initial_liquidity_fraction"\s*:\s*([0-9.]+)`}, 1) AS DOUBLE)`;
  const spec = { all: int, accepted: nullable(int) };
  const evaluated = await queryRows(
    engine,
    sql`SELECT count(*) AS all, count(*) FILTER (accepted) AS accepted
      FROM policy_evaluations WHERE ${fraction(sql`proposed_policy::VARCHAR`)} < 0.15`,
    spec,
  ).catch(() => []);
  if ((evaluated[0]?.all ?? 0) > 0) return evaluated[0] ?? { all: 0, accepted: 0 };
  const asked = await queryRows(
    engine,
    sql`SELECT count(*) AS all, NULL::INTEGER AS accepted FROM experiment_events
      WHERE event_type = 'llm_interaction'
        AND ${fraction(sql`regexp_extract(event_data::VARCHAR, '"parsed_policy":.*', 0)`)} < 0.15`,
    spec,
  );
  return asked[0] ?? { all: 0, accepted: undefined };
}

/** Of the four files: who ever asked for less than 15 %, as SQL counts it. */
async function expectAskedBelow15(app: RenderedApp, paths: readonly string[]): Promise<void> {
  await app.open('#/proposals');
  expect(app.rowCount(table)).toBe(142);
  await app.open(below15);
  const rows = records(await app.wholeGrid(table));
  expect(rows).toHaveLength(23);
  expect(app.text(app.main)).toContain('23 of 142 fit 11 accepted, 12 rejected 5 experiments in 4 files');
  for (const path of paths) {
    const stored = await askedBelow15(path);
    await app.open(`${below15}&f=file%3D${basename(path)}`);
    const found = records(await app.wholeGrid(table));
    expect(found, path).toHaveLength(stored.all);
    if (stored.accepted !== undefined)
      expect(found.filter((row) => cellOf(row, 'Verdict') === 'accepted')).toHaveLength(stored.accepted);
  }
}

/** Of pairwise.db: a condition, an order and columns live in the address. */
async function expectAddressKeeps(app: RenderedApp): Promise<void> {
  await app.open('#/proposals');
  await app.user.type(app.screen.getByLabelText('Add a condition'), 'proposed < 15 %');
  await app.press('{Enter}');
  expect(app.hash).toContain('f=proposed.initial_liquidity_fraction%3C0.15');
  await app.user.selectOptions(app.screen.getByLabelText('Only Verdict'), 'rejected');
  await app.waitIdle();
  expect(app.hash).toContain('f=verdict%3Drejected');
  await app.click(app.button('Saving'));
  await app.click(app.button('initial_liquidity_fraction Proposed'));
  expect(app.hash).toContain('sort=proposed.initial_liquidity_fraction&sort=saving');
  const rows = records(await app.wholeGrid(table));
  const shown = rows.map((row) =>
    ['initial_liquidity_fraction Proposed', 'Saving', 'Miss', 'Before'].map((header) => cellOf(row, header)),
  );
  expect(shown).toEqual([
    ['0 %', '$0.00', 'same cost', '1 ×'],
    // The second one asks for the same fraction with another tree.
    ['5 %', '−$2.00', '66.7 % of cost', 'no'],
    ['5 %', '−$2.00', '66.7 % of cost', 'no'],
    ['7 %', '−$4.00', '133.3 % of cost', 'no'],
    ['11 %', '−$50.00', '28.3 points', 'no'],
    ['11 %', '−$50.00', '61.7 points', '1 ×'],
  ]);
  const [link] = app.links(table);
  expect(link?.getAttribute('href')).toContain('#/experiments/exp1-20261123-045340-6346bb/proposals?');
  await app.click(app.button('Take away proposed < 15 %'));
  expect(app.rowCount(table)).toBe(20);
  await app.click(app.button('invalid: 0 of 7'));
  expect(app.rowCount(table)).toBe(27);
  await app.click(app.button('Columns'));
  await app.click(app.screen.getByRole('checkbox', { name: 'Reason' }));
  expect(app.hash).toContain('col=experiment&col=iteration');
  expect(app.hash).not.toContain('col=reason');
  await app.click(app.button('Close'));
  await app.click(app.screen.getByRole('link', { name: 'Review 27 on the desk' }));
  expect(app.hash).toMatch(/^#\/desk\?.*f=verdict/);
  expect(app.text(app.main)).toContain('conditions of the table, by proposed, then saving.');
  const queue = records(await app.wholeGrid('Proposals')).map((row) => cellOf(row, 'Saving'));
  expect(queue.slice(0, 3)).toEqual(['$0.00', '−$2.00', '−$2.00']);
  expect(app.rowCount('Proposals')).toBe(27);
  expect(app.text(app.main)).toContain('27 of 54 proposals: those that fit the conditions');
}

/** Of pairwise.db and bootstrap.db: a point of the scatter, and a reach from it, choose rows. */
async function expectScatterChooses(app: RenderedApp): Promise<void> {
  await app.open('#/proposals?f=agent%3DBANK_A');
  const chart = () => app.screen.getByRole('application', { name: 'Scatter of proposals' });
  const figure = () => app.text(app.screen.getByRole('figure', { name: 'Scatter of proposals' }));
  expect(figure()).toContain('48 proposals, Saving by initial_liquidity_fraction, proposed. 5 without');
  chart().focus();
  await app.press('{Home}{ArrowRight}');
  expect(app.text(app.within(chart()).getByRole('status'))).toContain('proposed 0 %, Saving $3.00');
  await app.press('{Enter}');
  expect(app.hash).toContain('f=proposed.initial_liquidity_fraction%3D0&f=saving%3D300');
  expect(app.rowCount(table)).toBe(1);
  await app.press('{ArrowRight}{Shift>}{Enter}{/Shift}');
  expect(app.hash).toContain('f=saving%3D300&f=proposed.initial_liquidity_fraction%3D0..0.03');
  const rows = records(await app.wholeGrid(table));
  expect(rows.map((row) => [cellOf(row, 'Iter'), cellOf(row, 'Saving')])).toEqual([
    ['13', '$3.00'],
    ['17', '$3.00'],
  ]);
  await app.press('{Delete}');
  expect(app.rowCount(table)).toBe(53);
  // Words have places too, and rows that have none of a column are no points.
  await app.user.selectOptions(app.screen.getByLabelText('Upwards'), 'verdict');
  await app.user.selectOptions(app.screen.getByLabelText('Across'), 'seconds');
  await app.waitIdle();
  expect(app.hash).toContain('up=verdict&across=seconds');
  await app.click(app.button('Show as table: Scatter of proposals'));
  expect(app.rowCount('Scatter of proposals')).toBe(53);
}

testRealFiles(
  ['pairwise.db', 'bootstrap.db', 'exp1-20251215.db', 'exp2-20251215.db'],
  'conditions live in the address, points choose rows, and counts are those of SQL',
  async (pairwise = '', bootstrap = '', ...others) => {
    const app = await renderApp();
    await app.pickFiles(pairwise);
    await expectAddressKeeps(app);
    await app.pickFiles(bootstrap);
    await expectScatterChooses(app);
    await app.pickFiles(...others);
    await expectAskedBelow15(app, [pairwise, bootstrap, ...others]);
  },
);

test('a condition on what no open file has is not applied, and the page says so', async () => {
  const path = join(inject('fixtureFolder'), 'proposals.db');
  await writeDatabase(path, 'B-V5', rejectedProposals(3, 'proposals'));
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/proposals?f=proposed.no_such%3C3&f=nonsense&f=verdict%3Drejected');
  expect(app.rowCount(table)).toBe(6);
  expect(app.text(app.region('Filter'))).toContain('proposed.no_such<3, nonsense');
  const type = async (condition: string) => {
    // What was not understood still stands in it.
    await app.user.clear(app.screen.getByLabelText('Add a condition'));
    await app.user.type(app.screen.getByLabelText('Add a condition'), `${condition}{Enter}`);
    await app.waitIdle();
  };
  const filter = () => app.text(app.region('Filter'));
  await type('price < cheap');
  expect(filter()).toContain('There is no column “price”');
  // A link need not know how the file writes a name, and one that no proposal has is said.
  await app.open('#/proposals?f=verdict%3DRejected&f=agent%3DBANK_C');
  expect(app.rowCount(table)).toBe(0);
  expect(filter()).toContain('No proposal has agent “BANK_C”; there is BANK_A, BANK_B.');
  await app.open('#/proposals?f=verdict%3DRejected&f=iteration%3D12..3');
  expect(filter()).toContain('Nothing lies in 12..3: the first end is above the second.');
  await app.open('#/proposals?f=verdict%3DRejected');
  expect(app.rowCount(table)).toBe(6);
  // Two conditions on one column hold both, and rows without a value are counted.
  await type('iteration > 0');
  await type('iteration < 2');
  expect(app.rowCount(table)).toBe(2);
  expect(filter()).toContain('iteration > 0 iteration < 2');
  await type('seconds < 5');
  expect(app.rowCount(table)).toBe(0);
  expect(filter()).toContain('seconds < 5, leaves out 2 without a value');

  const copy = join(inject('fixtureFolder'), 'proposals-copy.db');
  await copyFile(path, copy);
  await app.pickFiles(copy);
  await app.open('#/proposals?f=verdict%3Drejected');
  expect(app.rowCount(table)).toBe(6);
  expect(app.text(app.main)).toContain('1 experiment in more than one file, counted and listed once');
  await app.open('#/proposals?f=verdict%3Drejected&f=file%3Dproposals-copy.db');
  expect(app.rowCount(table)).toBe(6);
  await app.open('#/experiments');
  expect(app.text(app.main)).toContain('1 experiment (1 in more than one file, counted once)');
  // The desk holds them once too, and a link into the copy finds them.
  await app.open('#/desk?in=proposals-copy.db&experiment=proposals&iteration=1&agent=BANK_A');
  expect(app.rowCount('Proposals')).toBe(6);
  expect(app.text(app.main)).toContain('Rejected 6');
  expect(app.text(app.main)).toContain('1 experiment in more than one file, counted and listed once');
  expect(app.text(app.main)).toContain('file proposals.db, also in proposals-copy.db');

  // The same id with other rows is another version: neither is hidden behind the other.
  const other = join(inject('fixtureFolder'), 'proposals-other.db');
  await writeDatabase(other, 'B-V5', rejectedProposals(2, 'proposals'));
  await app.pickFiles(other);
  await app.open('#/proposals?f=verdict%3Drejected');
  expect(app.rowCount(table)).toBe(6 + 4);
  await app.open('#/experiments');
  expect(app.text(app.main)).toContain('1 with other numbers in another file, each counted');
  await app.open('#/desk');
  expect(app.rowCount('Proposals')).toBe(6 + 4);
});

const oddPolicy = '{"version": "2.0", "parameters": {"initial_liquidity_fraction": -Infinity}}';

test('what is stored and cannot be read is shown as stored, and contradictions stand in their rows', async () => {
  const path = join(inject('fixtureFolder'), 'odd-proposals.db');
  await writeDatabase(
    path,
    'A1',
    {
      experiments: [{ id: 'odd' }],
      iterations: [0, 1].map((iteration) => ({
        iteration,
        costs: { BANK_A: 5000, BANK_B: 5000 },
        fractions: { BANK_A: 0.5, BANK_B: 0.5 },
      })),
      evaluations: ['BANK_A', 'BANK_B', 'BANK_C'].map((agent) => ({
        iteration: 0,
        agent,
        oldCost: 5000,
        newCost: 6000,
        accepted: false,
        proposed: policyWithFraction(0.4),
      })),
    },
    {
      statements: [
        sql`ALTER TABLE policy_evaluations ALTER new_cost TYPE DOUBLE`,
        sql`ALTER TABLE policy_evaluations ALTER delta_sum TYPE DOUBLE`,
        sql`UPDATE policy_evaluations SET new_cost = 'NaN', delta_sum = 'NaN', proposed_policy = ${oddPolicy}
          WHERE agent_id = 'BANK_A'`,
        sql`UPDATE policy_evaluations SET delta_sum = 1000, proposed_policy = 'not json' WHERE agent_id = 'BANK_B'`,
        sql`UPDATE experiment_iterations SET policies = replace(policies::VARCHAR, '0.5', 'NaN') WHERE iteration = 1`,
      ],
    },
  );
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/proposals');
  const rows = records(await app.wholeGrid(table));
  const column = (header: string) => rows.map((row) => row[header]);
  expect(column('New cost')).toEqual(['nan stored as nan, no whole cents', '$60.00', '$60.00']);
  expect(column('Saving')[0]).toBe('– unknown: a stored cost cannot be read');
  expect(column('Reason')[0]).toBe('a stored cost cannot be read');
  expect(column('initial_liquidity_fraction In force')).toEqual([
    '50 %',
    '50 %',
    '– no policy in force is recorded',
  ]);
  expect(column('initial_liquidity_fraction Proposed')).toEqual([
    '-Infinity stored as -Infinity, no number',
    '– stored as not json, no JSON',
    '40 %',
  ]);
  expect(column('initial_liquidity_fraction After').slice(0, 2)).toEqual([
    'NaN stored as NaN, no number',
    'NaN stored as NaN, no number',
  ]);
  // The delta of BANK_B is stored as a saving of $10.00, though the proposal costs $10.00 more.
  expect(column('Contradictions')[1]).toBe('contradiction');
  await app.open('#/proposals?f=new%3Dnone');
  expect(app.rowCount(table)).toBe(0);
});
