/** Every value that the README of the real files lists, on screen, exact to the cent. */
import { expect } from 'vitest';

import { cellOf, records, type Row } from '../testing/gridText.ts';
import {
  expectedCosts,
  expectedIterations,
  shownCosts,
  shownIterations,
  withoutEvaluations,
  withSharedCost,
} from '../testing/iterationLines.ts';
import { testRealFiles } from '../testing/realFile.ts';
import { bootstrapFirst, decemberFirst, decemberSecond, pairwiseFirst } from '../testing/realValues.ts';
import { renderApp, type RenderedApp } from '../testing/renderApp.ts';

const figureName = 'Policy and cost by iteration';

/** `id | status | iterations | accepted | rejected | first | final | best | seed | mode`, rejected or accepted empty where not listed. */
function expectListed(app: RenderedApp, table: string): void {
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
  const rows = records(app.grid('Experiments'));
  const shown = rows.map((row) => columns.map((column) => cellOf(row, column)).join(' | '));
  expect(shown).toEqual(table.trim().split('\n'));
}

async function openExperiment(app: RenderedApp, id: string): Promise<readonly Row[]> {
  await app.open(`#/experiments/${id}`);
  expect(app.text(app.screen.getByRole('navigation', { name: 'Breadcrumbs' }))).toContain(id);
  return records(app.grid('Iterations'));
}

/** The grid "Iterations", and old and new costs in the table behind the figure. */
async function expectIterations(app: RenderedApp, id: string, table: string): Promise<void> {
  expect(shownIterations(await openExperiment(app, id))).toEqual(expectedIterations(table));
  await app.click(app.button(`Show as table: ${figureName}`));
  expect(shownCosts(records(app.grid(figureName)))).toEqual(expectedCosts(table));
}

/** Accepted, rejected and invalid proposals of each bank, counted on screen. */
function countsOf(rows: readonly Row[], agent: string): string {
  const verdicts = rows.map((row) => cellOf(row, `${agent} verdict`));
  const count = (word: string) => verdicts.filter((verdict) => verdict.startsWith(word)).length;
  return `${count('accepted')} accepted, ${count('rejected')} rejected, ${count('invalid')} invalid`;
}

async function openIteration(
  app: RenderedApp,
  id: string,
  k: number,
): Promise<Readonly<Record<string, Row>>> {
  await app.open(`#/experiments/${id}/iterations/${k}`);
  expect(app.screen.getByRole('heading', { level: 1 }).textContent).toBe(`Iteration ${k}`);
  const rows = records(app.grid('Proposals'));
  return Object.fromEntries(rows.map((row) => [cellOf(row, 'Agent'), row]));
}

/** The first run that the iteration on screen links to. */
async function openFirstRun(app: RenderedApp): Promise<Row | undefined> {
  await app.click(app.links('Simulation runs')[0]);
  const rows = records(app.grid('Agents'));
  return rows.find((row) => row.Agent === 'BANK_B');
}

const first = 'exp1-20261123-045337-b1f149';
const second = 'exp1-20261123-045340-6346bb';
const pairwiseList = `
${first} | Converged | 9 | 8 | 6 | $100.00 | $68.00 | $68.00 | 43 | deterministic-pairwise
${second} | At iteration limit | 20 | 19 | 14 | $100.00 | $20.00 | $20.00 | 43 | deterministic-pairwise`;

/** What both writers of these experiments leave: the counts, the last costs, the number of runs. */
async function expectSecondPass(app: RenderedApp): Promise<readonly Row[]> {
  const rows = await openExperiment(app, second);
  expect(rows).toHaveLength(20);
  expect(countsOf(rows, 'BANK_A')).toBe('12 accepted, 5 rejected, 2 invalid');
  expect(countsOf(rows, 'BANK_B')).toBe('7 accepted, 9 rejected, 3 invalid');
  expect(cellOf(rows[19], 'BANK_A cost')).toBe('$0.00');
  expect(cellOf(rows[19], 'BANK_B cost')).toBe('$20.00');
  expect(app.fact('reason')).toContain('Max iterations reached (20)');
  expect(app.text()).toContain('(stored as converged)');
  expect(app.fact('simulation runs')).toBe('20');
  return rows;
}

