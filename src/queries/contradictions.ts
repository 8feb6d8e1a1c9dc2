import { defineQuery } from './query.ts';
import type { ExperimentContradictions } from './readContradictions.ts';
import type { DeskScope } from './scope.ts';

/** Every contradiction of one experiment, or of all in the file, by the rules of `domain/contradictions/`. */
export const contradictions = defineQuery({
  name: 'contradictions',
  scope: 'one file',
  // Loaded when it is asked: the list stands before it.
  async run(engine, params: DeskScope, signal): Promise<ExperimentContradictions[]> {
    const { readContradictions } = await import('./readContradictions.ts');
    return readContradictions(engine, params, signal);
  },
});
