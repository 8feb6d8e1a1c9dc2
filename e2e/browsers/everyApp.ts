/** The app in a browser that Playwright cannot drive: what the tests of every browser need of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base } from '@playwright/test';

import { closedProxy } from './closedProxy.ts';
import { browsers } from './browsers.ts';
import type { DrivenBrowser } from './drivers/driven.ts';

export interface EveryApp {
  readonly browser: DrivenBrowser;
  readonly origin: string;
  /** Loads an address of the app, as `#/experiments`, with nothing open, and waits until it is final. */
  open(hash?: string): Promise<void>;
  /** Goes to an address of the page that is there. */
  go(hash: string): Promise<void>;
  reload(): Promise<void>;
  pickFiles(...paths: readonly string[]): Promise<void>;
  /** Clicks the one button, link or radio button of this name. */
  click(name: string): Promise<void>;
  /** Rows that a grid says it has, without its heading. */
  rowCount(grid: string): Promise<number>;
  /** The cells of a grid that are in the page, row by row, its heading first. */
  cells(grid: string): Promise<readonly (readonly string[])[]>;
  /** The words of the page's main part. */
  words(): Promise<string>;
  openFiles(): Promise<readonly string[]>;
  hash(): Promise<string>;
  /** Milliseconds that each engine of this page took to start, in order. */
  engineStarts(): Promise<readonly number[]>;
  /** Other hosts that the page has asked for something. */
  foreignHosts(): readonly string[];
}

interface OfWorker {
  readonly folder: string;
  readonly app: EveryApp;
}

export const test = base.extend<object, OfWorker>({
  folder: [
    // Playwright reads from the pattern which fixtures this one needs: none.
    async ({}, provide) => {
      const folder = await mkdtemp(join(tmpdir(), 'iterscope-browser-'));
      await provide(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ folder }, provide) => {
      const origin = process.env.ITERSCOPE_ORIGIN ?? '';
      const found = browsers[process.env.ITERSCOPE_BROWSER ?? '']?.() ?? 'no browser is named';
      if (typeof found === 'string') throw new Error(found);
      const proxy = await closedProxy();
      try {
        const browser = await found({ proxy: proxy.address, folder });
        console.log(`  in ${browser.name}`);
        try {
          await provide(appIn(browser, origin, proxy.asked));
        } finally {
          await browser.close();
        }
      } finally {
        proxy.close();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

function appIn(browser: DrivenBrowser, origin: string, asked: readonly string[]): EveryApp {
  const inGrid = (name: string): string =>
    ['grid', 'table'].map((role) => `[role=${role}][aria-label="${name}"]`).join();
  /** Three calm moments, as busy follows a click by one. */
  const waitIdle = (): Promise<void> =>
    browser.evaluate(async () => {
      for (let calm = 0; calm < 3;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        calm = document.documentElement.dataset.status === 'idle' ? calm + 1 : 0;
      }
    }, undefined);
  return {
    browser,
    origin,
    foreignHosts: () => asked.filter((host) => !browser.itsOwnHosts.test(host)),
    async open(hash = '#/') {
      await browser.goto('about:blank');
      await browser.goto(`${origin}/${hash}`);
      await waitIdle();
    },
    async go(hash) {
      await browser.evaluate((to) => void (location.hash = to), hash);
      await waitIdle();
    },
    async reload() {
      await browser.reload();
      await waitIdle();
    },
    async pickFiles(...paths) {
      await browser.setFiles('input[type=file][aria-label="Open database files"]', paths);
      await waitIdle();
    },
    async click(name) {
      const [x, y] = await browser.evaluate((wanted): readonly [number, number] => {
        const found = [...document.querySelectorAll('button, a, [role=radio], [role=row]')].find(
          (element) => (element.getAttribute('aria-label') ?? element.textContent).trim() === wanted,
        );
        if (found === undefined) throw new Error(`nothing named ${wanted}`);
        found.scrollIntoView({ block: 'center' });
        const { left, top, width, height } = found.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
      }, name);
      await browser.click(x, y);
      await waitIdle();
    },
    rowCount: (name) =>
      browser.evaluate((selector) => {
        const found = document.querySelector(selector);
        if (found === null) throw new Error(`no ${selector}`);
        return Number(found.getAttribute('aria-rowcount')) - 1;
      }, inGrid(name)),
    cells: (name) =>
      browser.evaluate((selector) => {
        const rows = [...(document.querySelector(selector)?.querySelectorAll('[role=row]') ?? [])].map(
          (row) =>
            [...row.querySelectorAll('[role=columnheader], [role=rowheader], [role=gridcell]')]
              // Lines over the headings that only the eye groups by are not headings.
              .filter((cell) => cell.closest('[aria-hidden=true]') === null)
              .map((cell) => {
                const label = cell.role === 'columnheader' ? cell.getAttribute('aria-label') : null;
                return (label ?? cell.textContent).trim();
              }),
        );
        return rows.filter((row) => row.length > 0);
      }, inGrid(name)),
    words: () => browser.evaluate(() => document.querySelector('main')?.innerText ?? '', undefined),
    openFiles: () =>
      browser.evaluate(
        () =>
          [...document.querySelectorAll('ul[aria-label="Open files"] > li')].map((item) =>
            item.textContent.trim(),
          ),
        undefined,
      ),
    engineStarts: () =>
      browser.evaluate(
        () => performance.getEntriesByName('engine start').map(({ duration }) => Math.round(duration)),
        undefined,
      ),
    hash: () => browser.evaluate(() => location.hash, undefined),
  };
}
