import { defineConfig } from '@playwright/test';

/** Set by `npm run e2e`, which looks for a browser; without it Playwright takes its own. */
const chromium = process.env.ITERSCOPE_CHROMIUM ?? '';
/** Set by `npm test`, which adds up what the runners report. */
const report = process.env.ITERSCOPE_E2E_REPORT ?? '';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They have a configuration and a browser of their own: `npm run e2e -- --browser firefox`.
  testIgnore: 'browsers/**',
  outputDir: 'test-results',
  globalSetup: './e2e/support/serveBuild.ts',
  // Each test has a page of its own. The pages of two fill two cores; two more work while some wait for a silent host.
  workers: 4,
  fullyParallel: true,
  retries: 0,
  forbidOnly: (process.env.CI ?? '') !== '',
  // An engine boots in 1.5 s on a calm machine and in 20 s on a busy one; some tests need four.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: report === '' ? 'list' : [['list'], ['json', { outputFile: report }]],
  use: {
    ...(process.env.ITERSCOPE_ORIGIN === undefined ? {} : { baseURL: process.env.ITERSCOPE_ORIGIN }),
    // A trace of every test costs a sixth of its time; a failed one leaves its page as text. Ask with `--trace on`.
    trace: 'off',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A kept build would answer in place of the server; `offline.spec.ts` allows it.
    serviceWorkers: 'block',
    // What moves while something is loading is drawn sixty times a second.
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(chromium === '' ? {} : { executablePath: chromium }),
      args: [
        '--disable-background-networking',
        // No test reaches another machine, and `offline.spec.ts` needs no browser of its own for it.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
        // The pages of a worker share what is compiled, a second time for its speed too (`support/sharedContext.ts`).
        '--process-per-site',
        // Only what is ten times as busy as V8 asks for is worth its second compilation here.
        '--js-flags=--wasm-tiering-budget=20000000',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
