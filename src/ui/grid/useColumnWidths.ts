import { useState } from 'react';

import { formatMoney } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';
import { DEFAULT_COLUMN_WIDTH, type GridColumn } from './gridColumn.ts';

/** Pixels of a digit of the grid's font, and of a cell's padding with room for a sign. */
const DIGIT = 8;
const PADDING = 34;

/** Pixels that an amount of whole cents needs; 0 for any other value. */
export function moneyWidth(value: unknown): number {
  return typeof value === 'bigint' ? formatMoney(cents(value)).length * DIGIT + PADDING : 0;
}

/**
 * Pixels of each column: as it asks, and never less than the longest amount that was drawn in it, as an amount that is
 * cut off reads as another one. A column that grew stays so, for nothing should jump while rows scroll by.
 */
export function useColumnWidths<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
): readonly number[] {
  const [grown, setGrown] = useState<ReadonlyMap<string, number>>(new Map());
  const wanted = columns.map((column) => {
    const asked = column.width ?? DEFAULT_COLUMN_WIDTH;
    const known = Math.max(asked, grown.get(column.id) ?? 0);
    return rows.reduce((most, row) => Math.max(most, moneyWidth(column.value(row))), known);
  });
  const wider = columns.flatMap(({ id, width = DEFAULT_COLUMN_WIDTH }, i) => {
    const pixels = wanted[i] ?? 0;
    return pixels > Math.max(width, grown.get(id) ?? 0) ? [[id, pixels] as const] : [];
  });
  if (wider.length > 0) setGrown(new Map([...grown, ...wider]));
  return wanted;
}
