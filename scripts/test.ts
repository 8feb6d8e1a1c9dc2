/** `npm test`: every check, the quick ones first, up to the first that fails. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { formatSeconds } from '../src/lib/format.ts';
import { cacheFolder, repositoryFolder } from './paths.ts';
import { addTallies, noTests, playwrightTally, summary, vitestTally, type Tally } from './test/tally.ts';

interface Step {
  readonly title: string;
  /** Name of an npm script, and what to add to it. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly tally?: () => Promise<Tally>;
}

const unitReport = join(cacheFolder, 'unit.json');
const browserReport = join(cacheFolder, 'e2e.json');

const steps: readonly Step[] = [
  { title: 'types', script: 'typecheck' },
  { title: 'lint', script: 'lint' },
  { title: 'import boundaries', script: 'boundaries' },
  {
    title: 'unit tests',
    script: 'unit',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    tally: () => readTally(unitReport, vitestTally),
  },
  { title: 'build', script: 'build' },
  { title: 'size budget', script: 'size' },
  {
    title: 'browser tests',
    script: 'e2e',
    env: { ITERSCOPE_E2E_REPORT: browserReport },
    tally: () => readTally(browserReport, playwrightTally),
  },
];

/** A runner that broke down before it could report counted nothing. */
async function readTally(path: string, read: (report: unknown) => Tally): Promise<Tally> {
  try {
    return read(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return noTests;
  }
}

function runStep({ script, args = [], env = {} }: Step): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])], {
      cwd: repositoryFolder,
      env: { ...process.env, ...env },
      // No input: a check that asked a question would wait for ever in CI.
      stdio: ['ignore', 'inherit', 'inherit'],
      // npm is a batch file on Windows.
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

await mkdir(cacheFolder, { recursive: true });
await Promise.all([unitReport, browserReport].map((path) => rm(path, { force: true })));

const tallies: Tally[] = [];
let failed: Step | undefined;
for (const [index, step] of steps.entries()) {
  console.log(`\n[${index + 1}/${steps.length}] ${step.title}`);
  const startedAtMs = performance.now();
  const succeeded = await runStep(step);
  console.log(`${step.title}: ${formatSeconds((performance.now() - startedAtMs) / 1000)}`);
  if (step.tally !== undefined) tallies.push(await step.tally());
  if (!succeeded) {
    failed = step;
    break;
  }
}

if (failed !== undefined) console.log(`\nFailed: ${failed.title} (npm run ${failed.script})`);
console.log(summary(addTallies(tallies), failed === undefined));
process.exitCode = failed === undefined ? 0 : 1;
