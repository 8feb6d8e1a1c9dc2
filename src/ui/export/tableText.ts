import { numberText } from '../../lib/format.ts';
import type { CellValue } from '../grid/gridColumn.ts';
import type { TableModel } from './tableModel.ts';

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
