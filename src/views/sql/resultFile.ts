import { ByteWriter, ParquetWriter, schemaFromColumnData, type ColumnSource } from 'hyparquet-writer';

import { appVersion } from '../../lib/appVersion.ts';
import { isNumberType, type OwnColumn, type OwnRow } from '../../queries/ownTables/ownSql.ts';
import { tableFile, tableFormats, type TableFormat } from '../../ui/export/tableFile.ts';
import { csvCell } from '../../ui/export/tableModel.ts';

/** A result as it leaves: its rows are read a block at a time, so that millions of them need no room at once. */
export interface LeavingResult {
  readonly name: string;
  readonly columns: readonly OwnColumn[];
  /** How many rows leave. */
  readonly rows: number;
  /** As texts where a number could not hold them: `exactColumns`. */
  readonly read: (from: number, count: number) => Promise<readonly OwnRow[]>;
  /** Columns beyond 64 bits by type of which every value fits into 64 bits. */
  readonly fitting: ReadonlySet<string>;
  readonly provenance: readonly string[];
  /** Told how many rows are written so far. */
  readonly onRows: (rows: number) => void;
}

const rowsAtOnce = 20_000;

/** Every row in one format. CSV, JSON and Parquet are written block by block; a text to be read has all in one. */
export async function resultFile(format: TableFormat, result: LeavingResult): Promise<Blob> {
  const { type } = tableFormats[format];
  if (format === 'Parquet') return new Blob([await parquetOf(result)], { type });
  if (format === 'CSV' || format === 'JSON') {
    const parts: Blob[] = [];
    const text = format === 'CSV' ? csvOf : jsonOf;
    for await (const [rows, from] of blocksOf(result))
      parts.push(new Blob([text(result.columns, rows, from === 0)]));
    if (format === 'JSON') parts.push(new Blob(['\n]\n']));
    return new Blob(parts, { type });
  }
  const { name, provenance, columns } = result;
  const rows: OwnRow[] = [];
  for await (const [block] of blocksOf(result)) rows.push(...block);
  const heads = columns.map((column) => ({
    header: column.name,
    isNumeric: isNumberType(column.type),
    isDollars: false,
  }));
  return new Blob(
    [await tableFile(format, { columns: heads, rows }, { forSpreadsheets: false, name, provenance })],
    { type },
  );
}

/** The blocks with the place of their first row; one without rows where there are none. */
async function* blocksOf({
  rows,
  read,
  onRows,
}: LeavingResult): AsyncGenerator<readonly [readonly OwnRow[], number]> {
  for (let from = 0; from < rows || from === 0; from += rowsAtOnce) {
    onRows(from);
    yield [await read(from, Math.min(rowsAtOnce, rows - from)), from];
  }
}

function csvOf(columns: readonly OwnColumn[], rows: readonly OwnRow[], withHead: boolean): string {
  const isNumber = columns.map(({ type }) => isNumberType(type));
  const lines = rows.map((row) => columns.map((_, at) => csvCell(row[at], isNumber[at] === true)).join(','));
  const head = withHead ? [columns.map(({ name }) => csvCell(name)).join(',')] : [];
  return [...head, ...lines].map((line) => `${line}\r\n`).join('');
}

/** A whole number beyond 2^53 keeps its digits, also one that came as a text. */
function jsonOf(columns: readonly OwnColumn[], rows: readonly OwnRow[], isFirst: boolean): string {
  const isNumber = columns.map(({ type }) => isNumberType(type));
  const written = (value: OwnRow[number], at: number): string => {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
    if (typeof value === 'string' && isNumber[at] === true && /^-?\d+(?:\.\d+)?$/.test(value)) return value;
    return JSON.stringify(value ?? null);
  };
  const lines = rows.map(
    (row) =>
      `  {${columns.map(({ name }, at) => `${JSON.stringify(name)}: ${written(row[at], at)}`).join(', ')}}`,
  );
  const body = lines.join(',\n');
  if (isFirst) return body === '' ? '[' : `[\n${body}`;
  return body === '' ? '' : `,\n${body}`;
}

type ParquetType = 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'STRING';

function parquetType({ name, type }: OwnColumn, fitting: ReadonlySet<string>): ParquetType {
  if (/^(?:U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT)$/.test(type) || fitting.has(name)) return 'INT64';
  if (type === 'DOUBLE' || type === 'FLOAT') return 'DOUBLE';
  return type === 'BOOLEAN' ? 'BOOLEAN' : 'STRING';
}

/** Columns by the types of the engine; each block is a group of rows. */
async function parquetOf(result: LeavingResult): Promise<ArrayBuffer> {
  const types = result.columns.map((column) => parquetType(column, result.fitting));
  const sources = (rows: readonly OwnRow[]): ColumnSource[] =>
    result.columns.map(({ name }, at) => ({
      name,
      data: rows.map((row) => parquetValue(row[at], types[at])),
    }));
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({
      columnData: result.columns.map(({ name }, at) => ({ name, data: [], type: types[at] ?? 'STRING' })),
    }),
    kvMetadata: [{ key: 'provenance', value: result.provenance.join('\n') }],
    createdBy: `Iterscope ${appVersion}`,
  });
  for await (const [rows] of blocksOf(result)) {
    if (rows.length > 0) await writer.write({ columnData: sources(rows), rowGroupSize: rowsAtOnce });
  }
  await writer.finish();
  return bytes.getBuffer();
}

function parquetValue(value: OwnRow[number], type: ParquetType | undefined): OwnRow[number] | null {
  if (value === undefined) return null;
  if (type === 'INT64') return BigInt(value);
  return type === 'STRING' ? String(value) : value;
}
