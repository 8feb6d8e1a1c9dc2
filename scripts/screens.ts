/** `npm run screens`: pictures of every screen of the production build, light and dark, wide and phone, and their page. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { ensureBrowser } from './browser.ts';
import { ensureBuild } from './build.ts';
import { distFolder, repositoryFolder } from './paths.ts';
import { startServer } from './serve/server.ts';

const folder = join(repositoryFolder, 'docs', 'screens');
const idleTimeoutMs = 180_000;

/** Pixels of the window; pictures are drawn smaller, as a page of many has to load. */
const sizes = {
  wide: { width: 1280, height: 800, scale: 0.7 },
  phone: { width: 390, height: 780, scale: 0.7 },
} as const;
const themes = ['light', 'dark'] as const;

interface Pictured {
  readonly name: string;
  readonly title: string;
  /** Behind the `#`, without the sample. */
  readonly address: string;
  /** What was taken from the best that we know. */
  readonly taken: string;
}

/** Every screen, with ids of the sample. */
function pictured(experiment: string, others: readonly string[]): readonly Pictured[] {
  const at = `/experiments/${experiment}`;
  return [
    {
      name: 'open',
      title: 'Open',
      address: '/',
      taken: 'From Firefox Profiler: the whole page takes a file, and says that nothing is uploaded.',
    },
    {
      name: 'experiments',
      title: 'Experiments',
      address: '/experiments',
      taken:
        'From Weights & Biases: runs as a dense table with their curve in the row, columns of one’s own choice.',
    },
    {
      name: 'experiment',
      title: 'Experiment',
      address: at,
      taken:
        'From Optuna’s dashboard: the history first, with the best so far; what is selected stands beside it.',
    },
    {
      name: 'iteration',
      title: 'Iteration',
      address: `${at}/iterations/3`,
      taken:
        'From Inspect: everything of one sample in one place, long texts folded until they are asked for.',
    },
    {
      name: 'desk',
      title: 'Rejection desk',
      address: '/desk',
      taken:
        'From Linear’s triage: a list, one thing to decide, single keys, and the next one comes by itself.',
    },
    {
      name: 'desk-table',
      title: 'Rejection desk as a table',
      address: `${at}/proposals?as=table&show=all`,
      taken: 'From Linear: list and table are two views of one filter, which the address keeps.',
    },
    {
      name: 'proposals',
      title: 'All proposals',
      address: '/proposals',
      taken:
        'From Weights & Biases: one typed filter; from Optuna’s dashboard: any two values against each other. Here a rectangle in the drawing is a condition of the table, kept in the link.',
    },
    {
      name: 'policies',
      title: 'Policies',
      address: `${at}/policies`,
      taken: 'From Inspect: a structured value reads as a tree, and as the text that is stored.',
    },
    {
      name: 'compare',
      title: 'Compare',
      address: `/compare?${others.map((id) => `x=${encodeURIComponent(id)}`).join('&')}`,
      taken:
        'From Weights & Biases: passes as a mean with its band; only settings that differ are open. From Optuna’s dashboard: the best so far of several studies in one figure. Beyond both: whether a difference is more than chance, or why that cannot be said. What they do and this does not: Weights & Biases smooths lines, puts wall-clock time on the axis, and draws parallel coordinates with the importance of each setting. Optuna’s dashboard lays the distributions of all results of several studies over one another, ranks parameters by importance, and draws as a timeline what was tried when.',
    },
    {
      name: 'run',
      title: 'Run',
      address: `/runs/${experiment}-iter0-initial?tick=6`,
      taken:
        'From Firefox Profiler: one cursor in time for figure, banks and events; a selection narrows all of them.',
    },
    {
      name: 'health',
      title: 'Health',
      address: '/health',
      taken: 'From Inspect: outcomes with counts first, the records behind each one opened in place.',
    },
    {
      name: 'paper',
      title: 'Paper',
      address: `/paper?${others.map((id) => `x=${encodeURIComponent(id)}`).join('&')}`,
      taken:
        'From Weights & Biases’ reports: figures and tables with their captions, and one way out for all.',
    },
    {
      name: 'sql',
      title: 'SQL',
      address: `/sql?q=${encodeURIComponent('SELECT verdict, count(*) AS proposals\nFROM proposals\nGROUP BY ALL\nORDER BY ALL')}`,
      taken: 'From Linear: a list of ready things beside an empty place to write, and the keyboard for both.',
    },
  ];
}

await ensureBuild(repositoryFolder, distFolder);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await startServer({ root: distFolder });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  const screens = await readScreens(browser);
  for (const theme of themes) {
    for (const size of ['wide', 'phone'] as const) await takePictures(browser, screens, theme, size);
  }
  await writeFile(join(repositoryFolder, 'docs', 'screens.md'), pageOf(screens));
  console.log(
    `${screens.length * themes.length * 2} pictures in docs/screens, their page in docs/screens.md`,
  );
} finally {
  await browser.close();
  await server.close();
}

/** Opens the sample and looks which experiments it holds. */
async function readScreens(opened: Browser): Promise<readonly Pictured[]> {
  const page = await opened.newPage({ viewport: sizes.wide });
  await page.goto(`${server.origin}/#/experiments?db=sample`);
  await idle(page);
  const hrefs = await page
    .locator('a[href*="#/experiments/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  await page.close();
  const ids = [...new Set(hrefs.flatMap((href) => /#\/experiments\/([^/?]+)/.exec(href)?.[1] ?? []))].map(
    decodeURIComponent,
  );
  const passes = ids.filter((id) => id.startsWith('twelve-period'));
  const [experiment] = passes;
  if (experiment === undefined) throw new Error('The sample holds no experiment of twelve periods.');
  return pictured(experiment, passes.slice(0, 3));
}

async function takePictures(
  opened: Browser,
  screens: readonly Pictured[],
  theme: (typeof themes)[number],
  size: keyof typeof sizes,
): Promise<void> {
  const { width, height, scale } = sizes[size];
  const page = await opened.newPage({ viewport: { width, height }, colorScheme: theme });
  const session = await page.context().newCDPSession(page);
  await page.goto(`${server.origin}/#/experiments?db=sample`);
  await idle(page);
  for (const { name, address } of screens) {
    const joint = address.includes('?') ? '&' : '?';
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `${address}${joint}db=sample`);
    // The next question is asked two frames later.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
    );
    await idle(page);
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 70,
      clip: { x: 0, y: 0, width, height, scale },
    });
    await writeFile(join(folder, fileOf(name, theme, size)), Buffer.from(data, 'base64'));
  }
  await page.close();
}

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.status === 'idle', undefined, {
    timeout: idleTimeoutMs,
  });
}

function fileOf(name: string, theme: string, size: string): string {
  return `${name}-${size}-${theme}.webp`;
}

/** The page of pictures, a screen a heading. */
function pageOf(screens: readonly Pictured[]): string {
  const parts = screens.map(({ name, title, taken }) => {
    const picture = (theme: string, size: keyof typeof sizes) =>
      `<img src="screens/${fileOf(name, theme, size)}" alt="${title}, ${size}, ${theme}" width="${size === 'wide' ? 420 : 130}">`;
    const pictures = themes.flatMap((theme) => [picture(theme, 'wide'), picture(theme, 'phone')]).join('\n');
    return `## ${title}\n\n${taken}\n\n${pictures}\n`;
  });
  return `# Screens\n\nEvery screen with the sample, light and dark, wide and phone. Taken from the production build by \`npm run screens\`.\n\n${parts.join('\n')}`;
}
