import type { DayCosts } from '../domain/days.ts';
import type { UnreadableReport } from '../domain/unreadable.ts';
import { defineQuery, type Query } from './query.ts';
import type { ExperimentContradictions } from './readContradictions.ts';
import type { DayScope } from './readDayCosts.ts';
import type { UnreadableScope } from './readUnreadable.ts';
import type { DeskScope } from './scope.ts';

/** Every contradiction of one experiment, or of all in the file, by the rules of `domain/contradictions/`. */
export const contradictions: Query<DeskScope, ExperimentContradictions[]> = defineQuery({
  name: 'contradictions',
  scope: 'one file',
  // Loaded when it is asked: the list stands before it.
  async run(engine, params: DeskScope, signal): Promise<ExperimentContradictions[]> {
    const { fileId, experimentId } = params;
    // The list has found those of its whole file.
    const ofFile = experimentId === undefined ? undefined : engine.known(contradictions.about({ fileId }));
    if (ofFile !== undefined) return ofFile.filter((answer) => answer.experimentId === experimentId);
    const { readContradictions } = await import('./readContradictions.ts');
    return readContradictions(engine, params, signal);
  },
});

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

/** Every cell of a file that cannot be read, or what of them is about one experiment or one run. */
export const unreadable = defineQuery({
  name: 'unreadable',
  scope: 'one file',
  // Loaded when it is asked: the list stands before it.
  async run(engine, params: UnreadableScope, signal): Promise<UnreadableReport> {
    const { readUnreadable } = await import('./readUnreadable.ts');
    return readUnreadable(engine, params, signal);
  },
});
