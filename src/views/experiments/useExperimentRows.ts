import { useMemo } from 'react';

import {
  isLarge,
  isLargeAndFar,
  countBefore,
  type OpenFile,
  type SessionState,
} from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import { contradictions } from '../../queries/contradictions.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { listDetails } from '../../queries/listDetails.ts';
import { listDetailsCheap } from '../../queries/listDetailsCheap.ts';
import type { ExperimentContradictions } from '../../queries/readContradictions.ts';
import type { ListDetails } from '../../domain/answers/experiments.ts';
import type { DayCosts, ExperimentDays } from '../../domain/days.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { dayCostsOf } from '../shared/LastDay.tsx';

export interface ExperimentListRow {
  readonly key: string;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  /** Undefined while it is being counted. */
  readonly details: ListDetails | undefined;
  /** Undefined while they are looked for, and where the file is large. */
  readonly contradictions: readonly Contradiction[] | undefined;
  /** Iterations that it has more since its file was read again. */
  readonly newIterations: number;
  /** Undefined where its costs cover their whole runs, and while that is looked for. */
  readonly days: ExperimentDays | undefined;
}

export interface ExperimentRows {
  readonly rows: readonly ExperimentListRow[];
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
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const exact = useJoinedAnswers(
    files.map((file) => ({
      ...listDetails.about({ fileId: file.fileId }),
      enabled: examineAll || !isLarge(file),
    })),
  );
  const cheap = useJoinedAnswers(
    files.map((file) => ({
      ...listDetailsCheap.about({ fileId: file.fileId }),
      enabled: isLarge(file) && !isLargeAndFar(file),
    })),
  );
  const found = useJoinedAnswers(
    files.map((file, i) => ({
      ...contradictions.about({ fileId: file.fileId }),
      // After the verdicts, which it finds derived then.
      enabled: (examineAll || !isLarge(file)) && exact.data[i] !== undefined,
    })),
  );
  const days = useJoinedAnswers(files.map(dayCostsOf));
  const { grown } = useSessionState();
  const rows = useMemo(
    () =>
      files.flatMap((file, i) =>
        rowsOf(file, grown, lists.data[i] ?? [], exact.data[i] ?? cheap.data[i], found.data[i], days.data[i]),
      ),
    [files, grown, lists.data, exact.data, cheap.data, found.data, days.data],
  );
  return {
    rows,
    pending: lists.isPending,
    error: lists.error ?? exact.error ?? cheap.error,
    notExamined: rows.filter(isNotExamined).length,
  };
}

function rowsOf(
  file: OpenFile,
  grown: SessionState['grown'],
  summaries: readonly ExperimentSummary[],
  details: readonly ListDetails[] | undefined,
  ofFile: readonly ExperimentContradictions[] | undefined,
  days: DayCosts | undefined,
): ExperimentListRow[] {
  const foundById = new Map(ofFile?.map((answer) => [answer.experimentId, answer.found]));
  const byId = new Map(details?.map((detail) => [detail.experimentId, detail]));
  return summaries.map((summary) => ({
    key: `${file.fileId} ${summary.experimentId}`,
    file,
    summary,
    newIterations:
      summary.iterationCount -
      (countBefore(grown, file.fileId, summary.experimentId) ?? summary.iterationCount),
    details: byId.get(summary.experimentId),
    contradictions: foundById.get(summary.experimentId),
    days: days?.experiments.get(summary.experimentId),
  }));
}

function isNotExamined({ file, details }: ExperimentListRow): boolean {
  return isLarge(file) && (details?.models === undefined || details.notExamined > 0);
}
