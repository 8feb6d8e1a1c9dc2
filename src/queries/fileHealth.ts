import type { HealthFacts } from '../domain/health/facts.ts';
import type { HealthWord } from '../domain/health/report.ts';
import { defineQuery } from './query.ts';
import type { FileScope } from './scope.ts';

export interface HealthScope extends FileScope {
  /** Whether it claims to be of the unified schema, every table of which is compared then. */
  readonly isUnified: boolean;
}

/** All that a file is found to hold but the inside of its runs: each of those is asked for its consistency apart. */
export const fileHealth = defineQuery({
  name: 'fileHealth',
  scope: 'one file',
  // Loaded when it is asked: the lists that show a word of it stand before it.
  async run(engine, params: HealthScope, signal): Promise<HealthFacts> {
    const { readFileHealth } = await import('./readFileHealth.ts');
    return readFileHealth(engine, params, signal);
  },
});

/** A file in one word, for lists: all but the inside of its runs, which is checked on request alone. */
export const healthWord = defineQuery({
  name: 'healthWord',
  scope: 'one file',
  async run(engine, params: HealthScope, signal): Promise<HealthWord> {
    const { summarise } = await import('../domain/health/report.ts');
    return summarise(await engine.ask(fileHealth.about(params), signal));
  },
});
