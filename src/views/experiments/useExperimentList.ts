import { useMemo, useCallback, useEffect, useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { isLarge, countBefore, type OpenFile, type SessionState } from '../../data/session/state.ts';
import { useJoinedAnswers, usePrefetch } from '../../data/useAnswer.ts';
import type { ListDetails } from '../../domain/answers/experiments.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { DayCosts, ExperimentDays } from '../../domain/days.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { contradictions } from '../../queries/fileFindings.ts';
import type { ExperimentContradictions } from '../../queries/readContradictions.ts';
import { loadText, saveText } from '../../storage/preferences.ts';
import { useMoment } from '../../ui/useMoment.ts';
import { DEFAULT_COLUMN_WIDTH, type GridColumn } from '../../ui/grid/gridColumn.ts';
import { dayCostsOf } from '../shared/LastDay.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';
import { cheapDetailsOf, exactDetailsOf } from './listQuestions.ts';

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

interface ExperimentRows {
  readonly rows: readonly ExperimentListRow[];
  readonly pending: boolean;
  /** The rows are there, and what else is shown of them may be at once: to be drawn once, not twice. */
  readonly isSoonWhole: boolean;
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
  const exact = useJoinedAnswers(files.map((file) => exactDetailsOf(file, examineAll)));
  const cheap = useJoinedAnswers(files.map(cheapDetailsOf));
  const found = useJoinedAnswers(
    files.map((file, i) => ({
      ...contradictionsOf(file),
      // After the verdicts, which it finds derived then.
      enabled: (examineAll || !isLarge(file)) && exact.data[i] !== undefined,
    })),
  );
  // Until then the engine reads for it what it can, between the statements of all others.
  usePrefetch(files.filter((file) => examineAll || !isLarge(file)).map(contradictionsOf));
  const days = useJoinedAnswers(files.map(dayCostsOf));
  const { grown } = useSessionState();
  // Most files leave no day out: their rows are drawn once, not again when that is known.
  const leftOut = days.data.some((ofFile) => ofFile !== undefined && ofFile.experiments.size > 0)
    ? days.data
    : nothingLeftOut;
  const rows = useMemo(
    () =>
      files.flatMap((file, i) =>
        rowsOf(file, grown, lists.data[i] ?? [], exact.data[i] ?? cheap.data[i], found.data[i], leftOut[i]),
      ),
    [files, grown, lists.data, exact.data, cheap.data, found.data, leftOut],
  );
  const isWhole = !exact.isLoading && !cheap.isLoading && !days.isLoading;
  // From the very first row on: one that was shown never goes.
  const isSoonWhole = useMoment(rows.length > 0, firstMomentMs) && !isWhole;
  return {
    rows,
    pending: lists.isPending,
    isSoonWhole,
    error: lists.error ?? exact.error ?? cheap.error,
    notExamined: rows.filter(isNotExamined).length,
  };
}

/** Milliseconds for which the first rows wait for what else the list shows of them. */
const firstMomentMs = 100;

const nothingLeftOut: readonly undefined[] = [];

const contradictionsOf = ({ fileId }: OpenFile) => contradictions.about({ fileId });

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

/** Below this the grid is a phone's: it has an order of its own and is moved sideways. */
const leastRoom = 560;
const longestChoice = 1000;

type Named<Column> = Column & { readonly label: string };

interface ListColumns<Column> {
  readonly all: readonly Named<Column>[];
  readonly shown: readonly Named<Column>[];
  /** In the address, and kept in this browser for the next list; undefined brings back the usual ones. */
  readonly setShown: (ids: readonly string[] | undefined) => void;
}

/**
 * The columns that the address names, else those that the reader chose last, in that order; else as many of `columns`
 * as are whole in a table of `room` pixels, from the first one on.
 */
export function useListColumns<Row>(
  columns: readonly GridColumn<Row>[],
  room: number,
): ListColumns<GridColumn<Row>> {
  const { search, patch } = useAddress(listFields);
  const [habit, setHabit] = useState<readonly string[] | undefined>(() =>
    loadText('listColumns', longestChoice)?.split(' '),
  );
  const chosen = search.col ?? habit;
  useEffect(() => {
    // What is seen by habit is in the link too, for whoever has another.
    if (search.col === undefined && habit !== undefined) patch({ col: [...habit] });
  }, [search.col, habit, patch]);
  const all = useMemo(() => columns.map((column) => ({ ...column, label: column.header })), [columns]);
  const shown = useMemo(() => {
    const found = chosen?.flatMap((id) => all.find((column) => column.id === id) ?? []) ?? [];
    return found.length > 0 ? found : wholeIn(all, room);
  }, [all, chosen, room]);
  const setShown = useCallback(
    (ids: readonly string[] | undefined) => {
      setHabit(ids);
      saveText('listColumns', ids?.join(' ') ?? '');
      patch({ col: ids === undefined ? undefined : [...ids] });
    },
    [patch],
  );
  return { all, shown, setShown };
}

function wholeIn<Column extends Pick<GridColumn<never>, 'width'>>(
  columns: readonly Column[],
  room: number,
): readonly Column[] {
  if (room < leastRoom) return columns;
  let taken = 0;
  const end = columns.findIndex(({ width = DEFAULT_COLUMN_WIDTH }) => (taken += width) > room);
  return end < 0 ? columns : columns.slice(0, Math.max(1, end));
}
