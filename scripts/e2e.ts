/** `npm run e2e [-- playwright options]`: the browser tests, on the production build, in a browser that starts. */
import { spawn } from 'node:child_process';

import { ensureBrowser } from './browser.ts';
import { ensureBuild } from './build.ts';
import { distFolder, repositoryFolder } from './paths.ts';
import { ensureSamples } from './sample.ts';

try {
  await ensureSamples(undefined, (line) => console.log(line));
  await ensureBuild(repositoryFolder, distFolder);
  const browser = await ensureBrowser();
  const child = spawn(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)],
    { cwd: repositoryFolder, env: { ...process.env, ITERSCOPE_CHROMIUM: browser }, stdio: 'inherit' },
  );
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = 1;
}
