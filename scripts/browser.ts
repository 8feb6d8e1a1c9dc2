/** Finds a Chromium for the browser tests and the benchmark, or installs one. */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { browserPlaces, headlessPlaces } from './browserPlaces.ts';
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
  const installed = await firstInstalled(installers(), findBrowser);
  if (installed !== undefined) return installed;
  throw new Error(browserMissing);
}

/**
 * As `ensureBrowser`, for the tests: a Chromium without windows before any other. Where nobody else uses the machine
 * (`CI=true`) it is installed beside one with windows.
 */
export async function ensureTestBrowser(): Promise<string> {
  if ((process.env.ITERSCOPE_CHROMIUM ?? '') !== '') return ensureBrowser();
  const findHeadless = (): Promise<string | undefined> =>
    firstThatStarts(headlessPlaces(process, chromium.executablePath()));
  const found = await findHeadless();
  if (found !== undefined) return found;
  const isOurs = process.env.CI === 'true' && hasApt();
  const installed = isOurs
    ? await firstInstalled(aptInstall('chromium-headless-shell'), findHeadless)
    : undefined;
  return installed ?? (await ensureBrowser());
}

const findBrowser = (): Promise<string | undefined> =>
  firstThatStarts(browserPlaces(process, chromium.executablePath()));

async function firstThatStarts(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await starts(path)) return path;
  }
  return undefined;
}

/** Runs the commands in turn until the browser is found. */
async function firstInstalled(
  commands: readonly (readonly string[])[],
  find: () => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const [command = '', ...args] of commands) {
    console.log(`No such Chromium here. Trying: ${[command, ...args].join(' ')}`);
    const outcome = await run(command, args, { cwd: repositoryFolder, timeoutMs: installTimeoutMs });
    if (!outcome.succeeded) console.log(`  That failed: ${firstComplaint(outcome)}`);
    const installed = await find();
    if (installed !== undefined) return installed;
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
  if (!hasApt()) return [[...playwright, 'chromium']];
  return [[...playwright, '--with-deps', 'chromium'], ...aptInstall('chromium')];
}

/** Whether packages of Debian can be installed. */
const hasApt = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function aptInstall(name: string): readonly (readonly string[])[] {
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  return [
    [...quietly, 'update'],
    [...quietly, 'install', '--yes', '--no-install-recommends', name],
  ];
}

function firstComplaint(outcome: RunOutcome): string {
  return outcome.complaint.split('\n')[0] ?? '';
}
