import { availableParallelism } from 'node:os';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of many seconds, of each project the longest first. Begun last, one of them would keep one core while the other
 * has nothing left to do.
 */
const longest = [
  'views/run/run',
  'realValues',
  'proposals',
  'compare',
  'app/addresses',
  'corpus',
  'damagedColumns',
  'offsettingTruth',
  'scripts/sample',
  'killTest',
  'checkBatch',
  'fileHealth',
  'session',
  'db/check',
  'db/sql',
  'recordedStates',
  'runExperiment',
  'checkRun',
  'sampleInApp',
];

/** Project by project, as a process serves one of them: a change back and forth would boot and compile all again. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const among = longest.findIndex((name) => moduleId.includes(`/${name}.test.ts`));
      const ofProject = ['app', 'dom', 'node'].indexOf(project.name);
      return ofProject * (longest.length + 1) + (among < 0 ? longest.length : among);
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

// Time limits are for what hangs; a busy machine takes five times as long as a calm one.
// Modules are loaded and the engine's code is compiled once per process, not once per file.
const shared = {
  env: { TZ: 'UTC', LC_ALL: 'C' },
  testTimeout: 180_000,
  hookTimeout: 180_000,
  isolate: false,
  // Compiling the engine a second time, for its speed, pays for the few functions that are by far the busiest.
  execArgv: ['--wasm-tiering-budget=300000000'],
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
