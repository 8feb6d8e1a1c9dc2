/** Links followed by somebody else: with the right file, another one, a renamed one, a newer one, from another host. */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { startFaultyDataHost } from './support/faultyDataHost.ts';
import { startRangeServer } from './support/rangeServer.ts';

const needed = (app: App) => app.page.locator('[data-code=file-needed]');
const heading = (app: App) => app.page.getByRole('heading', { level: 1 });

test('a link waits for its file, whatever else is opened; a renamed copy just opens, a newer one on request', async ({
  app,
  folder,
  forget,
  stranger,
}) => {
  const path = await writeDatabase(join(folder, 'mine.db'), 'B-V5', twoBanks('mine'));
  const other = await writeDatabase(join(folder, 'other.db'), 'B-V5', twoBanks('other'));
  const renamed = join(folder, 'renamed copy.db');
  await copyFile(path, renamed);
  const theirs = await stranger();
  await theirs.goto('/#/');
  await theirs.getByLabel('Open database files').setInputFiles(path);
  await theirs
    .getByRole('grid', { name: 'Experiments' })
    .getByRole('link', { name: 'mine', exact: true })
    .click();
  await expect(theirs.getByRole('figure', { name: 'Policy and cost by iteration' })).toBeVisible();
  await expect.poll(() => decodeURIComponent(new URL(theirs.url()).hash)).toContain('/3.mine');
  const link = `${new URL(theirs.url()).hash}&iteration=1`;
  await theirs.close();
  await forget();

  await app.open(link);
  await expect(needed(app)).toContainText('This link needs mine.db');
  await expect(needed(app)).toContainText('mine (3 iterations)');
  await app.pickFiles(other);
  // Nothing of the other experiment is shown in its place, and it is reachable.
  await expect(app.page.locator('[data-code=wrong-file]')).toContainText(
    'It holds other (3 iterations), not mine.',
  );
  expect(app.hash.split('?')[0]).toBe('#/experiments/mine');
  expect(decodeURIComponent(app.hash)).not.toContain('other');
  await app.page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Experiments' })
    .click();
  await app.waitIdle();
  expect(await app.rowCount('Experiments')).toBe(1);
  await app.page.getByRole('button', { name: 'Back to the link' }).click();
  await expect(needed(app)).toBeVisible();
  await app.pickFiles(renamed);
  await expect(heading(app)).toContainText('exp1');
  await expect(needed(app)).toHaveCount(0);
  await expect(app.page.locator('main')).toContainText('mine');
  expect(app.hash).toContain('iteration=1');

  await test.step('a newer copy is recognised and opened on request', async () => {
    const old = twoBanks('grows');
    await mkdir(join(folder, 'later'), { recursive: true });
    const fewer = { ...old, iterations: (old.iterations ?? []).filter(({ iteration }) => iteration < 2) };
    const path = await writeDatabase(join(folder, 'grows.db'), 'B-V5', fewer);
    const later = await writeDatabase(join(folder, 'later', 'grows.db'), 'B-V5', old);
    await app.page.getByRole('button', { name: 'Close other.db' }).click();
    await app.page.getByRole('button', { name: 'Close renamed copy.db' }).click();
    await app.waitIdle();
    await app.open('#/');
    await app.pickFiles(path);
    await app.gridLocator('Experiments').getByRole('link', { name: 'grows' }).click();
    await app.waitIdle();
    const link = app.hash;
    await app.page.getByRole('button', { name: 'Close grows.db' }).click();
    await app.waitIdle();
    expect(app.hash).not.toContain('db=');
    // Without its copy in the browser, which would open at once.
    await app.forgetFiles(1);
    await app.open(link);
    await expect(needed(app)).toContainText('its copy in this browser was deleted');
    await app.pickFiles(later);
    const newer = app.page.locator('[data-code=newer-copy]');
    await expect(newer).toContainText('Same experiment, 1 iteration more.');
    await newer.getByRole('button', { name: 'Open the newer copy' }).click();
    await app.waitIdle();
    expect(await app.rowCount('Iterations')).toBe(3);
  });
});

