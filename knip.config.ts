import type { KnipConfig } from 'knip';

/** What nothing uses: files, exports and dependencies. Part of `npm run lint`. */
const config: KnipConfig = {
  entry: [
    'src/resimulate/worker/entry.ts',
    'src/app/offline/serviceWorker.ts',
    'scripts/*.ts',
    // Started by address, not imported.
    'scripts/kill/victim.ts',
    'src/testing/corpus/engineProcess.ts',
    'scripts/bench/bare/bare.ts',
    // Given to Playwright by name.
    'e2e/browsers/playwright.config.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'scripts/**/*.ts', 'e2e/**/*.ts'],
  // Named in src/ui/fonts.css, which knip does not read.
  ignoreDependencies: ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'],
};

export default config;
