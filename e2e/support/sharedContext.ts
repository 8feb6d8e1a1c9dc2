/**
 * The pages of a worker of Playwright are in one process, beside a page that holds the compiled engine: V8 then compiles
 * each of its functions once for all tests, not for each page anew. What a page has stored goes before the next one.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, BrowserContext } from '@playwright/test';

import { distFolder } from '../../scripts/paths.ts';

export interface SharedContext {
  readonly context: BrowserContext;
  /** Empties all that a page of this origin can store. */
  forget(origin: string): Promise<void>;
}

/** Where the page is that holds the engine: of the same origin, and nothing of the app's runs there. */
export const holderPath = '/oldBrowser.js';

/** Of each browser; it ends with it. */
const contexts = new WeakMap<Browser, Promise<SharedContext>>();

/** With the settings of Playwright's configuration; the app is at `origin`. */
export function sharedContext(browser: Browser, origin: string): Promise<SharedContext> {
  const known = contexts.get(browser);
  if (known !== undefined) return known;
  const opening = open(browser, origin);
  contexts.set(browser, opening);
  return opening;
}

async function open(browser: Browser, origin: string): Promise<SharedContext> {
  const context = await browser.newContext();
  const holder = await context.newPage();
  const assets = join(process.env.ITERSCOPE_DIST ?? distFolder, 'assets');
  const engine = (await readdir(assets)).find((name) => name.endsWith('.wasm')) ?? '';
  await holder.goto(`${origin}${holderPath}`);
  await holder.evaluate(async (address) => {
    Reflect.set(window, 'engine', await WebAssembly.compileStreaming(fetch(address)));
  }, `/assets/${engine}`);
  const session = await context.newCDPSession(holder);
  return {
    context,
    async forget(of) {
      await session.send('Storage.clearDataForOrigin', { origin: of, storageTypes: 'all' });
    },
  };
}
