import { useMemo } from 'react';

import { isNothing } from '../../../charts/shape/run/runPanel.ts';
import { runQuestions } from '../../../data/runQuestions.ts';
import { useAnswers } from '../../../data/useAnswer.ts';
import type { RunScope } from '../../../queries/scope.ts';
import { costMetrics, runMetrics, type RunSeries } from '../../../domain/answers/runs.ts';
import type { Cents } from '../../../lib/units.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { useSameList } from '../../shared/useSameList.ts';

interface RunCharts {
  /** undefined: still being read. */
  readonly series: readonly RunSeries[] | undefined;
  /** The highest balance that any bank reaches. */
  readonly mostCents: Cents | undefined;
  readonly error: Error | undefined;
}

/** What is drawn over the whole run; the cost by component where the address asks for it. */
export function useRunCharts(scope: RunScope): RunCharts {
  const { search } = useAddress();
  const byComponent = search.costs === 'component';
  const answers = useAnswers(
    useMemo(
      () =>
        [...runMetrics, ...(byComponent ? costMetrics : [])].map((metric) =>
          runQuestions.runSeries(scope, metric),
        ),
      [scope, byComponent],
    ),
  );
  const whole = answers.slice(0, runMetrics.length);
  // The components join the panels when they are read.
  const isRead = whole.every((answer) => answer.data != null);
  const parts = answers.slice(runMetrics.length).flatMap((answer) => answer.data ?? []);
  // A component that nobody was charged has no panel. Kept over the steps of the replay: a new list draws all anew.
  const series = useSameList(
    isRead
      ? [...whole.flatMap((answer) => answer.data ?? []), ...parts.filter((part) => !isNothing(part))]
      : undefined,
  );
  return {
    series,
    mostCents: mostOf(answers[0]?.data ?? undefined),
    error: answers.find((answer) => answer.error !== null)?.error ?? undefined,
  };
}

/** The highest balance that any bank reaches. */
function mostOf(balances: RunSeries | undefined): Cents | undefined {
  let most: Cents | undefined;
  for (const line of balances?.lines.values() ?? []) {
    for (const { mostCents } of line) if (most === undefined || mostCents > most) most = mostCents;
  }
  return most;
}
