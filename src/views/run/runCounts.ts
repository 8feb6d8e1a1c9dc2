import { formatCount, formatMoney } from '../../lib/format.ts';
import type { RunSummary, SettledDelay } from '../../domain/answers/experiments.ts';
import { countBetween } from '../shared/Values.tsx';
import type { Cents } from '../../lib/units.ts';

/** Payments that settled, whichever way; undefined where an event that would tell cannot be read. */
function settlementsOf({ settlements }: RunSummary): number | undefined {
  if (settlements === undefined) return undefined;
  const { immediate, fromQueue2, offset, inferred, inParts } = settlements;
  return immediate + fromQueue2 + offset + inferred + inParts;
}

export interface HeadFigures {
  readonly ticks: number | undefined;
  readonly arrived: number | undefined;
  readonly settled: number | undefined;
  readonly queued: number | undefined;
  /** At some time, and of these at the end of the run. */
  readonly overdue: number | undefined;
  readonly overdueAtEnd: number | undefined;
  readonly costCents: Cents | undefined;
}

/** Recounted from the events; without any, what the run's row stores, and nothing else. */
export function headFigures(summary: RunSummary): HeadFigures {
  const { run, eventCount, tickCount, arrivals, queued, overdue, overdueAtEnd, totalCostCents } = summary;
  if (eventCount > 0) {
    const settled = settlementsOf(summary);
    const counts = { arrived: arrivals, settled, queued, overdue, overdueAtEnd };
    return { ticks: tickCount, ...counts, costCents: totalCostCents };
  }
  const ticks =
    run?.ticksPerDay === undefined || run.dayCount === undefined ? undefined : run.ticksPerDay * run.dayCount;
  return {
    ticks,
    arrived: run?.arrivals,
    settled: run?.settlements,
    queued: undefined,
    overdue: undefined,
    overdueAtEnd: undefined,
    costCents: run?.totalCostCents,
  };
}

/** `12.3`: the mean, rounded half up from whole numbers. */
export function meanDelayText({ ticks, payments }: SettledDelay): string {
  const tenths = Math.floor((20 * ticks + payments) / (2 * payments));
  return `${formatCount(Math.floor(tenths / 10))}.${tenths % 10}`;
}

const isWithin = (stored: number, settled: number, { disputed }: RunSummary): boolean =>
  stored >= settled && stored <= settled + disputed;

/** Where the stored row and the events disagree, one sentence each. */
export function storedDifferences(summary: RunSummary): string[] {
  const { run, eventCount } = summary;
  if (run === undefined || eventCount === 0) return [];
  const sentences: string[] = [];
  const { arrivals } = summary;
  if (run.arrivals !== undefined && arrivals !== undefined && run.arrivals !== arrivals) {
    sentences.push(
      `The run’s row counts ${formatCount(run.arrivals)} arrivals, its events ${formatCount(arrivals)}.`,
    );
  }
  const settled = settlementsOf(summary);
  if (
    run.settlements !== undefined &&
    settled !== undefined &&
    !isWithin(run.settlements, settled, summary)
  ) {
    sentences.push(
      `The run’s row counts ${formatCount(run.settlements)} settlements, its events ${countBetween({ low: settled, high: settled + summary.disputed })}.`,
    );
  }
  const { totalCostCents: total } = summary;
  if (run.totalCostCents !== undefined && total !== undefined && run.totalCostCents !== total) {
    sentences.push(
      `The run’s row stores a cost of ${formatMoney(run.totalCostCents)}, its events add up to ${formatMoney(total)}.`,
    );
  }
  return sentences;
}
