import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const shared = { env: { TZ: 'UTC', LC_ALL: 'C' }, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['src/testing/fixtures/fixtureFolder.ts'],
          // One process for many files: modules and the engine's code are loaded and compiled once, not 90 times.
          isolate: false,
        },
      },
      {
        plugins: [react()],
        test: { ...shared, name: 'dom', environment: 'jsdom', include: ['src/**/*.test.tsx'] },
      },
    ],
  },
});
