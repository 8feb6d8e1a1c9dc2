import { useMemo, useState } from 'react';

import { questions } from '../../data/questions.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswers } from '../../data/useAnswer.ts';
import type { ListDetails } from '../../schema/answers.ts';
import type { ExperimentSummary } from '../../schema/normalised.ts';
import { isLarge } from './isLarge.ts';

export interface ExperimentRow {
  readonly key: string;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  /** Undefined while it is being counted. */
  readonly details: ListDetails | undefined;
}

export interface ExperimentRows {
  readonly rows: readonly ExperimentRow[];
  readonly pending: boolean;
  readonly error: Error | undefined;
  /** Experiments whose verdicts were counted from evaluation rows alone, as their file is large. */
  readonly notExamined: number;
  readonly examineAll: () => void;
}

/**
 * The experiments of all open files. Verdicts are derived at once where that is cheap; in a large file it reads
 * every exchange, so there it waits until it is asked for.
 */
export function useExperimentRows(files: readonly OpenFile[]): ExperimentRows {
  const [examined, setExamined] = useState<ReadonlySet<string>>(new Set());
  const lists = useAnswers(files.map((file) => questions.experimentList(file.fileId)));
  const exact = useAnswers(
    files.map((file) => ({
      ...questions.listDetails(file.fileId, true),
      enabled: !isLarge(file) || examined.has(file.fileId),
    })),
  );
  const cheap = useAnswers(
    files.map((file) => ({ ...questions.listDetails(file.fileId, false), enabled: isLarge(file) })),
  );

  const lists$ = lists.map((answer) => answer.data);
  const details$ = files.map((_, i) => exact[i]?.data ?? cheap[i]?.data);
  const rows = useMemo(
    () => files.flatMap((file, i) => rowsOf(file, lists$[i] ?? [], details$[i])),
    // The arrays are new on every render; what they hold is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [files, ...lists$, ...details$],
  );
  const failed = [...lists, ...exact, ...cheap].find((answer) => answer.error !== null);
  return {
    rows,
    pending: lists.some((answer) => answer.isPending),
    error: failed?.error ?? undefined,
    notExamined: rows.filter(
      (row) => (row.details?.notExamined ?? 0) > 0 || row.details?.models === undefined,
    ).length,
    examineAll: () => setExamined(new Set(files.map((file) => file.fileId))),
  };
}

function rowsOf(
  file: OpenFile,
  summaries: readonly ExperimentSummary[],
  details: readonly ListDetails[] | undefined,
): ExperimentRow[] {
  const byId = new Map(details?.map((detail) => [detail.experimentId, detail]));
  return summaries.map((summary) => ({
    key: `${file.fileId} ${summary.experimentId}`,
    file,
    summary,
    details: byId.get(summary.experimentId),
  }));
}
