/** The app as the tests see it: through its contract for assistive technology and scripts, nothing else. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type axe from 'axe-core';

import { dropFiles } from './dropFiles.ts';
import { watchHosts, type HostWatch } from './foreignHosts.ts';
import { readGrid, type GridText } from './grid.ts';
import { holderPath, sharedContext } from './sharedContext.ts';

export class App {
  readonly page: Page;
  /** Uncaught errors of the page. */
  readonly errors: string[] = [];
  private readonly hosts: HostWatch;
  /** What the page runs before it loads, on its way there. */
  private readonly scripts: Promise<unknown>[] = [];

  constructor(page: Page, hosts: HostWatch) {
    this.page = page;
    this.hosts = hosts;
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  /** Goes to an address of the app, as `#/experiments?db=sample`, and waits until it is final. */
  async open(hash = '#/'): Promise<void> {
    await this.consents();
    await this.page.goto(`/${hash}`);
    await this.waitIdle();
  }

  /** What stands in the address bar behind the origin. */
  get hash(): string {
    return new URL(this.page.url()).hash;
  }

  /** Chooses files with the file picker, a database and its `.wal` together where there is one. */
  async pickFiles(...paths: readonly string[]): Promise<void> {
    await this.page.getByLabel('Open database files').setInputFiles([...paths]);
    await this.waitIdle();
  }

  /**
   * As in a browser that kept no copy of what was open: a reload has to ask for it. `copies`: of how many files the page
   * makes one; those that are dropped have none.
   */
  async forgetFiles(copies: number): Promise<void> {
    // They are written beside what the page does; one that came later would stay.
    await expect.poll(() => this.keptCopies()).toBeGreaterThanOrEqual(copies);
    await this.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry('files', { recursive: true });
    });
  }

  /** Copies of files that the browser has kept whole. */
  private keptCopies(): Promise<number> {
    return this.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('files', { create: true });
      let whole = 0;
      for await (const handle of folder.values()) {
        if (handle.kind === 'file' && (await handle.getFile()).size > 0) whole += 1;
      }
      return whole;
    });
  }

  async dropFiles(...paths: readonly string[]): Promise<void> {
    await dropFiles(this.page, paths);
    await this.waitIdle();
  }

  /** Until nothing is loading and what is on screen is final; three calm frames, as busy follows a click by one. */
  async waitIdle(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const root = document.documentElement;
          let calmFrames = 0;
          const look = (): void => {
            calmFrames = root.dataset.status === 'idle' ? calmFrames + 1 : 0;
            if (calmFrames >= 3) resolve();
            else if (calmFrames > 0) requestAnimationFrame(look);
            // To ask in each frame would have each of them drawn.
            else watch.observe(root, { attributeFilter: ['data-status'] });
          };
          const watch = new MutationObserver(() => {
            watch.disconnect();
            look();
          });
          look();
        }),
    );
  }

  gridLocator(name: string): Locator {
    const options = { name, exact: true };
    return this.page.getByRole('grid', options).or(this.page.getByRole('table', options)).first();
  }

  /** All rows of a grid or table as text, those beyond the screen too. */
  async grid(name: string): Promise<GridText> {
    const grid = this.gridLocator(name);
    await expect(grid).toBeVisible();
    return readGrid(grid);
  }

  /** Rows that a grid says it has, without its heading. */
  async rowCount(name: string): Promise<number> {
    return Number(await this.gridLocator(name).getAttribute('aria-rowcount')) - 1;
  }

  figure(name: string | RegExp): Locator {
    return this.page.getByRole('figure', { name });
  }

  alert(code: string): Locator {
    return this.page.locator(`[role=alert][data-code="${code}"]`);
  }

  /** Lets the page ask another origin, a file server of the test; `consent`: the reader has allowed links to. */
  allowOrigin(origin: string, { consent = true } = {}): void {
    this.hosts.allow(origin);
    if (!consent) return;
    // As a reader has who said "Open" to this host before.
    const script = this.page.addInitScript((host) => {
      // A frame that the page's policy has refused stores nothing; its `origin` is not that of its address.
      if (self.origin === 'null') return;
      const key = 'iterscope:1:hosts';
      localStorage.setItem(
        key,
        [...(localStorage.getItem(key)?.split('\n') ?? []), host, `${host} and where it leads on to`].join(
          '\n',
        ),
      );
    }, origin);
    this.scripts.push(script);
  }

  /** Until the page knows of every host that the reader has allowed: before it goes anywhere. */
  async consents(): Promise<void> {
    await Promise.all(this.scripts);
  }

  /** No request of this test has left for an origin that was not allowed. */
  expectNoForeignRequest(): void {
    expect(this.hosts.foreign, 'requests to foreign hosts').toEqual([]);
  }

  /**
   * Axe finds nothing, best practice included, and the screen has one heading of level 1. Contrast follows from the
   * colour scheme and structure from the width, so that one who has asked for all can ask for one of them when the other
   * has changed.
   */
  async expectAccessible(aspect: 'all' | 'contrast' | 'structure' = 'all'): Promise<void> {
    // A page that is not yet drawn in a new scheme has one colour of each.
    await this.waitIdle();
    // Once a document: sending, reading and compiling it takes as long as a question to it.
    if (!(await this.page.evaluate(() => Reflect.has(window, 'axe')))) await this.page.evaluate(axeScript());
    const { found, headings } = await this.page.evaluate(violations, aspect);
    expect(found, 'accessibility violations').toEqual([]);
    expect(headings, 'headings of level 1').toBe(1);
  }

  /** Everything that can be pressed is at least 24 pixels high and wide; links in a sentence are as high as its line. */
  async expectTargets(place: string): Promise<void> {
    expect.soft(await this.page.evaluate(smallTargets), `small targets of ${place}`).toEqual([]);
  }
}

