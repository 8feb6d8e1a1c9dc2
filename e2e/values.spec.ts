/** Every value that the README of the real files lists, on screen, exact to the cent. */
import { bootstrapFirst, decemberFirst, decemberSecond, pairwiseFirst } from '../src/testing/realValues.ts';
import {
  expectedCosts,
  expectedIterations,
  shownCosts,
  shownIterations,
  withoutEvaluations,
  withSharedCost,
} from './fixtures/iterationLines.ts';
import { expect, test, type App } from './support/app.ts';
import { fact } from './support/facts.ts';
import { cellOf, readGrid, records, type Row } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

const figureName = 'Policy and cost by iteration';

/** `id | status | iterations | accepted | rejected | first | final | best | seed | mode`, rejected or accepted empty where not listed. */
async function expectListed(app: App, table: string): Promise<void> {
  const columns = [
    'Id',
    'Status',
    'Iterations',
    'Accepted',
    'Rejected',
    'First cost',
    'Final cost',
    'Best cost',
    'Seed',
    'Mode',
  ];
  const rows = records(await app.grid('Experiments'));
  const shown = rows.map((row) => columns.map((column) => cellOf(row, column)).join(' | '));
  expect(shown).toEqual(table.trim().split('\n'));
}

async function openExperiment(app: App, id: string): Promise<readonly Row[]> {
  await app.open(`#/experiments/${id}`);
  await expect(app.page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText(id);
  return records(await app.grid('Iterations'));
}

/** The grid "Iterations", and old and new costs in the table behind the figure. */
async function expectIterations(app: App, id: string, table: string): Promise<void> {
  expect(shownIterations(await openExperiment(app, id))).toEqual(expectedIterations(table));
  await app.page.getByRole('button', { name: `Show as table: ${figureName}` }).click();
  expect(shownCosts(records(await app.grid(figureName)))).toEqual(expectedCosts(table));
}

/** Accepted, rejected and invalid proposals of each bank, counted on screen. */
function countsOf(rows: readonly Row[], agent: string): string {
  const verdicts = rows.map((row) => cellOf(row, `${agent} verdict`));
  const count = (word: string) => verdicts.filter((verdict) => verdict.startsWith(word)).length;
  return `${count('accepted')} accepted, ${count('rejected')} rejected, ${count('invalid')} invalid`;
}

async function openIteration(app: App, id: string, k: number): Promise<Readonly<Record<string, Row>>> {
  await app.open(`#/experiments/${id}/iterations/${k}`);
  await expect(app.page.getByRole('heading', { name: `Iteration ${k}`, exact: true })).toBeVisible();
  const rows = records(await app.grid('Proposals'));
  return Object.fromEntries(rows.map((row) => [cellOf(row, 'Agent'), row]));
}

/** The first run that the iteration on screen links to. */
async function openFirstRun(app: App): Promise<Row | undefined> {
  await app.gridLocator('Simulation runs').getByRole('link').first().click();
  await app.waitIdle();
  const rows = records(await app.grid('Agents'));
  return rows.find((row) => row.Agent === 'BANK_B');
}

const region = (app: App, name: string) => app.page.getByRole('region', { name });

const first = 'exp1-20261123-045337-b1f149';
const second = 'exp1-20261123-045340-6346bb';
const pairwiseList = `
${first} | Converged | 9 | 8 | 6 | $100.00 | $68.00 | $68.00 | 43 | deterministic-pairwise
${second} | Budget exhausted | 20 | 19 | 14 | $100.00 | $20.00 | $20.00 | 43 | deterministic-pairwise`;

/** What both writers of these experiments leave: the counts, the last costs, the number of runs. */
async function expectSecondPass(app: App): Promise<readonly Row[]> {
  const rows = await openExperiment(app, second);
  expect(rows).toHaveLength(20);
  expect(countsOf(rows, 'BANK_A')).toBe('12 accepted, 5 rejected, 2 invalid');
  expect(countsOf(rows, 'BANK_B')).toBe('7 accepted, 9 rejected, 3 invalid');
  expect(cellOf(rows[19], 'BANK_A cost')).toBe('$0.00');
  expect(cellOf(rows[19], 'BANK_B cost')).toBe('$20.00');
  await expect(fact(app.page.locator('body'), 'reason')).toContainText('Max iterations reached (20)');
  await expect(app.page.getByText('(stored as converged)')).toBeVisible();
  await expect(fact(app.page.locator('body'), 'simulation runs')).toHaveText('20');
  return rows;
}

test('pairwise.db', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('pairwise.db'));
  await expectListed(app, pairwiseList);

  await expectIterations(app, first, pairwiseFirst);
  const facts = app.page.locator('body');
  await expect(fact(facts, 'reason')).toContainText('Stability achieved (5 consecutive stable iterations)');
  await expect(fact(facts, 'exchanges with the proposer')).toContainText(/^16/);
  await expect(fact(facts, 'simulation runs')).toHaveText('9');

  const rows = await expectSecondPass(app);
  const verdicts = (agent: string) =>
    rows.map((row) => cellOf(row, `${agent} verdict`)).filter((verdict) => verdict.startsWith('rejected'));
  expect(verdicts('BANK_A')).toEqual([
    ...Array<string>(4).fill('rejected costs more'),
    'rejected costs the same',
  ]);
  expect(verdicts('BANK_B').sort()).toEqual([
    ...Array<string>(6).fill('rejected below the floor'),
    ...Array<string>(3).fill('rejected costs more'),
  ]);

  const { BANK_B } = await openIteration(app, second, 11);
  expect(
    ['Verdict', 'Old cost', 'New cost', 'Saving', 'Verdict from'].map((name) => cellOf(BANK_B, name)),
  ).toEqual(['rejected below the floor', '$21.00', '$71.00', '-$50.00', 'evaluation row']);
  expect(cellOf(BANK_B, 'Reason')).toContain('below minimum 95');
  const verdict = region(app, 'Verdict on the proposal of BANK_B');
  await expect(verdict).toContainText('delta -$50.00');
  await expect(fact(verdict, 'settlement rate')).toContainText('66.7 %');
  const parameters = records(await app.grid('Parameters of BANK_B'));
  expect(parameters.find((row) => row.Parameter === 'initial_liquidity_fraction')?.Proposed).toBe('0.11');

  await openIteration(app, second, 19);
  const [linked] = records(await app.grid('Simulation runs'));
  expect(cellOf(linked, 'Linked by')).toMatch(/^(seed|order):/);
  expect(['Arrivals', 'Settlements', 'Cost'].map((name) => cellOf(linked, name))).toEqual([
    '3',
    '3',
    '$20.00',
  ]);
  const bankB = await openFirstRun(app);
  expect(['Cost', 'Opportunity', 'Delay', 'Penalties'].map((name) => cellOf(bankB, name))).toEqual([
    '$20.00',
    '$20.00',
    '$0.00',
    '$0.00',
  ]);
});

