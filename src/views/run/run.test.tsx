/** A run replayed: banks, events and payments at the tick in the address, by pointer and by keyboard. */
import { join } from 'node:path';

import { fireEvent, waitFor } from '@testing-library/dom';
import { expect, inject, test } from 'vitest';

import { twoBanks } from '../../../e2e/fixtures/twoBanks.ts';
import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import { cellOf, records } from '../../testing/gridText.ts';
import { testRealFiles } from '../../testing/realFile.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { renderApp, type RenderedApp } from '../../testing/renderApp.ts';

const bank = (app: RenderedApp, name: string): HTMLElement => {
  const banks = [...app.region('Banks').querySelectorAll<HTMLElement>('li')];
  const found = banks.find((each) => app.text(each).includes(name));
  if (found === undefined) throw new Error(`no bank ${name}`);
  return found;
};

/** The run as one comes to it, with nothing pressed or focused on its screen. */
async function openRun(app: RenderedApp, search = ''): Promise<void> {
  await app.open('#/');
  await app.open(`#/runs/sim-3a023269${search}`);
}

/** Every value that the README of the real files lists of it, of the run and of its banks. */
async function expectListed(app: RenderedApp): Promise<void> {
  const [run, ...others] = records(app.grid('Simulation runs'));
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
  for (const words of [
    'seed 42',
    'ticks 100',
    'arrived 393',
    'settled 364',
    'queued 211',
    'overdue at some time 6',
    'cost $3,134.12',
  ]) {
    expect(app.text(app.main)).toContain(words);
  }
  expect(app.fact('settled at once')).toBe('182');
  expect(app.fact('settled from Queue 2')).toBe('182');
  expect(app.text(app.region('Events'))).toContain('1,861');
  const rows = records(app.grid('Agents'));
  const money = ['Cost', 'Delay', 'Penalties', 'First balance', 'Lowest balance', 'Last balance'];
  const shown = (agent: string) => {
    const row = rows.find((candidate) => candidate.Agent === agent);
    return money.map((name) => cellOf(row, name)).join(' ');
  };
  expect(shown('BANK_A')).toBe('$3,134.12 $34.12 $3,100.00 $500.00 $0.89 $345.93');
  expect(shown('BANK_B')).toMatch(/^\$0\.00 \$0\.00 \$0\.00 \$500\.00 \S+ \$654\.07$/);
}

