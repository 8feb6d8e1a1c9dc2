import { availableParallelism } from 'node:os';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of many seconds. Begun last, one of them would keep one core while the other has nothing left to do. */
const longest = [
  'killTest',
  'sample',
  'sampleInApp',
  'realFiles',
  'realValues',
  'checkRun',
  'bookChecks',
  'recordedStates',
  'fileHealth',
  'db/manage',
  'damagedColumns',
  'runExperiment',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      longest.some((name) => moduleId.includes(`/${name}.test.ts`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Time limits are for what hangs; a busy machine takes five times as long as a calm one.
// Modules are loaded and the engine's code is compiled once per process, not once per file.
const shared = {
  env: { TZ: 'UTC', LC_ALL: 'C' },
  testTimeout: 180_000,
  hookTimeout: 180_000,
  isolate: false,
  // Compiling the engine a second time, for its speed, costs each process more than its tests gain.
  execArgv: ['--liftoff-only'],
};

const dom = {
  ...shared,
  environment: 'jsdom',
  globalSetup: ['src/testing/fixtures/fixtureFolder.ts', 'scripts/engine/engineForTests.ts'],
  setupFiles: ['src/testing/domGaps.ts', 'src/testing/closeEngines.ts'],
};

/** Tests that render the whole app; those that render one component need `act`, which React has for developers alone. */
const wholeApp = ['src/app/**/*.test.tsx', 'src/views/*.test.tsx', 'src/views/!(exchange)/*.test.tsx'];

export default defineConfig({
  test: {
    // By itself Vitest leaves one core idle, which on a machine of two is half of it.
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['src/testing/fixtures/fixtureFolder.ts', 'scripts/engine/engineForTests.ts'],
          setupFiles: ['src/testing/closeEngines.ts'],
        },
      },
      {
        plugins: [react()],
        test: { ...dom, name: 'dom', include: ['src/**/*.test.tsx'], exclude: wholeApp },
      },
      {
        // React as it ships: its checks for developers cost a third of a screen's time. They stay in the tests above.
        oxc: { jsx: { runtime: 'automatic', development: false } },
        test: {
          ...dom,
          name: 'app',
          include: wholeApp,
          env: { ...shared.env, NODE_ENV: 'production' },
        },
      },
    ],
  },
});
