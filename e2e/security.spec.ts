/** What a stranger's file or link may not do: run script, reach another host, leave the page. */
import { createServer } from 'node:http';
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';
import { startFaultyAppHost } from './support/faultyAppHost.ts';
import { records } from './support/grid.ts';
import { listenLocally } from './support/localServer.ts';

declare global {
  interface Window {
    /** Set by any script of the attacker that runs. */
    attacked?: string;
  }
}

/** A host that writes down who asks for what, and would answer with a script. */
async function startForeignHost() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response
      .writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' })
      .end('window.attacked = "foreign script"');
  });
  return { asked, ...(await listenLocally(server)) };
}

test('the page alone, from a host that sends no headers, runs no script but its own', async ({
  app,
  page,
}) => {
  // A static host: what it serves of the app is whole.
  const host = await startFaultyAppHost(/^$/, 'missing');
  const foreign = await startForeignHost();
  for (const { origin } of [host, foreign]) app.allowOrigin(origin);
  await page.goto(host.address);
  await app.waitIdle();
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "script-src 'self'",
  );
  const refused = await page.evaluate(async (elsewhere) => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      directives.push(event.effectiveDirective),
    );
    const add = (tag: string, attributes: Record<string, string>, text = ''): void => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      document.body.append(element);
      if (tag === 'form') (element as HTMLFormElement).submit();
      if ('onclick' in attributes) element.click();
    };
    add('script', {}, 'window.attacked = "inline"');
    add('button', { onclick: 'window.attacked = "handler"' });
    add('script', { src: `${elsewhere}/script.js` });
    add('img', { src: `${elsewhere}/picture.png` });
    add('iframe', { src: `${elsewhere}/frame` });
    add('object', { data: `${elsewhere}/object` });
    add('link', { rel: 'stylesheet', href: `${elsewhere}/style.css` });
    add('base', { href: `${elsewhere}/` });
    add('form', { action: `${elsewhere}/form`, method: 'post' });
    // A worker of text would answer to no policy.
    try {
      new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
    } catch {
      // Firefox throws, Chromium reports.
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return directives;
  }, foreign.origin);
  expect(new Set(refused)).toEqual(
    new Set([
      'script-src-elem',
      'script-src-attr',
      'img-src',
      'frame-src',
      'object-src',
      'style-src-elem',
      'base-uri',
      'form-action',
      'worker-src',
    ]),
  );
  expect(await page.evaluate(() => window.attacked)).toBeUndefined();
  expect(foreign.asked).toEqual([]);
  expect(page.url().startsWith(host.address)).toBe(true);
  await foreign.close();
  await host.close();
});

const attack = (place: string): string =>
  `<img src="x-${place}" onerror="window.attacked='${place}'"><script>window.attacked='${place}'</script><a href="javascript:window.attacked='${place}'">x</a>`;

test('markup in names, prompts and reasons is shown as text, and so is it in a link', async ({
  app,
  page,
  folder,
}) => {
  const experiment = 'exp-<script>alert(1)</script>';
  const path = await writeDatabase(
    join(folder, 'hostile <b>.db'),
    'B-V5',
    twoBanks(experiment, {
      name: attack('name'),
      systemPrompt: attack('system'),
      userPrompt: attack('user'),
      response: attack('response'),
      reason: attack('reason'),
    }),
  );
  const shown = async (text: string): Promise<void> => {
    await expect(page.getByText(text).first()).toBeVisible();
  };
  const expectNoMarkup = async (): Promise<void> => {
    const live = 'main img, main script, main a[href^="javascript:" i], #root script';
    await expect(page.locator(live)).toHaveCount(0);
  };
  await app.open();
  await app.pickFiles(path);
  await expect(app.gridLocator('Experiments')).toContainText(experiment);
  expect(records(await app.grid('Experiments'))[0]?.Name).toBe(attack('name'));
  await shown('hostile <b>.db');

  const address = `#/experiments/${encodeURIComponent(experiment)}`;
  await app.open(`${address}?iteration=1`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(attack('name'));
  await expectNoMarkup();
  await app.open(`${address}/iterations/1`);
  for (const summary of ['Exchange with the proposer', 'System prompt', 'User prompt']) {
    await page.locator('summary').filter({ hasText: summary }).first().click();
  }
  for (const place of ['system', 'user', 'response', 'reason']) await shown(attack(place));
  await expectNoMarkup();
  await app.open(`${address}/proposals?show=all`);
  await expect(page.locator('main')).toContainText('<script>');
  await expect(page.locator('main')).toContainText('onerror');
  await expectNoMarkup();

  const links = [
    `#/experiments?db=${encodeURIComponent('javascript:window.attacked=4')}`,
    `#/experiments/${encodeURIComponent(attack('id'))}`,
    `#/runs/${encodeURIComponent('"><script>window.attacked=5</script>')}?in=${encodeURIComponent(attack('file'))}`,
  ];
  for (const link of links) {
    await app.open(link);
    expect(await page.locator('#root script, #root a[href^="javascript:" i]').count()).toBe(0);
  }
  expect(await page.evaluate(() => window.attacked)).toBeUndefined();
});