/** At tick 61, and at its end as its writer printed it. */
async function expectMoments(app: RenderedApp): Promise<void> {
  await openRun(app, '?tick=61');
  expect(app.screen.getByRole('heading', { name: 'Banks at the end of tick 61' }).tagName).toMatch(/^H\d$/);
  expect(app.text(bank(app, 'BANK_A'))).toContain('$43.00');
  expect(app.fact('Queue 2', bank(app, 'BANK_A'))).toMatch(/^14 \(/);
  expect(app.text(bank(app, 'BANK_B'))).toContain('$957.00');
  expect(app.screen.getByRole('slider', { name: 'Tick' }).getAttribute('aria-valuetext')).toBe(
    'tick 61 of 99, day 1',
  );
  expect(app.text(app.main)).toContain('mean delay 2.9 ticks');
  expect(app.rowCount('Events')).toBe(1861);
  expect(app.rowCount('Payments')).toBe(393);

  await app.click(app.button('Last tick'));
  expect(app.hash).toContain('tick=99');
  expect(app.text(bank(app, 'BANK_A'))).toContain('$345.93');
  expect(app.text(bank(app, 'BANK_B'))).toContain('$654.07');
  expect(app.fact('cost so far', bank(app, 'BANK_A'))).toContain('$3,134.12');
  expect(app.fact('cost so far', bank(app, 'BANK_B'))).toContain('$0.00');

  await app.click(app.button('Show as table: Time series'));
  const last = records(await app.wholeGrid('Time series')).find((row) => row.Tick === '99');
  expect(cellOf(last, 'Balance BANK_A')).toBe('$345.93');
  expect(cellOf(last, 'Cost so far BANK_A')).toBe('$3,134.12');
}

/** The figure over the run is read by keyboard and by pointer, tick by tick. */
async function expectFigureRead(app: RenderedApp): Promise<void> {
  await openRun(app, '?tick=61');
  const chart = app.screen.getByRole('application', { name: 'Time series' });
  const said = () => app.text(app.within(chart).getByRole('status'));
  const read = () => app.text(chart.querySelector('[data-readout]') ?? undefined);
  chart.focus();
  await app.press('{ArrowRight}');
  expect(said()).toMatch(
    /^Tick 61, at its end\. BANK_A: Balance \$43\.00, Value in Queue 1 \$0\.00, Value in Queue 2 \$3,558\.66, /,
  );
  expect(read()).toContain('$957.00');
  await app.press('{End}');
  expect(said()).toMatch(/^Tick 99, at its end\. BANK_A: Balance \$345\.93, .*Cost so far \$3,134\.12\.$/);
  await app.press('{ArrowDown}');
  expect(said()).toMatch(/^Tick 99, at its end\. BANK_B: Balance \$654\.07, /);
  await app.press('{PageUp}{ArrowLeft}{ArrowUp}');
  expect(said()).toMatch(/^Tick 88, at its end\. BANK_A: /);
  expect(app.hash).toContain('tick=61');
  await app.press('{Enter}');
  expect(app.hash).toContain('tick=88');
  const atReplay = app.text(bank(app, 'BANK_A'));
  expect(atReplay).toContain(/Balance (\S+),/.exec(said())?.[1] ?? 'no balance');
  await app.press('{Escape}');
  expect(chart.querySelector('[data-readout]')).toBeNull();
  expect(said()).toBe('');

  const panel = chart.querySelector('[data-panel="Balance"]');
  if (panel === null) throw new Error('no panel of balances');
  fireEvent.pointerMove(panel, { clientX: 100_000, clientY: 20 });
  await app.waitIdle();
  expect(read()).toMatch(/^Tick 99\s*at its end/);
  expect(read()).toContain('$3,134.12');
  expect(said()).toBe('');
  fireEvent.pointerOut(chart);
  await app.waitIdle();
  expect(chart.querySelector('[data-readout]')).toBeNull();
}

/** Ticks, the next overdue payment and its life by keyboard. */
async function expectKeys(app: RenderedApp): Promise<void> {
  await openRun(app);
  await app.press('{ArrowRight}');
  await app.press('{ArrowRight}');
  expect(app.hash).toContain('tick=2');
  await app.press('n');
  const overdue = Number(/tick=(\d+)/.exec(app.hash)?.[1]);
  expect(overdue).toBeGreaterThan(2);
  await app.press('N');
  expect(app.text()).toContain(`before tick ${overdue}`);
  await app.press('{End}');
  expect(app.hash).toContain('tick=99');
  await app.press('{Home}');
  await app.user.keyboard(' ');
  await waitFor(() => app.button('Pause'));
  await waitFor(() => app.screen.getByRole('heading', { name: 'Banks at the end of tick 3' }), {
    timeout: 60_000,
  });
  await app.press(' ');
  expect(app.button('Play').tagName).toBe('BUTTON');

  app.gridElement('Payments').querySelector<HTMLElement>('[role=gridcell]')?.focus();
  await app.press('{Enter}');
  expect(app.hash).toContain('payment=');
  expect(app.text(app.region('Payment timeline'))).toContain('arrives');
}

/** Events narrowed by type, in the address, with a way back. */
async function expectEventsNarrowed(app: RenderedApp): Promise<void> {
  await openRun(app, '?tick=500&from=200&hide=NOBODY');
  expect(app.text(app.main)).toContain(
    'There is no tick 500: ticks 0 to 99 are stored, and the last is shown.',
  );
  expect(app.text(app.main)).toContain('The events are narrowed to tick 200: ticks 0 to 99 are stored.');
  expect(app.text(app.main)).toContain('Nothing of NOBODY is stored.');
  await openRun(app, '?type=TransactionWentOverdue');
  expect(app.text(app.main)).not.toContain('are stored.');
  const rows = records(app.grid('Events'));
  expect(rows).toHaveLength(6);
  expect(new Set(rows.map((row) => row.Event))).toEqual(new Set(['goes overdue']));
  expect(rows.map((row) => row.Details).join()).toMatch(/BANK_A → BANK_B, was due at tick \d+/);
  await app.click(app.button(/without the filter goes overdue/));
  expect(app.rowCount('Events')).toBe(1861);

  await app.click(app.button('Filter'));
  await app.click(app.screen.getByRole('checkbox', { name: /^waits in Queue 2/ }));
  expect(app.hash).toContain('type=QueuedRtgs');
  expect(app.rowCount('Events')).toBe(211);
}

testRealFiles(
  ['near-deadline.db'],
  'what is listed of it, moments, the figure over the run, keys, and events narrowed by type',
  async (...paths) => {
    const app = await renderApp();
    await app.pickFiles(...paths);
    await expectListed(app);
    await expectMoments(app);
    await expectFigureRead(app);
    await expectKeys(app);
    await expectEventsNarrowed(app);
  },
);

/** Why a payment was late, of one whose offsets were refused; and what of split payments was late. */
async function expectLateTold(app: RenderedApp): Promise<void> {
  await app.open('#/runs/tight-full?payment=f93d38b2-a3a8-4228-8487-b8c8fa262b69');
  const timeline = app.region('Payment timeline');
  await waitFor(() => expect(document.activeElement).toBe(timeline));
  const ticks = records(app.grid('Why it waited'));
  const tried = ticks.filter((row) => row.It?.includes('offset'));
  expect(tried.length).toBeGreaterThan(5);
  for (const row of tried) expect(row.It).toMatch(/offset refused \(\w+ short of \$[\d,.]+\)/);
  expect(cellOf(ticks.at(-1), 'Tick')).toBe('30');
  expect(cellOf(ticks.at(-1), 'It')).toContain('settles from Queue 2');
  expect(app.text(timeline)).not.toContain('two banks offset');

  await app.open('#/runs/split-deferred');
  await app.click(app.screen.getByRole('link', { name: /^overdue at some time/ }));
  await waitFor(() => expect(document.activeElement).toBe(app.region('Payments')));
  const late = records(await app.wholeGrid('Payments'));
  const whole = late.filter(({ Status }) => !Status?.startsWith('part'));
  expect(whole).toHaveLength(21);
  expect(whole.filter(({ Late }) => Late?.startsWith('a part since tick '))).toHaveLength(15);
  expect(whole.filter(({ Late }) => Late?.startsWith('since tick '))).toHaveLength(6);

  await openMarked(app);
}

/** The event that a jump marked is marked again after Back. */
async function openMarked(app: RenderedApp): Promise<void> {
  await app.open('#/runs/tight-full');
  await app.press('n');
  const marked = () => app.text(app.region('Selected event'));
  expect(marked()).toMatch(/^Tick 6: goes overdue MERIDIAN → LINDEN/);
  const before = marked();
  await app.open('#/health');
  history.back();
  await waitFor(() => expect(app.hash).toMatch(/^#\/runs\/tight-full\?.*event=118/));
  await app.waitIdle();
  expect(marked()).toBe(before);
}

testRealFiles(['replay.db'], 'why payments were late, and the marked event after Back', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  await expectLateTold(app);
});

/** Two runs beside each other: where they part, what the second saves. */
async function expectTwinCompared(app: RenderedApp): Promise<void> {
  await app.open('#/experiments/exp1-20261123-045337-b1f149/iterations/0');
  await app.click(app.links('Simulation runs')[0]);
  const card = () => app.region('Compare runs');
  const second = app.screen.getByLabelText('Second run');
  const [, nearest] = second.querySelectorAll('option');
  expect(nearest?.textContent).toContain('iteration 1');
  await app.user.selectOptions(second, nearest?.value ?? '');
  await app.waitIdle();
  expect(app.hash).toContain('twin=');
  expect(app.text(card())).toContain('The first tick that differs is tick 0');
  expect(app.text(card())).toContain(
    'By the end of tick 1 the second run has cost $15.00 less than this one.',
  );
  expect(app.text(card())).toContain('All payments match');
  const chart = app.screen.getByRole('application', { name: 'Running cost gap' });
  chart.focus();
  await app.press('{Home}');
  expect(app.text(app.within(chart).getByRole('status'))).toBe(
    'Tick 0, at its end. Cost so far: Second minus this −$7.50.',
  );
  await app.press('{ArrowRight}');
  expect(app.text(app.within(chart).getByRole('status'))).toContain('Tick 1, at its end');
  expect(app.text(chart.querySelector('[data-readout]') ?? undefined)).toContain('−$15.00');
  await app.click(app.button('Show as table: Running cost gap'));
  expect(records(app.grid('Running cost gap')).map((row) => Object.values(row).at(-1))).toEqual([
    '−$7.50',
    '−$15.00',
  ]);
  await app.click(app.screen.getByRole('link', { name: 'Tick 0 of the second run' }));
  expect(app.text(card())).toContain('$15.00 more than this one');
}

/** The run behind an iteration says how it is linked. */
async function expectLinked(app: RenderedApp, inFile: string, linked: RegExp): Promise<void> {
  await app.open(`#/experiments/exp1-20261123-045337-b1f149/iterations/3${inFile}`);
  await app.click(app.links('Simulation runs')[0]);
  expect(app.text(app.main)).toMatch(linked);
  expect(app.text(app.main)).toContain('cost $71.00');
  const links = [...app.main.querySelectorAll('a')];
  expect(links.map((link) => app.text(link))).toContain('iteration 3');
  expect(app.text(app.screen.getByTitle('Next run of the experiment'))).toContain('iteration 4');
}

/** A run of another open file beside this one, there and back. */
async function expectTwinElsewhere(app: RenderedApp): Promise<void> {
  await app.open('#/experiments/exp1-20261123-045337-b1f149/iterations/0?in=pairwise.db');
  await app.click(app.links('Simulation runs')[0]);
  const card = () => app.region('Compare runs');
  const place = app.within(card()).getByLabelText('Runs of');
  const elsewhere = [...place.querySelectorAll('option')].find(
    ({ textContent }) => textContent === 'unified.db: exp1 b1f149',
  );
  await app.user.selectOptions(place, elsewhere?.value ?? '');
  await app.waitIdle();
  const second = app.within(card()).getByLabelText('Second run');
  const run = [...second.querySelectorAll('option')].find(({ textContent }) =>
    textContent.startsWith('iteration 1,'),
  );
  await app.user.selectOptions(second, run?.value ?? '');
  await app.waitIdle();
  expect(app.hash).toContain('twinin=unified.db');
  // As within one file (runTwins.test.ts): both hold the same two runs.
  expect(app.text(card())).toContain('The first tick that differs is tick 0');
  expect(app.text(card())).toContain('the second run has cost $15.00 less than this one.');
  await app.click(app.screen.getByRole('link', { name: 'Tick 0 of the second run' }));
  expect(app.hash).toContain('in=unified.db');
  expect(app.hash).toContain('twinin=pairwise.db');
  expect(app.text(card())).toContain('$15.00 more than this one');
  await app.open(app.hash.replace('twinin=pairwise.db', 'twinin=gone.db'));
  expect(app.text(card())).toContain('The second run is in gone.db, which is not open.');
}

testRealFiles(
  ['pairwise.db', 'unified.db'],
  'how the run behind an iteration is linked, and a run beside it, of this file and of another',
  async (pairwise = '', unified = '') => {
    const app = await renderApp();
    await app.pickFiles(pairwise);
    await expectLinked(app, '', /linked by (seed|order|event):/);
    await expectTwinCompared(app);
    await app.pickFiles(unified);
    await expectLinked(app, '?in=unified.db', /linked by column:/);
    await expectTwinElsewhere(app);
  },
);

test('a run that stores no events says so, and where it belongs', async () => {
  const folder = inject('fixtureFolder');
  const path = await writeDatabase(join(folder, 'quiet.db'), 'B-V5', twoBanks('quiet'));
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/runs/quiet-sim-002-eval');
  expect(app.text(app.main)).toContain('there is nothing to replay');
  expect(app.screen.getByTitle('Previous run of the experiment').tagName).toBe('A');
});

test('payments without events: late where a stored settlement says so, and not recorded where nothing tells', async () => {
  const simulation = 'stored';
  const path = await writeFixture('simulation-only', {
    // Each due at tick 1.
    transactions: [
      { simulation, id: 'in-time', settlementTick: 1 },
      { simulation, id: 'just-after', settlementTick: 2 },
      { simulation, id: 'after', settlementTick: 5 },
      { simulation, id: 'open' },
      { simulation, id: 'overdue', status: 'overdue' },
    ],
  });
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/runs/stored');
  // Empty: a dash, with the reason in words.
  const late = records(app.grid('Payments')).map((row) => [cellOf(row, 'Payment'), cellOf(row, 'Late')]);
  expect(late).toEqual([
    ['in-time', 'no'],
    ['just-after', ''],
    ['after', 'since tick 2'],
    ['open', ''],
    ['overdue', 'yes'],
  ]);
});