/** What makes axe known to a page, as text. */
function axeScript(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

/** In the page: rules that are broken, each with where, and the number of headings of level 1. */
async function violations(aspect: 'all' | 'contrast' | 'structure') {
  const { run } = Reflect.get(window, 'axe') as typeof axe;
  const contrast = 'color-contrast';
  const { violations: broken } = await run({
    resultTypes: ['violations'],
    ...(aspect === 'contrast' ? { runOnly: [contrast] } : {}),
    ...(aspect === 'structure' ? { rules: { [contrast]: { enabled: false } } } : {}),
  });
  return {
    found: broken.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    headings: document.querySelectorAll('h1').length,
  };
}

/** In the page: what can be pressed and is too small, with its size. */
function smallTargets(): string[] {
  const least = 24;
  const pressed = 'a[href], button, input, select, textarea, summary, [role=button]';
  return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((element) => {
    const isBox = element.matches('[type=checkbox], [type=radio]');
    // A slider is dragged along its track; a file is chosen by the button beside its hidden field.
    if (element.matches('[type=range], [type=file]')) return [];
    const { width, height } = (
      isBox ? (element.closest('label') ?? element) : element
    ).getBoundingClientRect();
    // Drawn for assistive technology alone, or not at all.
    if (width < 2 || height < 2 || getComputedStyle(element).visibility === 'hidden') return [];
    const around = element.parentElement?.textContent.trim() ?? '';
    const isInSentence = element.tagName === 'A' && around.length > element.textContent.trim().length;
    if (isInSentence || (Math.round(width) >= least && Math.round(height) >= least)) return [];
    const name = element.getAttribute('aria-label') ?? element.textContent.trim();
    return [`${name}: ${Math.round(width)} x ${Math.round(height)}`];
  });
}

interface OfTest {
  readonly app: App;
  /** Whether the test needs a profile of its own, for 3 s of processor time: an empty cache, another clock, service workers. */
  readonly ownContext: boolean;
  /** Whether this browser has been here before: a first visit opens the sample. */
  readonly returning: boolean;
  /** Leaves the app on every page of this test and empties what they have stored. */
  readonly forget: () => Promise<void>;
  /** A page of somebody else, in whose browser nothing is stored and no host allowed; the others are left first. */
  readonly stranger: () => Promise<Page>;
}

interface OfWorker {
  /** For files that tests write; gone at the end. */
  readonly folder: string;
}

/** A test with a fresh page, which fails when the page asks a foreign host or throws an error nobody caught. */
export const test = base.extend<OfTest, OfWorker>({
  folder: [
    // Playwright reads from the pattern which fixtures this one needs: none.
    async ({}, provide) => {
      const folder = await mkdtemp(join(tmpdir(), 'iterscope-e2e-'));
      await provide(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  returning: [true, { option: true }],
  ownContext: [false, { option: true }],
  context: async ({ browser, baseURL, ownContext }, provide) => {
    if (baseURL === undefined) throw new Error('no address to test: run `npm run e2e`');
    if (ownContext) {
      const context = await browser.newContext();
      await provide(context);
      await context.close();
      return;
    }
    const shared = await sharedContext(browser, baseURL);
    await shared.forget(baseURL);
    await provide(shared.context);
  },
  page: async ({ context, viewport }, provide) => {
    const page = await context.newPage();
    if (viewport != null) await page.setViewportSize(viewport);
    await provide(page);
    await page.close();
  },
  forget: async ({ browser, context, baseURL: origin }, provide) => {
    if (origin === undefined) throw new Error('no address to test: run `npm run e2e`');
    await provide(async () => {
      // What a page still does would be stored after it.
      for (const page of context.pages())
        if (!page.url().endsWith(holderPath)) await page.goto('about:blank');
      await (await sharedContext(browser, origin)).forget(origin);
    });
  },
  stranger: async ({ context, forget }, provide) => {
    const pages: Page[] = [];
    await provide(async () => {
      await forget();
      const page = await context.newPage();
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.close();
  },
  app: async ({ page, baseURL, returning }, provide) => {
    if (baseURL === undefined) throw new Error('no address to test: run `npm run e2e`');
    if (returning) {
      await page.addInitScript(() => {
        // A frame that the page's policy has refused stores nothing.
        if (origin !== 'null') localStorage.setItem('iterscope:1:visited', 'yes');
      });
    }
    const hosts = watchHosts(page.context(), baseURL);
    const app = new App(page, hosts);
    await provide(app);
    hosts.end();
    app.expectNoForeignRequest();
    expect(app.errors, 'uncaught errors').toEqual([]);
  },
});

export { expect };
