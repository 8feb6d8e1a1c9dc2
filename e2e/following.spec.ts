/** What `npm start -- results/` shows of a folder that an experiment writes to. */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { distFolder } from '../scripts/paths.ts';
import { startServer } from '../scripts/serve/server.ts';
import { shareFiles } from '../scripts/serve/sharedFiles.ts';
import { startAddress } from '../scripts/serve/startAddress.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';

test('npm start -- results/: its files open, one that appears, changes or goes is said, and the view stays', async ({
  app,
  folder,
}) => {
  const results = join(folder, 'results');
  await mkdir(results);
  const short = await writeDatabase(join(folder, 'short.db'), 'B-V5', twoBanks('exp1'));
  const content = twoBanks('exp1');
  const last = content.iterations?.at(-1);
  if (last === undefined) throw new Error('a fixture without iterations');
  const grown = await writeDatabase(join(folder, 'grown.db'), 'B-V5', {
    ...content,
    iterations: [...(content.iterations ?? []), { ...last, iteration: last.iteration + 1 }],
  });
  const before = content.iterations?.length ?? 0;

  const shared = await shareFiles([], [results]);
  const server = await startServer({ root: process.env.ITERSCOPE_DIST ?? distFolder, files: shared });
  app.allowOrigin(server.origin);
  await app.page.goto(startAddress(server.origin, shared.addresses, shared.folders));
  await expect(app.page.getByText('holds no database yet')).toBeVisible();

  await copyFile(short, join(results, 'base.db'));
  await expect(app.page.getByRole('grid', { name: 'Experiments' })).toBeVisible({ timeout: 30_000 });
  await app.waitIdle();
  await app.page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `${app.hash.replace('/experiments', '/experiments/exp1')}&scale=log`,
  );
  await app.waitIdle();
  expect(await app.rowCount('Iterations')).toBe(before);

  // As a writer leaves it: another state of the same name.
  await rename(grown, join(results, 'base.db'));
  await copyFile(short, join(results, 'second.db'));
  const changed = app.page.locator('[data-code="file-changed"]');
  await expect(changed).toContainText('base.db has changed: 1 iteration more.', { timeout: 30_000 });
  await expect(app.page.locator('[data-code="file-appeared"]')).toContainText('second.db');
  await changed.getByRole('button', { name: 'Read it again' }).click();
  await expect(app.page.locator('[data-code="file-grown"]')).toContainText('1 iteration more');
  await app.waitIdle();
  expect(app.hash).toMatch(/^#\/experiments\/exp1\?.*scale=log/);
  expect(await app.rowCount('Iterations')).toBe(before + 1);

  await rm(join(results, 'base.db'));
  await expect(app.page.locator('[data-code="file-gone"]')).toContainText('base.db', { timeout: 30_000 });
  expect(await app.rowCount('Iterations')).toBe(before + 1);
  await server.close();
});
