import { isLarge, isLargeAndFar, type OpenFile } from '../../data/session/state.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { listDetails, listDetailsCheap } from '../../queries/listDetails.ts';
import type { Question } from '../../queries/query.ts';
import { runList } from '../../queries/runList.ts';
import { dayCostsOf } from '../shared/LastDay.tsx';
import type { AskAbout } from '../shared/screen.ts';

/** Verdicts derived: of a large file only on demand, as every exchange is read for it. */
export const exactDetailsOf = (file: OpenFile, examineAll: boolean) => ({
  ...listDetails.about({ fileId: file.fileId }),
  enabled: examineAll || !isLarge(file),
});

/** Verdicts counted from evaluation rows alone; nothing of a file that is far away. */
export const cheapDetailsOf = (file: OpenFile) => ({
  ...listDetailsCheap.about({ fileId: file.fileId }),
  enabled: isLarge(file) && !isLargeAndFar(file),
});

/** A far file that has experiments is asked for its other runs only on demand. */
export const runsOf = (file: OpenFile, examineAll: boolean) => ({
  ...runList.about({ fileId: file.fileId, withOrphans: examineAll || !isLarge(file) }),
  enabled:
    examineAll || !isLargeAndFar(file) || file.dialects.every((dialect) => dialect === 'simulation-only'),
});

/** What the list asks about a file unasked; of one on a host nothing that its first rows would have to wait for. */
export const askForList: AskAbout = (file, ask) => {
  const askIfEnabled = <T>(question: Question<T>): void => {
    if (question.enabled !== false) ask(question);
  };
  askIfEnabled(experimentList.about({ fileId: file.fileId }));
  if (file.source.kind === 'url') return;
  askIfEnabled(exactDetailsOf(file, false));
  askIfEnabled(cheapDetailsOf(file));
  askIfEnabled(dayCostsOf(file));
  askIfEnabled(runsOf(file, false));
};
