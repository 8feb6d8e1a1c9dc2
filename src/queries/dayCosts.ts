import type { DayCosts } from '../domain/days.ts';
import { defineQuery } from './query.ts';
import type { DayScope } from './readDayCosts.ts';

/** Stored costs of a file that are those of the last day of their run alone (`domain/days/`). */
export const dayCosts = defineQuery({
  name: 'dayCosts',
  scope: 'one file',
  // Loaded when it is asked: the list stands before it.
  async run(engine, params: DayScope, signal): Promise<DayCosts> {
    const { readDayCosts } = await import('./readDayCosts.ts');
    return readDayCosts(engine, params, signal);
  },
});
