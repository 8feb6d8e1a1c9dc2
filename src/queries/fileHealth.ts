import type { HealthFacts } from '../domain/health/facts.ts';
import { defineQuery } from './query.ts';
import type { FileScope } from './scope.ts';

export interface HealthScope extends FileScope {
  /** Whether it claims to be of the unified schema, every table of which is compared then. */
  readonly isUnified: boolean;
}

/** All that a file is found to hold but the inside of its runs: each of those is asked for its books apart. */
export const fileHealth = defineQuery({
  name: 'fileHealth',
  scope: 'one file',
  // Loaded when it is asked: the lists that show a word of it stand before it.
  async run(engine, params: HealthScope, signal): Promise<HealthFacts> {
    const { readFileHealth } = await import('./readFileHealth.ts');
    return readFileHealth(engine, params, signal);
  },
});