test('unified.db', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('unified.db'));
  await expectListed(app, pairwiseList);
  await expect(app.gridLocator('Simulation runs')).toHaveCount(0);

  // No evaluations: the same verdicts, derived; costs and reasons of proposals are not recorded.
  await expectIterations(app, first, withoutEvaluations(pairwiseFirst));
  for (const label of ['final cost', 'best cost']) {
    await expect(fact(app.page.locator('body'), label)).toHaveText(/^\$68\.00\s*as stored$/);
  }

  await expectSecondPass(app);
  for (const label of ['final cost', 'best cost']) {
    await expect(fact(app.page.locator('body'), label)).toHaveText(/^\$20\.00\s*as stored$/);
  }
  const { BANK_B } = await openIteration(app, second, 11);
  expect(cellOf(BANK_B, 'Verdict from')).toBe('derived from the next iteration');
  const [linked] = records(await app.grid('Simulation runs'));
  expect(cellOf(linked, 'Run')).toBe(`${second}-iter11-evaluation`);
  expect(cellOf(linked, 'Purpose')).toBe('evaluation');
  expect(cellOf(linked, 'Linked by')).toMatch(/^column:/);
});

test('bootstrap.db', async ({ app }) => {
  const exp2 = 'exp2-20261123-045350-e40e67';
  const other = 'exp2-20261123-045413-5fcbcd';
  await app.open();
  await app.pickFiles(realFile('bootstrap.db'));
  await expectListed(
    app,
    `
${exp2} | Budget exhausted | 14 | 14 | 10 | $996.00 | $328.68 | $328.68 | 42 | bootstrap
${other} | Budget exhausted | 14 | 19 | 5 | $996.00 | $299.73 | $299.73 | 42 | bootstrap`,
  );

  await expectIterations(app, exp2, bootstrapFirst);
  const facts = app.page.locator('body');
  await expect(fact(facts, 'reason')).toContainText('Max iterations reached (14)');
  await expect(fact(facts, 'samples').first()).toHaveText('50');
  await expect(fact(facts, 'simulation runs')).toHaveText('14');

  const { BANK_A } = await openIteration(app, exp2, 10);
  expect(['Verdict', 'Old cost', 'New cost'].map((name) => cellOf(BANK_A, name))).toEqual([
    'accepted',
    '$169.32',
    '$151.19',
  ]);
  const verdict = region(app, 'Verdict on the proposal of BANK_A');
  await expect(fact(verdict, 'samples')).toHaveText('50');
  await expect(fact(verdict, 'sum of the savings')).toHaveText(
    '$906.09Mean of 50 paired savings, sum $906.09. The stored old and new cost are each rounded down to a cent, so their difference is $18.13.',
  );
  await expect(fact(verdict, 'new cost')).toHaveText('$151.19');
  await expect(fact(verdict, 'standard deviation')).toContainText('$12.71');
  await expect(fact(verdict, '95 % interval')).toContainText('$147.56 to $154.83');
  const samples = region(app, 'Samples of BANK_A').getByRole('grid', { name: 'Samples' });
  const rows = records(await readGrid(samples));
  const sample = (index: number) =>
    ['Seed', 'Old cost', 'New cost', 'Saving'].map((name) => cellOf(rows[index], name)).join(' | ');
  expect(rows).toHaveLength(50);
  expect(sample(0)).toBe('732435933 | $169.32 | $149.40 | $19.92');
  expect(sample(14)).toBe('201853587 | $169.32 | $239.31 | -$69.99');
  expect(cellOf(records(await app.grid('Simulation runs'))[0], 'Purpose')).toBe('initial');

  const iterations = await openExperiment(app, other);
  expect(iterations).toHaveLength(14);
  expect(countsOf(iterations, 'BANK_A')).toBe('12 accepted, 0 rejected, 1 invalid');
  expect(countsOf(iterations, 'BANK_B')).toBe('7 accepted, 5 rejected, 1 invalid');
  const last = (k: number, name: string) => cellOf(iterations[k], name);
  expect([last(13, 'Total cost'), last(13, 'BANK_A cost'), last(13, 'BANK_B cost')]).toEqual([
    '$299.73',
    '$119.52',
    '$180.21',
  ]);
  expect(last(12, 'BANK_B cost')).toBe('$179.28');
  expect(last(13, 'BANK_B fraction')).toBe(last(12, 'BANK_B fraction'));
  await expect(fact(facts, 'reason')).toContainText('Max iterations reached (14)');
});

