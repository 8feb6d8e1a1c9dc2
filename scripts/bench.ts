/** `npm run bench [-- --rounds N] [--small]`: the app against the engine alone, in one browser, on files it writes itself. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium } from '@playwright/test';

import { buildBare } from './bench/buildBare.ts';
import { runIdOf } from './bench/experimentRows.ts';
import { benchFigures, type BenchRounds } from './bench/figures.ts';
import { formatTable } from './bench/report.ts';
import { measureLongExperiment, measureRound, type LongRound, type PageRound } from './bench/rounds.ts';
import { bigShape, longShape, smallShape } from './bench/shape.ts';
import { ensureDatabase } from './bench/writeDatabase.ts';
import { ensureBrowser } from './browser.ts';
import { ensureBuild } from './build.ts';
import { cacheFolder, distFolder, repositoryFolder } from './paths.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, small: { type: 'boolean' } } });
const roundCount = Number(values.rounds ?? 7);
if (!Number.isInteger(roundCount) || roundCount < 1) throw new RangeError('--rounds takes a whole number');

await ensureBuild(repositoryFolder, distFolder);
const bareFolder = await buildBare();
const path = await ensureDatabase(cacheFolder, values.small === true ? smallShape : bigShape);
const longPath = await ensureDatabase(cacheFolder, longShape);
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});

const bare: PageRound[] = [];
const app: PageRound[] = [];
const long: LongRound[] = [];
try {
  // The round before the first fills the machine's file cache and is not counted.
  for (let round = 0; round <= roundCount; round += 1) {
    const bareRound = await measureRound(browser, { name: 'engine alone', root: bareFolder }, path);
    const appRound = await measureRound(browser, { name: 'app', root: distFolder }, path);
    const longRound = await measureLongExperiment(browser, distFolder, longPath, runIdOf(0));
    if (round === 0) continue;
    bare.push(bareRound);
    app.push(appRound);
    long.push(longRound);
    console.log(`round ${round} of ${roundCount}`);
  }
} finally {
  await browser.close();
}

const rounds: BenchRounds = { bare, app, long };
const figures = benchFigures(rounds);
const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version };
await writeFile(
  join(cacheFolder, 'bench.json'),
  `${JSON.stringify({ machine, browser: browser.version(), file: path.slice(cacheFolder.length + 1), figures, rounds }, null, 2)}\n`,
);
console.log(`\n${formatTable(figures)}\n\nAll rounds: .cache/bench.json`);
