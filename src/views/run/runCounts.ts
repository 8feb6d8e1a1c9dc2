import { formatCount, formatMoney } from '../../lib/format.ts';
import type { RunSummary } from '../../schema/answers.ts';

/** Settlements that the events tell of, whichever way. */
export function settlementsOf({ settlements }: RunSummary): number {
  return settlements.immediate + settlements.fromQueue2 + settlements.offset;
}

/** Where the stored row and the events disagree, one sentence each. */
export function storedDifferences(summary: RunSummary): string[] {
  const { run, eventCount } = summary;
  if (run === undefined || eventCount === 0) return [];
  const sentences: string[] = [];
  if (run.arrivals !== undefined && run.arrivals !== summary.arrivals) {
    sentences.push(
      `The run’s row counts ${formatCount(run.arrivals)} arrivals, its events ${formatCount(summary.arrivals)}.`,
    );
  }
  const settled = settlementsOf(summary);
  if (run.settlements !== undefined && run.settlements !== settled) {
    sentences.push(
      `The run’s row counts ${formatCount(run.settlements)} settlements, its events ${formatCount(settled)}: after offsetting, the engine settles without logging.`,
    );
  }
  if (run.totalCostCents !== undefined && run.totalCostCents !== summary.totalCostCents) {
    sentences.push(
      `The run’s row stores a cost of ${formatMoney(run.totalCostCents)}, its events add up to ${formatMoney(summary.totalCostCents)}.`,
    );
  }
  return sentences;
}
