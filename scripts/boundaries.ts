/** `npm run boundaries`: who imports whom, and whether the sources were read at all. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { repositoryFolder } from './paths.ts';
import { run } from './run.ts';

const program = new URL('../../bin/dependency-cruise.mjs', import.meta.resolve('dependency-cruiser'));
const { succeeded, stdout, complaint } = await run(
  process.execPath,
  [fileURLToPath(program), 'src', '--config', '.dependency-cruiser.cjs'],
  { cwd: repositoryFolder },
);
console.log(stdout.trim());
if (!succeeded) console.error(complaint);

// Beside a TypeScript that it cannot use it finds nothing to look at, and "no violations" in it.
const cruised = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0);
const names = await readdir(join(repositoryFolder, 'src'), { recursive: true });
const sources = names.filter((name) => /\.tsx?$/.test(name)).length;
const isBlind = succeeded && cruised < sources / 2;
if (isBlind) console.error(`Only ${cruised} modules were looked at, of ${sources} in src/.`);
process.exitCode = succeeded && !isBlind ? 0 : 1;