test('a link to another host asks first, and asks the host nothing before', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'remote.db'), 'B-V5', twoBanks('remote'));
  const server = await startRangeServer({ files: [path], cors: true });
  app.allowOrigin(server.origin, { consent: false });
  const link = `#/experiments/remote?db=${encodeURIComponent(`${server.address(path)}#0123abcd/9000`)}`;
  await app.open(link);
  const question = app.page.getByRole('dialog', { name: 'Open from another host?' });
  await expect(question).toContainText(new URL(server.origin).host);
  await expect(question).toContainText('9.0 kB when the link was made');
  expect(server.sentBytes()).toBe(0);
  await question.getByRole('button', { name: 'Not now' }).click();
  await expect(needed(app)).toContainText('This link needs remote.db');
  expect(server.sentBytes()).toBe(0);
  await app.page.reload();
  await question.getByRole('button', { name: 'Open', exact: true }).click();
  await app.waitIdle();
  // What lies there is not what the link was made of.
  await expect(app.page.locator('[data-code=wrong-file]')).toContainText('not 0123abcd');
  await app.page.getByRole('button', { name: 'Show the view with it' }).click();
  await app.waitIdle();
  await expect(heading(app)).toContainText('exp1');
  // The answer is remembered for this host.
  await app.page.reload();
  await app.waitIdle();
  await expect(question).toHaveCount(0);
  await expect(heading(app)).toContainText('exp1');
  await server.close();

  // One that leads on to another address: nothing is asked there before the reader says so.
  const leading = await startFaultyDataHost([path]);
  app.allowOrigin(leading.origin, { consent: false });
  await app.page.goto('about:blank');
  await app.open(`#/experiments?db=${encodeURIComponent(leading.address('redirect', path))}`);
  await question.getByRole('button', { name: 'Open', exact: true }).click();
  const leadsOn = app.alert('leads-on');
  await expect(leadsOn).toContainText('leads on to another address');
  expect(leading.asked.map(({ status }) => status)).toEqual([302]);
  await leadsOn.getByRole('button', { name: 'Follow it' }).click();
  await app.waitIdle();
  expect(await app.rowCount('Experiments')).toBe(1);
  await app.page.reload();
  await app.waitIdle();
  await expect(leadsOn).toHaveCount(0);
  expect(await app.rowCount('Experiments')).toBe(1);
  await leading.close();
});

test('a remote file that grew waits in a link and not at a reload; a copy of it is known by its content', async ({
  app,
  folder,
  stranger,
}) => {
  const all = twoBanks('served');
  const until = (count: number) => ({
    ...all,
    iterations: (all.iterations ?? []).filter(({ iteration }) => iteration < count),
  });
  await mkdir(join(folder, 'later'), { recursive: true });
  const path = await writeDatabase(join(folder, 'served.db'), 'B-V5', until(2));
  const copy = join(folder, 'a copy.db');
  await copyFile(path, copy);
  const later = await writeDatabase(join(folder, 'later', 'served.db'), 'B-V5', all);
  const server = await startRangeServer({ files: [path], cors: true });
  app.allowOrigin(server.origin);
  await app.open(`#/experiments/served?db=${encodeURIComponent(server.address(path))}`);
  await expect.poll(() => decodeURIComponent(app.hash)).toContain('/2.served');
  const link = app.hash;
  await copyFile(later, path);
  await app.page.reload();
  await app.waitIdle();
  expect(await app.rowCount('Iterations')).toBe(3);
  await expect(needed(app)).toHaveCount(0);
  await expect(app.page.locator('main')).toContainText('same experiment, 1 iteration more');

  const theirs = await stranger();
  await theirs.goto(`/${link}`);
  await theirs.getByRole('button', { name: 'Open', exact: true }).last().click();
  const newer = theirs.locator('[data-code=newer-copy]');
  await expect(newer).toContainText('Same experiment, 1 iteration more.');
  await expect(theirs.getByRole('grid', { name: 'Iterations' })).toHaveCount(0);
  await newer.getByRole('button', { name: 'Open the newer copy' }).click();
  await expect(theirs.getByRole('grid', { name: 'Iterations' })).toHaveAttribute('aria-rowcount', '4');

  const third = await stranger();
  await third.goto(`/${link}`);
  await third.getByRole('button', { name: 'Not now' }).click();
  await third.getByLabel('Open database files').setInputFiles(copy);
  await expect(third.getByRole('grid', { name: 'Iterations' })).toHaveAttribute('aria-rowcount', '3');
  await expect(third.locator('[data-code=file-needed]')).toHaveCount(0);
  await server.close();
});

