import { useMemo } from 'react';

import { isNothing } from '../../../charts/shape/run/runPanel.ts';
import { useJoinedAnswers } from '../../../data/useAnswer.ts';
import { runSeries } from '../../../queries/run/runSeries.ts';
import type { RunScope } from '../../../queries/scope.ts';
import { costMetrics, runMetrics, type RunSeries } from '../../../domain/answers/runs.ts';
import type { Cents } from '../../../lib/units.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields } from '../fields.ts';

interface RunCharts {
  /** undefined: still being read. */
  readonly series: readonly RunSeries[] | undefined;
  /** The highest balance that any bank reaches. */
  readonly mostCents: Cents | undefined;
  readonly error: Error | undefined;
}

/** What is drawn over the whole run; the cost by component where the address asks for it. */
export function useRunCharts(scope: RunScope): RunCharts {
  const { search } = useAddress(runFields);
  const byComponent = search.costs === 'component';
  const metrics = [...runMetrics, ...(byComponent ? costMetrics : [])];
  const { data, error } = useJoinedAnswers(metrics.map((metric) => runSeries.about({ ...scope, metric })));
  const series = useMemo(() => {
    const whole = data.slice(0, runMetrics.length).flatMap((found) => found ?? []);
    // The components join the panels when they are read; one that nobody was charged has no panel.
    const parts = data.slice(runMetrics.length).flatMap((found) => found ?? []);
    return whole.length < runMetrics.length
      ? undefined
      : [...whole, ...parts.filter((part) => !isNothing(part))];
  }, [data]);
  return { series, mostCents: mostOf(data[0] ?? undefined), error };
}

/** The highest balance that any bank reaches. */
function mostOf(balances: RunSeries | undefined): Cents | undefined {
  let most: Cents | undefined;
  for (const line of balances?.lines.values() ?? []) {
    for (const { mostCents } of line) if (most === undefined || mostCents > most) most = mostCents;
  }
  return most;
}