testRealFiles(['pairwise.db'], 'on screen', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  expectListed(app, pairwiseList);

  await expectIterations(app, first, pairwiseFirst);
  expect(app.fact('reason')).toContain('Stability achieved (5 consecutive stable iterations)');
  expect(app.fact('exchanges with the proposer')).toMatch(/^16/);
  expect(app.fact('simulation runs')).toBe('9');

  const rows = await expectSecondPass(app);
  const verdicts = (agent: string) =>
    rows.map((row) => cellOf(row, `${agent} verdict`)).filter((verdict) => verdict.startsWith('rejected'));
  expect(verdicts('BANK_A')).toEqual([...Array<string>(4).fill('rejected dearer'), 'rejected same cost']);
  expect(verdicts('BANK_B').sort()).toEqual([
    ...Array<string>(6).fill('rejected below the floor'),
    ...Array<string>(3).fill('rejected dearer'),
  ]);

  const { BANK_B } = await openIteration(app, second, 11);
  expect(
    ['Verdict', 'Old cost', 'New cost', 'Saving', 'Verdict from'].map((name) => cellOf(BANK_B, name)),
  ).toEqual(['rejected below the floor', '$21.00', '$71.00', '−$50.00', 'evaluation row']);
  expect(cellOf(BANK_B, 'Reason')).toBe('settles 66.7 %, floor 95.0 %');
  const verdict = app.region('Verdict on the proposal of BANK_B');
  expect(app.fact('saving', verdict)).toBe('−$50.00');
  expect(app.fact('settlement rate', verdict)).toContain('66.7 %');
  const parameters = records(app.grid('Parameters of BANK_B'));
  expect(parameters.find((row) => row.Parameter === 'initial_liquidity_fraction')?.Proposed).toBe('11 %');

  await openIteration(app, second, 19);
  const [linked] = records(app.grid('Simulation runs'));
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

testRealFiles(['unified.db'], 'on screen', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  expectListed(app, pairwiseList);
  expect(app.findGrid('Simulation runs')).toBeUndefined();

  // No evaluations: the same verdicts, derived; costs and reasons of proposals are not recorded.
  await expectIterations(app, first, withoutEvaluations(pairwiseFirst));
  for (const label of ['final cost', 'best cost']) {
    expect(app.fact(label)).toMatch(/^\$68\.00\s*as stored$/);
  }

  await expectSecondPass(app);
  for (const label of ['final cost', 'best cost']) {
    expect(app.fact(label)).toMatch(/^\$20\.00\s*as stored$/);
  }
  const { BANK_B } = await openIteration(app, second, 11);
  expect(cellOf(BANK_B, 'Verdict from')).toBe('derived from the next iteration');
  const [linked] = records(app.grid('Simulation runs'));
  expect(cellOf(linked, 'Run')).toBe(`${second}-iter11-evaluation`);
  expect(cellOf(linked, 'Purpose')).toBe('evaluation');
  expect(cellOf(linked, 'Linked by')).toMatch(/^column:/);
});

testRealFiles(['bootstrap.db'], 'on screen', async (...paths) => {
  const exp2 = 'exp2-20261123-045350-e40e67';
  const other = 'exp2-20261123-045413-5fcbcd';
  const app = await renderApp();
  await app.pickFiles(...paths);
  expectListed(
    app,
    `
${exp2} | At iteration limit | 14 | 14 | 10 | $996.00 | $328.68 | $328.68 | 42 | bootstrap
${other} | At iteration limit | 14 | 19 | 5 | $996.00 | $299.73 | $299.73 | 42 | bootstrap`,
  );

  await expectIterations(app, exp2, bootstrapFirst);
  expect(app.fact('reason')).toContain('Max iterations reached (14)');
  expect(app.fact('samples')).toBe('50');
  expect(app.fact('simulation runs')).toBe('14');

  const { BANK_A } = await openIteration(app, exp2, 10);
  expect(['Verdict', 'Old cost', 'New cost'].map((name) => cellOf(BANK_A, name))).toEqual([
    'accepted',
    '$169.32',
    '$151.19',
  ]);
  const verdict = app.region('Verdict on the proposal of BANK_A');
  expect(app.fact('samples', verdict)).toBe('50');
  expect(app.fact('sum of the savings', verdict)).toBe(
    '$906.09 Mean of 50 paired savings, sum $906.09. Old and new cost are rounded down to cents; their difference is $18.13.',
  );
  expect(app.fact('new cost', verdict)).toBe('$151.19');
  expect(app.fact('standard deviation', verdict)).toContain('$12.71');
  expect(app.fact('95 % interval', verdict)).toContain('$147.56 to $154.83');
  const rows = records(app.grid('Samples', app.region('Samples of BANK_A')));
  const sample = (index: number) =>
    ['Seed', 'Old cost', 'New cost', 'Saving'].map((name) => cellOf(rows[index], name)).join(' | ');
  expect(rows).toHaveLength(50);
  expect(sample(0)).toBe('732435933 | $169.32 | $149.40 | $19.92');
  expect(sample(14)).toBe('201853587 | $169.32 | $239.31 | −$69.99');
  expect(cellOf(records(app.grid('Simulation runs'))[0], 'Purpose')).toBe('initial');

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
  expect(app.fact('reason')).toContain('Max iterations reached (14)');
});

