/** What a browser alone refuses (the rest: src/app/refusals.test.tsx) says what happened, why, and what to do; what was open stays open. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { patch } from './fixtures/spoil.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';
import { startRangeServer } from './support/rangeServer.ts';

const fileName = (path: string): string => path.replace(/^.*\//, '');

/** The good file is still listed, and still answers a question that was not asked before. */
async function expectStillOpen(app: App, id: string): Promise<void> {
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => row.Id)).toEqual([id]);
  await app.open(`#/experiments/${id}/iterations/1`);
  const proposals = records(await app.grid('Proposals'));
  expect(proposals.map((row) => row['New cost'])).toEqual(['$90.00', '$30.00']);
}

test('a damaged file is given up with an alert, and takes nothing with it', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const { size } = await stat(good);
  const noise = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0xa5);
  const headBytes = 12_288;
  const everywhere = await patch(good, join(folder, 'noise.db'), headBytes, noise(size - headBytes));
  const lastThird = Math.floor(size / 3);
  const behind = await patch(good, join(folder, 'worn.db'), size - lastThird, noise(lastThird));
  await app.open();
  await app.pickFiles(good);
  for (const path of [everywhere, behind]) {
    await app.dropFiles(path);
    const alert = app.page.getByRole('alert').filter({ hasText: fileName(path) });
    await expect(alert).toHaveAttribute('data-code', /^(truncated|interrupted)$/);
    await expect(alert).toContainText(/copy it again/i);
  }
  await expectStillOpen(app, 'good');
});

test('addresses that cannot be read', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const missing = await startRangeServer({ files: [good], cors: true, status: 404 });
  const closed = await startRangeServer({ files: [good], cors: false });
  const dead = await startRangeServer({ files: [], cors: true });
  await dead.close();
  const addresses = [missing, closed, dead].map((server) => {
    app.allowOrigin(server.origin);
    return server.address(good);
  });
  const links = [...addresses, 'ftp://example.org/good.db'];
  await app.open(`#/experiments?${new URLSearchParams(links.map((link) => ['db', link]))}`);

  const told = (code: string, link: string | undefined) => app.alert(code).filter({ hasText: link ?? '' });
  await expect(told('fetch-failed', links[0])).toContainText('answered 404: there is no such file');
  await expect(told('no-cors', links[1])).toContainText('does not allow other sites to read it');
  await expect(told('fetch-failed', links[2])).toContainText('No answer came from that address');
  await expect(told('fetch-failed', links[3])).toContainText('not an http or https address');
  await expect(app.page.getByRole('alert')).toHaveCount(4);

  await app.dropFiles(good);
  await app.open('#/experiments');
  await expectStillOpen(app, 'good');
  await Promise.all([missing.close(), closed.close()]);
});
