import { formatMoney } from '../../lib/format.ts';
import type { Cents } from '../../lib/units.ts';
import { CELL_PADDING, figureWidth } from '../../ui/grid/useColumnWidths.ts';

/** Pixels that the widest of some amounts needs; only the extremes can be widest. */
export function moneyWidth(amounts: Iterable<Cents | undefined>, atLeast: number): number {
  let low: Cents | undefined;
  let high: Cents | undefined;
  for (const amount of amounts) {
    if (amount === undefined) continue;
    if (low === undefined || amount < low) low = amount;
    if (high === undefined || amount > high) high = amount;
  }
  const widths = [low, high].map((amount) => (amount === undefined ? 0 : figureWidth(formatMoney(amount))));
  return Math.max(atLeast, Math.max(...widths) + CELL_PADDING);
}

/** Pixels of one letter of running words, and of a name, which may be all capitals or digits. */
const letterPx = 6.5;
const nameLetterPx = 7.9;

/** Pixels for the longest of some words of ours, none of which is cut; `besidePx` is what stands beside them. */
export function wordsWidth(words: Iterable<string>, atLeast: number, besidePx = 0): number {
  let longest = 0;
  for (const word of words) longest = Math.max(longest, word.length);
  return Math.max(atLeast, Math.ceil(longest * letterPx + CELL_PADDING + besidePx));
}

/** Pixels for the longest of some names, within bounds: beyond them a name is cut, and shown whole on hover. */
export function textWidth(names: readonly string[], atLeast: number, atMost: number): number {
  const longest = names.reduce((length, name) => Math.max(length, name.length), 0);
  return Math.min(atMost, Math.max(atLeast, Math.ceil(longest * nameLetterPx + CELL_PADDING)));
}
