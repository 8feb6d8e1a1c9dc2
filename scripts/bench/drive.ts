/** Drives one page, the app or the engine alone, by the contract for scripts, and times it inside the page. */
import type { Browser, Page } from '@playwright/test';

/** Longer than any pause between two steps of one opening; nothing is final that changed within it. */
const calmMs = 400;
const patienceMs = 120_000;

/** A fresh page with an empty cache, in which changes of status and the choice of a file leave time marks. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // No named function in code for the page: tsx wraps those in a helper that the page does not have.
  await page.addInitScript(() => {
    // Not a first visit, on which the app opens its sample before anything is asked of it.
    localStorage.setItem('iterscope:1:visited', 'yes');
    new MutationObserver(() => {
      performance.mark(`status:${document.documentElement.dataset.status ?? ''}`);
    }).observe(document, { subtree: true, attributeFilter: ['data-status'] });
    addEventListener('change', () => performance.mark('picked'), { capture: true });
    // Long tasks have no other memory than their observer's: each leaves a measure.
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        performance.measure('task', { start: startTime, duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(address);
  return page;
}

export async function closePage(page: Page): Promise<void> {
  await page.context().close();
}

/**
 * Milliseconds since the page began when its status last turned to idle, once that has lasted. Only an idle later than
 * `afterMs` counts: the page may not yet have noticed what was asked of it.
 */
export async function finalAtMs(page: Page, afterMs = 0): Promise<number> {
  await page.waitForFunction(
    ([calm, after]) => {
      const last = performance
        .getEntriesByType('mark')
        .filter(({ name }) => name.startsWith('status:'))
        .at(-1);
      if (last?.name !== 'status:idle' || last.startTime < after) return false;
      return performance.now() - last.startTime > calm;
    },
    [calmMs, afterMs] as const,
    { timeout: patienceMs, polling: 100 },
  );
  return lastMarkMs(page, 'status:idle');
}

async function lastMarkMs(page: Page, mark: string): Promise<number> {
  return page.evaluate((name) => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN, mark);
}

/** The longest task of the page's own thread since the choice of the file; 0 when none took 50 ms. */
export async function longestTaskMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const pickedAtMs = performance.getEntriesByName('picked').at(-1)?.startTime ?? 0;
    const since = performance.getEntriesByName('task').filter(({ startTime }) => startTime >= pickedAtMs);
    return Math.max(0, ...since.map(({ duration }) => duration));
  });
}

/** Throws with the app's own words when it refused the file, or when it shows no list. */
async function expectList(page: Page): Promise<void> {
  const alerts = await page.getByRole('alert').allInnerTexts();
  if (alerts.length > 0) throw new Error(`the page says: ${alerts.join(' / ')}`);
  const options = { name: 'Experiments', exact: true };
  const list = page.getByRole('grid', options).or(page.getByRole('table', options));
  await list.first().waitFor({ state: 'visible', timeout: 5_000 });
}

/** From the choice of the file to the final list, in an engine that has booted. */
export async function pickMs(page: Page, path: string): Promise<number> {
  await finalAtMs(page);
  await page.getByLabel('Open database files').setInputFiles(path);
  const pickedAtMs = await lastMarkMs(page, 'picked');
  const endMs = await finalAtMs(page, pickedAtMs);
  await expectList(page);
  return endMs - pickedAtMs;
}

/** From the start of the page to the final list of the file that its address names. */
export async function remoteListMs(page: Page): Promise<number> {
  const endMs = await finalAtMs(page);
  await expectList(page);
  return endMs;
}

/** From the list to the final page of an experiment with its figure, the open files staying in the address. */
export async function showExperimentMs(page: Page, experimentId: string): Promise<number> {
  const startMs = await page.evaluate((id) => {
    const search = /\?.*$/.exec(location.hash)?.[0] ?? '';
    location.hash = `#/experiments/${encodeURIComponent(id)}${search}`;
    return performance.now();
  }, experimentId);
  await page.getByRole('figure').first().waitFor({ state: 'visible', timeout: patienceMs });
  return (await finalAtMs(page, startMs)) - startMs;
}
