import { useMemo } from 'react';

import { questions } from '../../data/questions.ts';
import { isLarge, isLargeAndFar } from '../../data/session/isLarge.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswers } from '../../data/useAnswer.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { ExperimentContradictions } from '../../queries/contradictions.ts';
import type { ListDetails } from '../../domain/answers/experiments.ts';
import type { DayCosts, ExperimentDays } from '../../domain/answers/days.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { dayCostsOf } from '../shared/useDayCosts.ts';

export interface ExperimentRow {
  readonly key: string;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  /** Undefined while it is being counted. */
  readonly details: ListDetails | undefined;
  /** Undefined while they are looked for, and where the file is large. */
  readonly contradictions: readonly Contradiction[] | undefined;
  /** Undefined where its costs cover their whole runs, and while that is looked for. */
  readonly days: ExperimentDays | undefined;
}

export interface ExperimentRows {
  readonly rows: readonly ExperimentRow[];
  readonly pending: boolean;
  readonly error: Error | undefined;
  /** Experiments whose verdicts were counted from evaluation rows alone, as their file is large. */
  readonly notExamined: number;
}

/**
 * The experiments of all open files. Verdicts are derived at once where that is cheap. In a large file it reads
 * every exchange, so there it waits until it is asked for: until then evaluation rows alone are counted, and
 * nothing where the file is far away.
 */
export function useExperimentRows(files: readonly OpenFile[], examineAll: boolean): ExperimentRows {
  const lists = useAnswers(files.map((file) => questions.experimentList(file.fileId)));
  const exact = useAnswers(
    files.map((file) => ({
      ...questions.listDetails(file.fileId, true),
      enabled: examineAll || !isLarge(file),
    })),
  );
  const cheap = useAnswers(
    files.map((file) => ({
      ...questions.listDetails(file.fileId, false),
      enabled: isLarge(file) && !isLargeAndFar(file),
    })),
  );

  const contradictions = useAnswers(
    files.map((file, i) => ({
      ...questions.contradictions({ fileId: file.fileId }),
      // After the verdicts, which it finds derived then.
      enabled: (examineAll || !isLarge(file)) && exact[i]?.data !== undefined,
    })),
  );
  const contradictions$ = contradictions.map((answer) => answer.data);

  const days$ = useAnswers(files.map(dayCostsOf)).map((answer) => answer.data);

  const lists$ = lists.map((answer) => answer.data);
  const details$ = files.map((_, i) => exact[i]?.data ?? cheap[i]?.data);
  const rows = useMemo(
    () =>
      files.flatMap((file, i) => rowsOf(file, lists$[i] ?? [], details$[i], contradictions$[i], days$[i])),
    // The arrays are new on every render; what they hold is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [files, ...lists$, ...details$, ...contradictions$, ...days$],
  );
  const failed = [...lists, ...exact, ...cheap].find((answer) => answer.error !== null);
  return {
    rows,
    pending: lists.some((answer) => answer.isPending),
    error: failed?.error ?? undefined,
    notExamined: rows.filter(isNotExamined).length,
  };
}

function rowsOf(
  file: OpenFile,
  summaries: readonly ExperimentSummary[],
  details: readonly ListDetails[] | undefined,
  contradictions: readonly ExperimentContradictions[] | undefined,
  days: DayCosts | undefined,
): ExperimentRow[] {
  const foundById = new Map(contradictions?.map((answer) => [answer.experimentId, answer.found]));
  const byId = new Map(details?.map((detail) => [detail.experimentId, detail]));
  return summaries.map((summary) => ({
    key: `${file.fileId} ${summary.experimentId}`,
    file,
    summary,
    details: byId.get(summary.experimentId),
    contradictions: foundById.get(summary.experimentId),
    days: days?.experiments.get(summary.experimentId),
  }));
}

function isNotExamined({ file, details }: ExperimentRow): boolean {
  return isLarge(file) && (details?.models === undefined || details.notExamined > 0);
}