test('a link of one experiment asks for its file alone; the list asks for all', async ({
  app,
  folder,
  stranger,
}) => {
  const first = await writeDatabase(join(folder, 'first.db'), 'B-V5', twoBanks('first'));
  const second = await writeDatabase(join(folder, 'second.db'), 'B-V5', twoBanks('second'));
  await app.open();
  await app.pickFiles(first, second);
  await app.gridLocator('Experiments').getByRole('link', { name: 'second' }).click();
  await app.waitIdle();
  const link = app.hash;
  expect(link).toContain('first.db');
  const dialog = app.page.getByRole('dialog', { name: 'Share this view' });
  await app.page.getByRole('button', { name: 'Share' }).click();
  await expect(dialog.getByRole('listitem')).toHaveText([/^second\.db/]);
  await app.page.keyboard.press('Escape');
  await app.page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Experiments' })
    .click();
  await app.page.getByRole('button', { name: 'Share' }).click();
  await expect(dialog.getByRole('listitem')).toHaveText([/^first\.db/, /^second\.db/]);
  await app.page.keyboard.press('Escape');
  await app.open('#/experiments/%zz');
  await app.page.getByRole('button', { name: 'Share' }).click();
  await expect(dialog).toContainText('There is nothing to share here');

  const theirs = await stranger();
  await theirs.goto(`/${link}`);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link needs second.db');
  await theirs.getByLabel('Open database files').setInputFiles(second);
  await expect(theirs.getByRole('figure', { name: 'Policy and cost by iteration' })).toBeVisible();
  await expect(theirs.locator('main')).toContainText('The link also names first.db, which is not open.');
  await theirs.getByRole('button', { name: 'Leave it out' }).click();
  await expect.poll(() => new URL(theirs.url()).hash).not.toContain('first.db');
});

test('a review bundle opens the very proposal with its note, and asks for the file; the dialog fits a phone', async ({
  app,
  folder,
  stranger,
}) => {
  const path = await writeDatabase(join(folder, 'bundled.db'), 'B-V5', twoBanks('bundled'));
  const bundle = join(folder, 'review-bundle.json');
  await app.page.setViewportSize({ width: 390, height: 800 });
  await app.open();
  await app.pickFiles(path);
  await app.open(`#/experiments/bundled/proposals?agent=BANK_A&iteration=1`);
  await app.page.keyboard.press('d');
  await app.page.keyboard.press('w');
  await app.page.keyboard.type('One run decides.');
  await app.page.keyboard.press('Escape');
  await app.waitIdle();
  await app.page.getByRole('button', { name: 'Share' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Share this view' });
  await expect(dialog).toContainText('bundled.db');
  await expect(dialog).toContainText('nobody else can open its address');
  await expect(dialog).toContainText('npm start -- bundled.db');
  const width = await dialog.evaluate((element) => element.getBoundingClientRect().right);
  expect(width).toBeLessThanOrEqual(390);
  await dialog.getByRole('radio', { name: 'With the costs they rest on' }).check();
  const [download] = await Promise.all([
    app.page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export review bundle' }).click(),
  ]);
  await download.saveAs(bundle);
  expect(JSON.parse(await readFile(bundle, 'utf8'))).toMatchObject({
    judgements: [{ agent: 'BANK_A', iteration: 1, note: 'One run decides.' }],
    rows: [{ file: 'bundled.db', agent: 'BANK_A', iteration: 1 }],
  });

  const theirs = await stranger();
  await theirs.goto(`/#/`);
  await theirs.getByLabel('Open database files').setInputFiles(bundle);
  await expect(theirs.getByRole('heading', { name: 'This link needs bundled.db' })).toBeVisible();
  await theirs.getByLabel('Open database files').setInputFiles(path);

  await expect(theirs.locator('main')).toContainText('One run decides.');
});
