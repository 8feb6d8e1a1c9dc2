import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { appVersion } from '../../lib/appVersion.ts';
import type { CellValue } from '../grid/gridColumn.ts';
import type { TableModel } from './tableModel.ts';

/** The table as Parquet: whole numbers as INT64, other numbers as DOUBLE, the rest as text; origin in the metadata. */
export function writeParquet({ columns, rows }: TableModel, provenance: readonly string[]): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: columns.map(({ header }, index) =>
      columnOf(
        header,
        rows.map((row) => row[index]),
      ),
    ),
    kvMetadata: [{ key: 'provenance', value: provenance.join('\n') }],
    createdBy: `Iterscope ${appVersion}`,
  });
}

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

function columnOf(name: string, values: readonly CellValue[]): ColumnSource {
  const known = values.filter((value) => value !== undefined);
  const wholes = known.map(wholeOf);
  if (known.length > 0 && wholes.every((whole) => whole !== undefined && whole >= least && whole <= most))
    return { name, type: 'INT64', data: values.map((value) => wholeOf(value) ?? null) };
  if (known.length > 0 && known.every((value) => typeof value === 'number'))
    return { name, type: 'DOUBLE', data: values.map((value) => (typeof value === 'number' ? value : null)) };
  if (known.length > 0 && known.every((value) => typeof value === 'boolean'))
    return {
      name,
      type: 'BOOLEAN',
      data: values.map((value) => (typeof value === 'boolean' ? value : null)),
    };
  return { name, type: 'STRING', data: values.map((value) => (value === undefined ? null : String(value))) };
}

function wholeOf(value: CellValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}
