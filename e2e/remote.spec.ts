/** A database on another server is read by byte ranges, and closed like any other. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from '../src/lib/sql.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';
import { startRangeServer, type RangeServer, type RangeServerOptions } from './support/rangeServer.ts';

/** Of text that no compression makes small, in a table nobody asks for. */
const ballast = sql`CREATE TABLE ballast AS
  SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) || md5((i + 2)::VARCHAR) AS text FROM range(400000) t(i)`;

async function serve(app: App, options: Omit<RangeServerOptions, 'cors'>): Promise<RangeServer> {
  const server = await startRangeServer({ ...options, cors: true });
  app.allowOrigin(server.origin);
  return server;
}

const linkTo = (server: RangeServer, path: string): string =>
  `#/experiments?db=${encodeURIComponent(server.address(path))}`;

test('by ranges: the list costs a small part of the file, and the log beside a file is found', async ({
  app,
  folder,
}) => {
  const path = await writeDatabase(join(folder, 'large.db'), 'B-V5', twoBanks('large'), {
    statements: [ballast],
  });
  const { size } = await stat(path);
  const server = await serve(app, { files: [path] });
  await app.open(linkTo(server, path));
  const [row] = records(await app.grid('Experiments'));
  expect(['Id', 'Iterations', 'First cost', 'Final cost'].map((name) => cellOf(row, name))).toEqual([
    'large',
    '3',
    '$100.00',
    '$70.00',
  ]);
  const gets = server.served.filter(({ method, bytes }) => method === 'GET' && bytes > 0);
  console.log(`list: ${server.sentBytes()} of ${size} bytes in ${gets.length} requests`);
  expect(gets.filter(({ pathname }) => pathname.endsWith('.db')).map(({ status }) => status)).toEqual(
    gets.map(() => 206),
  );
  expect(server.sentBytes()).toBeLessThan(2_500_000);
  expect(size).toBeGreaterThan(10 * 2_500_000);

  await app.open(`#/experiments/large/iterations/1`);
  const proposals = records(await app.grid('Proposals'));
  expect(proposals.map((proposal) => cellOf(proposal, 'New cost'))).toEqual(['$90.00', '$30.00']);
  expect(server.sentBytes()).toBeLessThan(12_000_000);

  await app.page.getByRole('button', { name: 'Close large.db' }).click();
  await app.waitIdle();
  await expect(app.page.getByRole('heading', { name: /^See what every policy cost/ })).toBeVisible();
  expect(app.hash).not.toContain('db=');
  await server.close();

  await test.step('the log beside a file is found', async () => {
    const path = await writeDatabase(join(folder, 'running.db'), 'B-V5', twoBanks('running'), {
      leaveWal: true,
    });
    const host = await serve(app, { files: [path, `${path}.wal`] });
    await app.open();
    // The page is loaded anew for the host that it may ask now.
    await app.page.reload();
    await app.waitIdle();
    await app.page.getByLabel('Or from a URL').fill(host.address(path));
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('list', { name: 'Open files' })).toContainText(/running\.db.*\+ WAL/);
    await app.waitIdle();
    const rows = records(await app.grid('Experiments'));
    expect(rows.map((row) => cellOf(row, 'Id'))).toEqual(['running']);
    await host.close();
  });
});
