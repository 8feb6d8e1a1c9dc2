import { useMemo } from 'react';

import { deskQuestions } from '../../data/deskQuestions.ts';
import { questions } from '../../data/questions.ts';
import { isLarge } from '../../data/session/isLarge.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswers } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../schema/normalised.ts';
import { deskRows, type DeskRow } from './deskRow.ts';

export interface Desk {
  readonly rows: readonly DeskRow[];
  readonly pending: boolean;
  readonly error: Error | undefined;
  /** Large files that were not read yet: it takes every exchange. */
  readonly unread: readonly OpenFile[];
}

/** One experiment, or everything that is open. */
export type DeskSubject =
  | { readonly kind: 'experiment'; readonly file: OpenFile; readonly summary: ExperimentSummary }
  | { readonly kind: 'files'; readonly files: readonly OpenFile[]; readonly readLarge: boolean };

/** Every proposal of the subject, in the order of the desk. */
export function useDesk(subject: DeskSubject): Desk {
  const files = useFiles(subject);
  const experimentId = subject.kind === 'experiment' ? subject.summary.experimentId : undefined;
  const asked = (file: OpenFile) => subject.kind === 'experiment' || subject.readLarge || !isLarge(file);
  const queues = useAnswers(
    files.map((file) => ({
      ...deskQuestions.deskQueue({ fileId: file.fileId, experimentId }),
      enabled: asked(file),
    })),
  );
  const lists = useAnswers(files.map((file) => questions.experimentList(file.fileId)));
  const queues$ = queues.map((answer) => answer.data);
  const lists$ = lists.map((answer) => answer.data);
  const rows = useMemo(
    () =>
      deskRows(
        files.map((file, i) => ({
          file,
          experiments: queues$[i] ?? [],
          names: new Map(lists$[i]?.map((summary) => [summary.experimentId, summary.name])),
        })),
      ),
    // The arrays are new on every render; what they hold is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [files, ...queues$, ...lists$],
  );
  const unread = files.filter((file, i) => !asked(file) && queues[i]?.data === undefined);
  return {
    rows,
    pending: queues.some((answer) => answer.isLoading),
    error: queues.find((answer) => answer.error !== null)?.error ?? undefined,
    unread,
  };
}

function useFiles(subject: DeskSubject): readonly OpenFile[] {
  const one = subject.kind === 'experiment' ? subject.file : undefined;
  const many = subject.kind === 'files' ? subject.files : undefined;
  return useMemo(() => many ?? (one === undefined ? [] : [one]), [many, one]);
}
