import { isLarge, isLargeAndFar, type OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import type { DayCosts } from '../../domain/days.ts';
import { dayCosts } from '../../queries/dayCosts.ts';

/** The question, as its file allows: the events of a large one are not read, of a far one not even its scenarios. */
export function dayCostsOf(file: OpenFile) {
  return {
    ...dayCosts.about({ fileId: file.fileId, withEvents: !isLarge(file) }),
    enabled: !isLargeAndFar(file),
  };
}

/** Stored costs of a file that are those of the last day alone; undefined while they are looked for. */
export function useDayCosts(file: OpenFile): DayCosts | undefined {
  return useAnswer(dayCostsOf(file)).data;
}