testRealFiles(['crashed.db'], 'on screen', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  const rows = records(app.grid('Experiments'));
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
  expect(app.fact('status')).toContain('no completion time is stored');
  expect(app.fact('iterations')).toContain('the stored counter says 0');
  expect(app.fact('completed')).toBe('not stored');
  const { BANK_A, BANK_B } = await openIteration(app, 'exp1-20261123-045243-98ba0d', 5);
  expect(cellOf(BANK_A, 'Verdict from')).toBe('evaluation row');
  expect(cellOf(BANK_B, 'Verdict from')).toBe('no next iteration');
});

testRealFiles(['killed.db', 'killed.db.wal'], 'on screen', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  expect(app.main.textContent).toContain('The open files hold no experiment.');
  const [run, ...others] = records(app.grid('Simulation runs'));
  expect(others).toEqual([]);
  expect(cellOf(run, 'Status')).toBe('unfinished: no row of the run itself');
  expect(cellOf(run, 'Arrivals')).toBe('4,520');
  // Days 0 to 16.
  expect(cellOf(run, 'Days')).toBe('17');
  expect(['Cost', 'Seed', 'Started'].map((name) => cellOf(run, name))).toEqual(['', '', '']);

  await app.click(app.links('Simulation runs')[0]);
  expect(app.text(app.main)).toContain('payments stored 4,520');
  expect(app.text(app.main)).toContain('days with payments 17');
  expect(app.rowCount('Payments')).toBe(4520);
  expect(app.text(app.main)).toContain('its process is still running, or it died');
});

testRealFiles(['exp1-20251215.db', 'exp2-20251215.db'], 'on screen', async (...paths) => {
  const exp1 = 'exp1-20251215-084901-866d63';
  const exp2 = 'exp2-20251215-083049-8cf596';
  const app = await renderApp();
  await app.pickFiles(...paths);
  expectListed(
    app,
    `
${exp1} | Converged | 9 | 9 | 7 | $100.00 | $31.00 | $31.00 | 42 | deterministic
${exp2} | Converged | 11 | 9 | 11 | $996.00 | $312.86 | $312.86 | 42 | bootstrap`,
  );
  const proposers = records(app.grid('Experiments')).map((row) => cellOf(row, 'Proposer'));
  expect(proposers).toEqual(['openai:gpt-5.2', expect.any(String)]);

  const reason = 'Stability achieved (5 consecutive stable iterations)';
  await expectIterations(app, exp1, decemberFirst);
  expect(app.fact('reason')).toContain(reason);
  const exchanges = () => app.fact('exchanges with the proposer');
  expect(exchanges()).toMatch(/^16\s*54,286 words \(stored as tokens\), 15 min 50 s of waiting$/);
  for (const label of ['simulation runs', 'evaluations']) {
    expect(app.fact(label)).toContain('none');
  }

  await expectIterations(app, exp2, withSharedCost(decemberSecond));
  expect(app.fact('reason')).toContain(reason);
  expect(exchanges()).toMatch(/^20\s*133,586 words \(stored as tokens\), 16 min 25 s of waiting$/);
  expect(app.text()).toContain('split equally');
  expect(app.facts('samples')[1]).toContain('none');
});