test('crashed.db', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('crashed.db'));
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => `${cellOf(row, 'Status')} ${cellOf(row, 'Iterations')}`)).toEqual([
    'Unfinished 2',
    'Unfinished 1',
    'Unfinished 2',
    'Unfinished 6',
  ]);
  expect(rows.map((row) => cellOf(row, 'Duration'))).toEqual(['', '', '', '']);

  const iterations = await openExperiment(app, 'exp1-20261123-045243-98ba0d');
  expect(iterations).toHaveLength(6);
  expect(cellOf(iterations[5], 'BANK_A verdict')).toBe('accepted');
  expect(cellOf(iterations[5], 'BANK_B verdict')).toBe('pending');
  const facts = app.page.locator('body');
  await expect(fact(facts, 'status')).toContainText('no completion time is stored');
  await expect(fact(facts, 'iterations').first()).toContainText('the stored counter says 0');
  await expect(fact(facts, 'completed')).toHaveText('not stored');
  const { BANK_A, BANK_B } = await openIteration(app, 'exp1-20261123-045243-98ba0d', 5);
  expect(cellOf(BANK_A, 'Verdict from')).toBe('evaluation row');
  expect(cellOf(BANK_B, 'Verdict from')).toBe('no next iteration');
});

test('near-deadline.db', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('near-deadline.db'));
  const [run, ...others] = records(await app.grid('Simulation runs'));
  expect(others).toEqual([]);
  const names = ['Run', 'Seed', 'Days', 'Ticks a day', 'Arrivals', 'Settlements', 'Cost'];
  expect(names.map((name) => cellOf(run, name))).toEqual([
    'sim-3a023269',
    '42',
    '1',
    '100',
    '393',
    '364',
    '$3,134.12',
  ]);

  await app.open('#/runs/sim-3a023269');
  const facts = app.page.locator('main');
  for (const words of [
    'seed 42',
    'ticks 100',
    'arrived 393',
    'settled 364',
    'queued 211',
    'overdue at some time 6',
    'cost $3,134.12',
  ]) {
    await expect(facts).toContainText(words);
  }
  await expect(fact(facts, 'settled at once')).toHaveText('182');
  await expect(fact(facts, 'settled from Queue 2')).toHaveText('182');
  await expect(region(app, 'Events')).toContainText('1,861');
  const rows = records(await app.grid('Agents'));
  const money = ['Cost', 'Delay', 'Penalties', 'First balance', 'Lowest balance', 'Last balance'];
  const shown = (agent: string) => {
    const row = rows.find((candidate) => candidate.Agent === agent);
    return money.map((name) => cellOf(row, name)).join(' ');
  };
  expect(shown('BANK_A')).toBe('$3,134.12 $34.12 $3,100.00 $500.00 $0.89 $345.93');
  expect(shown('BANK_B')).toMatch(/^\$0\.00 \$0\.00 \$0\.00 \$500\.00 \S+ \$654\.07$/);
});

