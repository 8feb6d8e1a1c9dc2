import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { plural, minusSign } from '../../lib/format.ts';
import type { Cents } from '../../lib/units.ts';

/** `exp1 6346bb`: the name, and the last part of the id that tells experiments of one name apart. */
export function experimentLabel(name: string, id: string): string {
  return name === id ? id : `${name} ${id.split('-').at(-1) ?? id}`;
}

/** Why an experiment has no first, final or best total; a sum over a part that cannot be read is unknown. */
export function noCost({
  unreadableCosts,
  unplacedRows,
}: Pick<ExperimentSummary, 'unreadableCosts' | 'unplacedRows'>): string {
  if (unplacedRows > 0)
    return `unknown: ${plural(unplacedRows, 'row')} of iterations cannot be placed, and may hold it`;
  return unreadableCosts > 0
    ? 'unknown: a stored cost cannot be read'
    : 'no iteration has a cost for every agent';
}

/** Why an experiment has no first total: that of iteration 0. */
export function noFirstCost(
  summary: Pick<ExperimentSummary, 'unreadableCosts' | 'unplacedRows' | 'bestCostCents'>,
): string {
  return summary.bestCostCents === undefined || summary.unreadableCosts > 0
    ? noCost(summary)
    : 'iteration 0 is not stored, or has no cost for every agent';
}

/** Beside a best total: `3 totals cannot be read`, of which each may have been lower. */
export function unreadTotalsWords(count: number): string {
  return `${plural(count, 'total')} cannot be read`;
}

/** `(first - final) / first` in tenths of a percent, rounded half away from zero; positive = cheaper. */
export function savingTenths(first: Cents | undefined, final: Cents | undefined): bigint | undefined {
  if (first === undefined || final === undefined || first <= 0n) return undefined;
  const doubled = (2000n * (first - final)) / first;
  return doubled < 0n ? (doubled - 1n) / 2n : (doubled + 1n) / 2n;
}

/** Tenths of a percent as `67.0 %`. */
export function formatTenths(tenths: bigint): string {
  const abs = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? minusSign : ''}${abs / 10n}.${abs % 10n} %`;
}

/** No more lines can be told apart in one figure. */
export const mostCompared = 12;

/** How the address names the version of an experiment that one of several open files holds. */
export const versionIn = (experiment: string, { name }: Pick<OpenFile, 'name'>): string =>
  `${experiment}~${name}`;
