/** Finds a Chromium for the browser tests and the benchmark, or installs one. */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { browserPlaces } from './browserPlaces.ts';
import { repositoryFolder } from './paths.ts';
import { run, type RunOutcome } from './run.ts';

const startTimeoutMs = 20_000;
/** A download of about 170 MB; a host that cannot be reached must not hold up everything. */
const installTimeoutMs = 4 * 60_000;

export const browserMissing = `No Chromium was found, and none could be installed.
The browser tests and the benchmark need one. Any of these helps:
  npx playwright install --with-deps chromium
  apt-get install chromium        (Debian; as root)
  ITERSCOPE_CHROMIUM=/path/to/chromium npm test`;

/** The path of a browser that starts; installs one when there is none. Throws with what to do. */
export async function ensureBrowser(): Promise<string> {
  const named = process.env.ITERSCOPE_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (await starts(named)) return named;
    throw new Error(`ITERSCOPE_CHROMIUM names ${named}, which does not start.`);
  }
  const found = await findBrowser();
  if (found !== undefined) return found;
  for (const install of installers()) {
    console.log(`No Chromium here. Trying: ${install.join(' ')}`);
    const [command = '', ...args] = install;
    const outcome = await run(command, args, { cwd: repositoryFolder, timeoutMs: installTimeoutMs });
    if (!outcome.succeeded) console.log(`  That failed: ${firstComplaint(outcome)}`);
    const installed = await findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error(browserMissing);
}

async function findBrowser(): Promise<string | undefined> {
  for (const path of browserPlaces(process, chromium.executablePath())) {
    if (await starts(path)) return path;
  }
  return undefined;
}

/** A file alone proves nothing: libraries may be missing, or it is a stub that asks for another package. */
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window when it is asked for its version.
  if (process.platform === 'win32') return true;
  return (await run(path, ['--version'], { timeoutMs: startTimeoutMs })).succeeded;
}

function installers(): readonly (readonly string[])[] {
  const playwright = [process.execPath, 'node_modules/@playwright/test/cli.js', 'install'];
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return [[...playwright, 'chromium']];
  return [
    [...playwright, '--with-deps', 'chromium'],
    ['apt-get', 'update'],
    [
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '--yes',
      '--no-install-recommends',
      'chromium',
    ],
  ];
}

function firstComplaint(outcome: RunOutcome): string {
  return outcome.complaint.split('\n')[0] ?? '';
}