test('killed.db with its log', async ({ app }) => {
  const path = realFile('killed.db');
  await app.open();
  await app.pickFiles(path, `${path}.wal`);
  expect(await app.rowCount('Experiments')).toBe(0);
  const [run, ...others] = records(await app.grid('Simulation runs'));
  expect(others).toEqual([]);
  expect(cellOf(run, 'Status')).toBe('process died: no row of the run itself');
  expect(cellOf(run, 'Arrivals')).toBe('4,520');
  // Days 0 to 16.
  expect(cellOf(run, 'Days')).toBe('17');
  expect(['Cost', 'Seed', 'Started'].map((name) => cellOf(run, name))).toEqual(['', '', '']);

  await app.gridLocator('Simulation runs').getByRole('link').first().click();
  await app.waitIdle();
  await expect(app.page.locator('main')).toContainText('payments stored 4,520');
  await expect(app.page.locator('main')).toContainText('days with payments 17');
  expect(await app.rowCount('Payments')).toBe(4520);
  await expect(app.page.locator('main')).toContainText('died before it wrote the row of the run');
});

test('exp1-20251215.db and exp2-20251215.db', async ({ app }) => {
  const exp1 = 'exp1-20251215-084901-866d63';
  const exp2 = 'exp2-20251215-083049-8cf596';
  await app.open();
  await app.pickFiles(realFile('exp1-20251215.db'), realFile('exp2-20251215.db'));
  await expectListed(
    app,
    `
${exp1} | Converged | 9 | 9 | 7 | $100.00 | $31.00 | $31.00 | 42 | deterministic
${exp2} | Converged | 11 | 9 | 11 | $996.00 | $312.86 | $312.86 | 42 | bootstrap`,
  );
  const proposers = records(await app.grid('Experiments')).map((row) => cellOf(row, 'Proposer'));
  expect(proposers).toEqual(['openai:gpt-5.2', expect.any(String)]);

  const facts = app.page.locator('body');
  const reason = 'Stability achieved (5 consecutive stable iterations)';
  await expectIterations(app, exp1, decemberFirst);
  await expect(fact(facts, 'reason')).toContainText(reason);
  const exchanges = fact(facts, 'exchanges with the proposer');
  await expect(exchanges).toHaveText(/^16\s*54,286 words \(stored as tokens\), 949\.6 s of waiting$/);
  for (const label of ['simulation runs', 'evaluations']) {
    await expect(fact(facts, label)).toContainText('none');
  }

  await expectIterations(app, exp2, withSharedCost(decemberSecond));
  await expect(fact(facts, 'reason')).toContainText(reason);
  await expect(exchanges).toHaveText(/^20\s*133,586 words \(stored as tokens\), 984\.9 s of waiting$/);
  await expect(app.page.getByText('split equally')).toBeVisible();
  await expect(fact(facts, 'samples').nth(1)).toContainText('none');
});
