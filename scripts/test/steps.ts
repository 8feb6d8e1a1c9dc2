import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, repositoryFolder } from '../paths.ts';
import { noTests, playwrightTally, vitestTally, type Tally } from './tally.ts';
import { touchedSpecs, type Changes } from './touched.ts';

/** One check of `npm test`. */
export interface Step {
  readonly title: string;
  /** Name of an npm script, and what to add to it. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it keeps every core busy by itself, so that nothing runs beside it. */
  readonly takesAllCores?: boolean;
  /** Titles of the steps that must have succeeded before. */
  readonly after?: readonly string[];
  readonly tally?: () => Promise<Tally>;
}

export const unitReport = join(cacheFolder, 'unit.json');
export const browserReport = join(cacheFolder, 'e2e.json');

/** The checks of the text first, the longest of them at once: beside it all others of them end. */
export const steps: readonly Step[] = [
  { title: 'lint', script: 'lint:rules' },
  // Made once here: unit tests of two workers and the build need it.
  { title: 'sample', script: 'sample', args: ['--if-needed'] },
  // On a fresh machine it is installed meanwhile.
  { title: 'browser', script: 'e2e', args: ['--only-browser'] },
  { title: 'types', script: 'typecheck' },
  { title: 'format', script: 'lint:format' },
  { title: 'unused code', script: 'lint:unused' },
  { title: 'import boundaries', script: 'boundaries' },
  { title: 'build', script: 'build', after: ['sample'] },
  { title: 'size budget', script: 'size', after: ['build'] },
  {
    title: 'unit tests',
    script: 'unit',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    takesAllCores: true,
    after: ['sample'],
    tally: () => readTally(unitReport, vitestTally),
  },
  {
    title: 'browser tests',
    script: 'e2e',
    env: { ITERSCOPE_E2E_REPORT: browserReport },
    takesAllCores: true,
    after: ['build', 'browser'],
    tally: () => readTally(browserReport, playwrightTally),
  },
];

/** The steps with only those unit tests and browser tests that a change can touch. */
export async function stepsOf({ since, paths }: Changes): Promise<readonly Step[]> {
  const names = await readdir(join(repositoryFolder, 'e2e'));
  const all = names.flatMap((name) => /^(\w+)\.spec\.ts$/.exec(name)?.[1] ?? []);
  const specs = touchedSpecs(paths, all);
  return steps.flatMap((step) => {
    if (step.script === 'unit') return [{ ...step, args: [...(step.args ?? []), '--changed', since] }];
    if (step.takesAllCores !== true || step.script !== 'e2e') return [step];
    return specs.length === 0 ? [] : [{ ...step, args: specs.map((spec) => `e2e/${spec}.spec.ts`) }];
  });
}

/** A runner that broke down before it could report counted nothing. */
async function readTally(path: string, read: (report: unknown) => Tally): Promise<Tally> {
  try {
    return read(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return noTests;
  }
}
