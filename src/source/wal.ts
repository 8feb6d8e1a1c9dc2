/**
 * The log that DuckDB 0.10 to 1.5 keep beside a database: an entry with the version, then for each entry a u64
 * with its length, a u64 checksum and so many bytes, of which bytes 2 and on are its type. A transaction ends
 * with an entry of its own; the engine leaves out, without a word, whatever stands behind the last whole one.
 */
type WalState =
  /** Nothing to apply. */
  | 'empty'
  /** Ends with a whole transaction. */
  | 'whole'
  /** Ends inside an entry, or without the end of its transaction: what follows the last whole one is lost. */
  | 'cut'
  /** Not a log at all. */
  | 'foreign'
  /** Names another database than the one beside it. */
  | 'of another database'
  /** A log of a version that is not read here. */
  | 'unknown';

export interface WalFacts {
  readonly state: WalState;
  /** Transactions that are there wholly. */
  readonly commits: number;
  /** Bytes behind the last whole transaction. */
  readonly lostBytes: number;
}

/** Longer than any first entry. */
const mostStartBytes = 64;
const entryHeadBytes = 16;
const commitType = 100;
/** Enough of an entry to see its type. */
const typeBytes = 3;
const chunkBytes = 1 << 20;

/**
 * Walks over a log from entry to entry; reads a megabyte at a time and judges no content. `databaseId` is that of the
 * database beside it.
 */
export async function inspectWal(file: Blob, databaseId?: string): Promise<WalFacts> {
  const none = { commits: 0, lostBytes: 0 };
  if (file.size === 0) return { state: 'empty', ...none };
  const start = readWalStart(new Uint8Array(await file.slice(0, mostStartBytes).arrayBuffer()));
  if (start === undefined) return { state: 'foreign', ...none };
  if (start === 'unknown' || start.version !== readVersion) return { state: 'unknown', ...none };
  if (databaseId !== undefined && start.databaseId !== undefined && databaseId !== start.databaseId) {
    return { state: 'of another database', ...none };
  }
  let at = start.bytes;
  let wholeUpTo = at;
  let commits = 0;
  let chunk = new DataView(new ArrayBuffer(0));
  let chunkAt = 0;
  while (at + entryHeadBytes + typeBytes <= file.size) {
    if (at < chunkAt || at + entryHeadBytes + typeBytes > chunkAt + chunk.byteLength) {
      chunk = new DataView(await file.slice(at, at + chunkBytes).arrayBuffer());
      chunkAt = at;
    }
    const length = Number(chunk.getBigUint64(at - chunkAt, true));
    const next = at + entryHeadBytes + length;
    if (next > file.size) break;
    if (chunk.getUint8(at - chunkAt + entryHeadBytes + 2) === commitType) {
      commits += 1;
      wholeUpTo = next;
    }
    at = next;
  }
  const lostBytes = file.size - wholeUpTo;
  return { state: lostBytes === 0 ? (commits === 0 ? 'empty' : 'whole') : 'cut', commits, lostBytes };
}

/** Version of logs that is read here: that of DuckDB 0.10 to 1.5, unencrypted. */
const readVersion = 2;

/** The first entry of a log. */
interface WalStart {
  readonly version: number;
  /** As `DuckDbHeader.databaseId`; in files of storage version 67 and later. */
  readonly databaseId: string | undefined;
  readonly bytes: number;
}

const typeField = 100;
const startType = 98;
const versionField = 101;
const databaseIdField = 102;
const checkpointField = 103;
const endOfFields = 0xffff;

/**
 * The first entry, without length and checksum: fields with a u16 for a name, numbers as LEB128. Undefined for
 * anything else, 'unknown' for one with other fields.
 */
function readWalStart(head: Uint8Array): WalStart | 'unknown' | undefined {
  let at = 0;
  const field = (): number => {
    at += 2;
    return (head[at - 2] ?? 0) + 256 * (head[at - 1] ?? 0);
  };
  const number = (): number => {
    let value = 0;
    for (let scale = 1; at < head.length; scale *= 128) {
      const byte = head[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  if (field() !== typeField || number() !== startType || field() !== versionField) return undefined;
  const version = number();
  if (version !== readVersion) return 'unknown';
  let databaseId: string | undefined;
  let next = field();
  if (next === databaseIdField) {
    databaseId = Array.from({ length: Math.min(number(), head.length) }, number).join();
    next = field();
  }
  if (next === checkpointField) {
    number();
    next = field();
  }
  return next === endOfFields && at <= head.length ? { version, databaseId, bytes: at } : 'unknown';
}

/** Names that browsers and file managers give a second file of a name: ` (1)`, in Firefox `(1)`, at the end or before an ending. */
const numbered = /^(.*?)( ?\(\d+\))((?:\.[^.() ]+)*)$/s;

/**
 * The name of a database with the number that a download gave it or its log: `killed.db (1)` and `killed (1).db` are
 * one.
 */
function numberedKey(name: string): string {
  const [, before = '', number, after = ''] = numbered.exec(name) ?? [];
  return number === undefined ? name : `${before}${after}${number}`;
}

/** What the log of a database may be called: `killed (1).db` was downloaded beside `killed.db (1).wal`. */
export function namesOfLog(database: string): readonly string[] {
  const key = numberedKey(database);
  return key === database ? [`${database}.wal`] : [`${database}.wal`, `${key}.wal`];
}

/** What the database of a log may be called, by the log’s name without `.wal`. */
export function namesOfDatabase(name: string): readonly string[] {
  const [, before = '', number, after = ''] = numbered.exec(name) ?? [];
  if (number === undefined) return [name];
  if (after !== '') return [name];
  const [, stem = before, ending = ''] = /^(.*?)((?:\.[^.]+)?)$/s.exec(before) ?? [];
  return [`${stem}${number}${ending}`, before];
}

/** Whether a log (`….wal`) belongs to a database by its name. */
export function isLogOf(log: string, database: string): boolean {
  return /\.wal$/i.test(log) && numberedKey(log.slice(0, -'.wal'.length)) === numberedKey(database);
}
