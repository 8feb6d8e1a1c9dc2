import { cellText, copiedValue, fullHeader, type CellValue, type GridColumn } from './gridColumn.ts';

/** A spreadsheet runs a text that starts like this as a formula; an apostrophe keeps it a text. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** One cell; `isNumber`: a text that holds a number, which no spreadsheet takes for a formula. */
export function csvCell(value: CellValue, isNumber = false): string {
  const text = cellText(value);
  const safe = typeof value === 'string' && !isNumber && FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 with a heading line; exact values (integer cents for money), absent ones empty. */
export function toCsv<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => csvCell(fullHeader(column))).join(',')];
  for (const row of rows) {
    lines.push(columns.map((column) => csvCell(copiedValue(column, row))).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}
