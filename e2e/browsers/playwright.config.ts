/** The few tests that run in every browser of the machine. Playwright is their runner here, not their driver. */
import { defineConfig } from '@playwright/test';

// Playwright takes its configuration by its default export.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: '../support/serveBuild.ts',
  // One browser and one page for all.
  workers: 1,
  // WebKit on a busy machine without a graphics card takes half a minute for an engine.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
});
