import type { Cell, ResultTable } from './engine.ts';

/** The parts of an Arrow column and record batch that are read here; structural, as two copies of Arrow may be loaded. */
interface ColumnLike extends Iterable<unknown> {
  readonly data?: readonly (TextChunk & { readonly typeId: number })[];
}
export interface BatchLike {
  readonly numRows: number;
  getChildAt(index: number): ColumnLike | null;
}

/** Arrow's number for UTF-8 text. */
const utf8 = 5;

/** DuckDB's Arrow result as plain cells. Lists stay iterable; BIGINT is a bigint, NULL is null. */
export function arrowResult(names: readonly string[], batches: readonly BatchLike[]): ResultTable {
  const columns: Cell[][] = names.map((_, i) => batches.flatMap((batch) => cellsOf(batch.getChildAt(i))));
  return {
    columns: names,
    rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0),
    cell: (column, row) => columns[column]?.[row],
  };
}

function cellsOf(column: ColumnLike | null): Cell[] {
  if (column === null) return [];
  const [chunk, ...more] = column.data ?? [];
  const texts = chunk?.typeId === utf8 && more.length === 0 ? decodeTexts(chunk) : undefined;
  return texts ?? [...column];
}

/** One chunk of an Arrow column of texts: all bytes in a row, and where each text begins. */
interface TextChunk {
  readonly length: number;
  /** Rows before the chunk's own, in `nullBitmap`. */
  readonly offset: number;
  readonly nullCount: number;
  readonly values: unknown;
  readonly valueOffsets: unknown;
  readonly nullBitmap: unknown;
}

/** Beyond this, decoding cell by cell costs as little, and a short text would keep long ones in memory. */
const longBytes = 2000;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The texts of a chunk, decoded in one go: a call of the decoder for each of ten thousand cells costs several
 * times as much. Undefined where that does not pay, or where the chunk is not laid out as expected.
 */
function decodeTexts(chunk: TextChunk): (string | null)[] | undefined {
  const { values, valueOffsets: ends, length, offset, nullCount, nullBitmap } = chunk;
  if (!(values instanceof Uint8Array) || !(ends instanceof Int32Array) || ends.length <= length) {
    return undefined;
  }
  const first = ends[0] ?? 0;
  const bytes = values.subarray(first, ends[length]);
  if (bytes.length > longBytes * length) return undefined;
  const all = decoder.decode(bytes);
  // Cell by cell the mark at the beginning of a text is dropped; leave that to one place.
  if (all.includes('\uFEFF')) return undefined;
  const units = all.length === bytes.length ? undefined : unitsBefore(bytes);
  const at = (position: number): number => units?.[position] ?? position;
  const isNull = (row: number): boolean => {
    if (nullCount === 0 || !(nullBitmap instanceof Uint8Array)) return false;
    const bit = offset + row;
    return (((nullBitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 0;
  };
  const texts: (string | null)[] = [];
  let from = 0;
  for (let row = 0; row < length; row += 1) {
    const to = (ends[row + 1] ?? first) - first;
    texts.push(isNull(row) ? null : all.slice(at(from), at(to)));
    from = to;
  }
  return texts;
}

/** How many UTF-16 units come before each byte: what begins with four ones takes two, a continuation none. */
function unitsBefore(bytes: Uint8Array): Uint32Array {
  const before = new Uint32Array(bytes.length + 1);
  let units = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    before[i] = units;
    const byte = bytes[i] ?? 0;
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  before[bytes.length] = units;
  return before;
}
