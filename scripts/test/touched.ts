import { run } from '../run.ts';

/** What the browser tests of a screen always belong to: its looks at every width, and the way there by keyboard. */
const everyScreen = ['keyboard', 'looks'] as const;

/**
 * Which specs of `e2e/` a change of a folder can touch; the first folder that fits counts. A folder that is not here
 * is one that everything stands on: all specs.
 */
export const specsOfFolder: readonly (readonly [folder: string, specs: readonly string[]])[] = [
  ['src/views/desk/', ['desk', 'review', ...everyScreen]],
  ['src/views/policies/', ['policies', 'looks']],
  ['src/views/run/', ['run', 'resimulate', 'looks']],
  ['src/views/experiments/', ['lists', 'addresses', 'together', 'firstVisit', ...everyScreen]],
  ['src/views/experiment/', ['addresses', 'together', ...everyScreen]],
  ['src/views/iteration/', ['addresses', 'policies', 'run', ...everyScreen]],
  ['src/views/sql/', ['looks']],
  ['src/views/open/', ['opening', 'firstVisit', 'refusals', 'remote', ...everyScreen]],
  ['src/charts/', ['addresses', 'run', 'desk', ...everyScreen]],
  ['src/queries/run/', ['run', 'resimulate']],
  ['src/queries/resimulation.ts', ['resimulate']],
  ['src/resimulate/', ['resimulate']],
  ['src/lab/', ['resimulate', 'firstVisit', 'run']],
  ['src/persistence/', ['resimulate']],
  ['docs/', []],
];

/** Names of the specs that the changed paths (with `/`, from the root of the checkout) can touch. */
export function touchedSpecs(changed: readonly string[], all: readonly string[]): readonly string[] {
  const touched = new Set<string>();
  for (const path of changed) {
    const own = /^e2e\/(\w+)\.spec\.ts$/.exec(path)?.[1];
    if (own !== undefined) touched.add(own);
    else if (/\.md$|\.test\.tsx?$/.test(path)) continue;
    else {
      const [, specs = all] = specsOfFolder.find(([folder]) => path.startsWith(folder)) ?? [];
      for (const spec of specs) touched.add(spec);
    }
  }
  return all.filter((spec) => touched.has(spec));
}

export interface Changes {
  /** The commit that the branch left `main` at, or the last one where there is no `main`. */
  readonly since: string;
  /** Changed since then, committed or not, and files that are new. */
  readonly paths: readonly string[];
}

/** What was changed in a checkout. Throws where git cannot tell. */
export async function changesOf(checkout: string): Promise<Changes> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { succeeded, stdout } = await run('git', args, { cwd: checkout });
    return succeeded ? stdout.trim() : undefined;
  };
  const since = (await git('merge-base', 'HEAD', 'main')) ?? (await git('rev-parse', 'HEAD'));
  if (since === undefined) throw new Error('`npm test -- changed` asks git, which knows no commit here.');
  const known = (await git('diff', '--name-only', since)) ?? '';
  const added = (await git('ls-files', '--others', '--exclude-standard')) ?? '';
  return { since, paths: `${known}\n${added}`.split('\n').filter((path) => path !== '') };
}
