import { useLayoutEffect, useState, type RefObject } from 'react';

import { formatCount, formatMoney } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';
import { DEFAULT_COLUMN_WIDTH, type GridColumn } from './gridColumn.ts';

/** A first column that stays in sight leaves this share of a narrow table to the others, as long as it has its least. */
const STICKY_SHARE = 0.42;
const STICKY_LEAST = 96;
/** Columns of words are stretched to the edge only when they come near it. */
const NEAR = 0.75;

interface Edge {
  /** Pixels in sight; 0 where there is no layout. */
  readonly room: number;
  readonly stickyFirst: boolean;
}

/**
 * Pixels of each column: as it asks, and never less than the longest number that was drawn in it, as a number that is
 * cut off reads as another one. A column that grew stays so, for nothing should jump while rows scroll by.
 */
export function useColumnWidths<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  edge: Edge,
): readonly number[] {
  const [grown, setGrown] = useState<ReadonlyMap<string, number>>(new Map());
  const wanted = columns.map((column) => {
    const asked = column.width ?? DEFAULT_COLUMN_WIDTH;
    const known = Math.max(asked, grown.get(column.id) ?? 0);
    const widthOf = column.align === 'end' ? numberWidth : sentenceWidth;
    return rows.reduce((most, row) => Math.max(most, widthOf(column.value(row))), known);
  });
  const wider = columns.flatMap(({ id, width = DEFAULT_COLUMN_WIDTH }, i) => {
    const pixels = wanted[i] ?? 0;
    return pixels > Math.max(width, grown.get(id) ?? 0) ? [[id, pixels] as const] : [];
  });
  if (wider.length > 0) setGrown(new Map([...grown, ...wider]));
  return wholeAtEdge(columns, wanted, edge);
}

/**
 * Where a table is wider than its room, the columns that are whole in it share it out, so that the next one begins at
 * the edge: half a number would stand there.
 */
export function wholeAtEdge(
  columns: readonly Pick<GridColumn<never>, 'align'>[],
  widths: readonly number[],
  { room, stickyFirst }: Edge,
): readonly number[] {
  const sum = widths.reduce((total, width) => total + width, 0);
  if (room <= 0 || sum <= room) return widths;
  const most = stickyFirst ? Math.max(STICKY_LEAST, Math.floor(room * STICKY_SHARE)) : Infinity;
  const kept = widths.map((width, i) => (i === 0 ? Math.min(width, most) : width));
  let whole = 0;
  let taken = 0;
  while (taken + (kept[whole] ?? Infinity) <= room) taken += kept[whole++] ?? 0;
  if (whole === 0 || (columns[whole]?.align !== 'end' && taken < room * NEAR)) return kept;
  const more = (room - taken) / taken;
  return kept.map((width, i) => (i < whole ? width + width * more : width));
}

/** Pixels of room below which columns come in their narrow order. */
const NARROW = 560;

/** The columns in the order for this room, and the one that carries the link of a row; 0 is a room that is not known. */
export function columnsFor<Row>(
  columns: readonly GridColumn<Row>[],
  room: number,
): { readonly columns: readonly GridColumn<Row>[]; readonly linkColumnId: string | undefined } {
  const isNarrow = room > 0 && room < NARROW && columns.some((column) => column.narrow !== undefined);
  if (!isNarrow) return { columns, linkColumnId: (columns.find((column) => column.link) ?? columns[0])?.id };
  const placeOf = (column: GridColumn<Row>) => column.narrow ?? Infinity;
  const ordered = columns.toSorted((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
  return { columns: ordered, linkColumnId: ordered[0]?.id };
}

/**
 * Pixels of width inside an element, as it is resized; 0 where there is no layout. It is measured before anything is
 * painted; with something `assumed` only once that is laid out, as to ask sooner would lay out all of it at once.
 */
export function useRoom(element: RefObject<HTMLElement | null>): number | undefined;
export function useRoom(element: RefObject<HTMLElement | null>, assumed: number): number;
export function useRoom(element: RefObject<HTMLElement | null>, assumed?: number): number | undefined {
  const [room, setRoom] = useState(assumed);
  const [isAssumed] = useState(assumed !== undefined);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setRoom(current.clientWidth);
    if (!isAssumed) measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, isAssumed]);
  return room;
}

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
  if (typeof value === 'number' && Number.isInteger(value)) return formatCount(value);
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
