import { numberText } from '../../lib/format.ts';
import { cellText, copiedValue, fullHeader, type CellValue, type GridColumn } from '../grid/gridColumn.ts';

/** Whether money leaves as whole cents or as dollars with two digits. */
export type MoneyUnit = 'cents' | 'dollars';

interface TableColumn {
  /** With its unit; no two of a table are alike. */
  readonly header: string;
  /** Of a grid: words over this column and its neighbours of the same group, and the heading without them. */
  readonly group?: string | undefined;
  readonly label?: string;
  readonly isNumeric: boolean;
  /** Dollars as text, `-12.30`: a number of two decimals for formats that have one. */
  readonly isDollars: boolean;
}

/** A grid as values, ready for every format. */
export interface TableModel {
  readonly columns: readonly TableColumn[];
  /** Exact values; money as whole cents, or as the text of its dollars. Undefined is absence. */
  readonly rows: readonly (readonly CellValue[])[];
}

/** Columns and rows as they leave; the unit of money stands in the head of its columns. */
export function tableModel<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  unit: MoneyUnit,
): TableModel {
  const kinds = columns.map((column) => kindOf(column, rows));
  const heads = columns.map((column, index) => {
    const head = fullHeader(column);
    return kinds[index] === 'money' ? `${head} (${unit === 'cents' ? 'cents' : '$'})` : head;
  });
  const isDollars = (index: number): boolean => kinds[index] === 'money' && unit === 'dollars';
  return {
    columns: distinct(heads).map((header, index) => ({
      header,
      ...partsOf(header, columns[index]?.group),
      isNumeric: kinds[index] !== 'text',
      isDollars: isDollars(index),
    })),
    rows: rows.map((row) =>
      columns.map((column, index) => {
        const value = copiedValue(column, row);
        return isDollars(index) && typeof value === 'bigint' ? dollars(value) : value;
      }),
    ),
  };
}

/** A distinct heading, parted after its group. */
const partsOf = (header: string, group: string | undefined) =>
  group === undefined ? {} : { group, label: header.slice(group.length + 1) };

type Kind = 'text' | 'number' | 'money';

/**
 * Whole cents are the only numbers of a grid that are held as bigints and drawn as something else; a column of other
 * bigints says so (`isMoney: false`).
 */
function kindOf<Row>(column: GridColumn<Row>, rows: readonly Row[]): Kind {
  let kind: Kind | undefined;
  for (const row of rows) {
    const value = copiedValue(column, row);
    if (value === undefined) continue;
    if (typeof value === 'bigint') kind = 'money';
    else if (typeof value === 'number') kind ??= 'number';
    // What is stored and cannot be read stands between the numbers as it is stored.
    else if (kind === undefined || typeof value === 'boolean') return 'text';
  }
  if (kind !== 'money') return kind ?? 'text';
  return (column.isMoney ?? column.render !== undefined) ? 'money' : 'number';
}

/** The second `Cost` of a table is `Cost 2`: names of columns are keys in JSON and Parquet. */
function distinct(heads: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return heads.map((head) => {
    const count = (seen.get(head) ?? 0) + 1;
    seen.set(head, count);
    return count === 1 ? head : `${head} ${count}`;
  });
}

/** Exact: `-1234.05`. */
export function dollars(cents: bigint): string {
  const abs = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${abs / 100n}.${String(abs % 100n).padStart(2, '0')}`;
}

/** A spreadsheet runs a text that starts like this as a formula; an apostrophe keeps it a text. */
const formulaStart = /^[=+\-@\t\r]/;

/**
 * RFC 4180 with a heading line; absent values empty. `forSpreadsheets`: texts cannot be run, and UTF-8 is announced by a
 * mark that other readers may stumble over, unless `marked` says not to.
 */
export function csvText(
  { columns, rows }: TableModel,
  forSpreadsheets: boolean,
  marked = forSpreadsheets,
): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (value: CellValue, isDollars: boolean): string => {
    const text = plainText(value);
    const isText = typeof value === 'string' && !(isDollars && /^-?\d+\.\d\d$/.test(text));
    return quoted(forSpreadsheets && isText && formulaStart.test(text) ? `'${text}` : text);
  };
  const lines = [
    columns.map(({ header }) => cell(header, false)),
    ...rows.map((row) => row.map((value, index) => cell(value, columns[index]?.isDollars === true))),
  ];
  return `${marked ? '\ufeff' : ''}${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function plainText(value: CellValue): string {
  return value === undefined ? '' : typeof value === 'number' ? numberText(value) : String(value);
}

/** One object a row, keys from the headings; absent values null, whole numbers with all their digits. */
export function jsonText({ columns, rows }: TableModel, provenance: readonly string[]): string {
  const written = rows.map((row) => {
    const cells = columns.map(({ header, isDollars }, index) => {
      const value = row[index];
      const isNumber = isDollars && typeof value === 'string' && /^-?\d+\.\d\d$/.test(value);
      return `${JSON.stringify(header)}: ${isNumber ? value : jsonValue(value)}`;
    });
    return `    {${cells.join(', ')}}`;
  });
  return [
    '{',
    `  "provenance": ${JSON.stringify(provenance)},`,
    '  "rows": [',
    written.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

/** JSON has no NaN and no infinity: they are texts, so that nobody takes them for absent. */
function jsonValue(value: CellValue): string {
  if (value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
  return JSON.stringify(value);
}

/** A pipe table, numbers to the right; absent values are a dash. */
export function markdownText({ columns, rows }: TableModel, provenance: readonly string[]): string {
  const cell = (value: CellValue): string =>
    value === undefined
      ? '–'
      : plainText(value)
          .replace(/[\\|`*_<>[\]]/g, (character) => `\\${character}`)
          .replace(/\r\n|\r|\n/g, '<br>');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ header }) => cell(header))),
    line(columns.map(({ isNumeric }) => (isNumeric ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(cell))),
    '',
    ...provenance.map((fact) => `- ${cell(fact)}`),
    '',
  ].join('\n');
}

/** One cell; `isNumber`: a text that holds a number, which no spreadsheet takes for a formula. */
export function csvCell(value: CellValue, isNumber = false): string {
  const text = cellText(value);
  const safe = typeof value === 'string' && !isNumber && formulaStart.test(text) ? `'${text}` : text;
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
