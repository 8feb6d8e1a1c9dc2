import { formatMoney } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';

/** Pixels in the font of the tables, measured: a tabular digit or sign, and a point or comma. */
const DIGIT = 8.44;
const POINT = 3.5;
/** A letter of running words, and a capital, which names are made of. */
const LETTER = 7;
const CAPITAL = 9;
/** No column is wider for its sentences: some file stores a book in one cell. */
const MOST_WORDS = 3000;
/** Padding of a cell at the edge of a table, whose side is wider. */
export const CELL_PADDING = 26;

/** Pixels that digits and what stands between them take in a cell, without its padding. */
export function figureWidth(text: string): number {
  let pixels = 0;
  for (const letter of text) pixels += letter === '.' || letter === ',' ? POINT : DIGIT;
  return Math.ceil(pixels);
}

/** Pixels of the column that a number needs: whole cents, a number, or digits as text. 0 for any other value. */
export function numberWidth(value: unknown): number {
  const text = typeof value === 'bigint' ? formatMoney(cents(value)) : digitsOf(value);
  return text === undefined ? 0 : figureWidth(text) + CELL_PADDING;
}

function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value.toLocaleString('en-US');
  return typeof value === 'string' && /^-?\d+$/.test(value) ? value : undefined;
}

/** Letters of what stands whole in a cell wherever a number is in it: `39.7 % → 41.2 %`, `15 min 20 s`. */
const MOST_SHORT = 24;

/**
 * Pixels of the column of words that must not end in the middle of a number: of a sentence that names amounts or
 * shares, and of a few words with a number. 0 for any other value.
 */
export function sentenceWidth(value: unknown): number {
  if (typeof value !== 'string') return 0;
  const isShort = value.length <= MOST_SHORT && /(?:^|\s)\d/.test(value);
  if (!isShort && !/\$\d|\d %/.test(value)) return 0;
  let pixels = 0;
  for (const letter of value.slice(0, MOST_WORDS / POINT)) {
    if (letter === '.' || letter === ',' || letter === ' ') pixels += POINT;
    else pixels += /[a-z]/.test(letter) ? LETTER : CAPITAL;
  }
  return Math.min(MOST_WORDS, Math.ceil(pixels) + CELL_PADDING);
}
