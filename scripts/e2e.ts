/**
 * `npm run e2e [-- playwright options]`: the browser tests, on the production build, in a Chromium that starts.
 * `npm run e2e -- --browser firefox` (or `webkit`): a short suite in that browser of the machine.
 * `npm run e2e -- --only-browser`: finds the Chromium, or installs one, and runs nothing.
 */
import { spawn } from 'node:child_process';

import { browsers } from '../e2e/browsers/browsers.ts';
import { ensureTestBrowser } from './browser.ts';
import { ensureBuild } from './build.ts';
import { distFolder, repositoryFolder } from './paths.ts';
import { ensureSamples } from './sample.ts';

try {
  const options = process.argv.slice(2);
  const at = options.indexOf('--browser');
  const named = at < 0 ? 'chromium' : (options.splice(at, 2)[1] ?? '');
  if (options.includes('--only-browser')) console.log(await ensureTestBrowser());
  else await runNamed(named, options);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = 1;
}

async function runNamed(named: string, options: readonly string[]): Promise<void> {
  const missing = named === 'chromium' ? undefined : missingWords(named);
  if (missing === undefined) await runTests(named, options);
  else console.log(`Skipped: ${missing}.`);
}

/** Why the browser cannot be had here; throws where it is none of ours. */
function missingWords(name: string): string | undefined {
  const find = browsers[name];
  if (find === undefined) {
    const known = ['chromium', ...Object.keys(browsers)].join(', ');
    throw new Error(`--browser takes one of ${known}, not "${name}".`);
  }
  const found = find();
  return typeof found === 'string' ? `${name} is not on this machine, there is ${found}` : undefined;
}

async function runTests(name: string, options: readonly string[]): Promise<void> {
  await ensureSamples(undefined, (line) => console.log(line));
  await ensureBuild(repositoryFolder, distFolder);
  const env =
    name === 'chromium' ? { ITERSCOPE_CHROMIUM: await ensureTestBrowser() } : { ITERSCOPE_BROWSER: name };
  const config = name === 'chromium' ? [] : ['--config', 'e2e/browsers/playwright.config.ts'];
  const child = spawn(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', ...config, ...options],
    { cwd: repositoryFolder, env: { ...process.env, ...env }, stdio: 'inherit' },
  );
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}
