import type { Refusal } from '../../domain/refusal.ts';
import { openFolder } from '../../engine/engine.ts';
import { blockBytesOf, headBytes, refuseStorage, type DuckDbHeader } from '../../source/header.ts';
import { formatBytes } from '../../lib/format.ts';
import type { FileId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import {
  contentPrints,
  fingerprint,
  type FilePrints,
  moreFormerPrints,
  printsOfFile,
  type ReadAt,
} from '../../source/fingerprint.ts';
import { readHead, findLog } from '../../source/headAndLog.ts';
import { changedOnDisk } from '../../source/refusals.ts';
import { hostOf, hasPassword, shownAddress } from '../../source/remote/address.ts';
import { readRange } from '../../source/remote/ask.ts';
import { type FileState, type RemoteFile, wholeLimitBytes } from '../../source/remote/fault.ts';
import { readCompressed, readFrom } from '../../source/remote/refusals.ts';
import { archiveFormat, compressedRemote, sniff } from '../../source/sniff.ts';
import type { Source } from '../../source/source.ts';
import { inspectWal, type WalFacts } from '../../source/wal.ts';
import { walForeign, walOfAnother } from '../../source/walRefusals.ts';
import type { IterationCounts, SessionState } from './state.ts';

/** A source whose head was read and found to be a DuckDB file that an engine here opens. */
export interface PreparedSource {
  readonly source: Source;
  readonly header: DuckDbHeader;
  /** Undefined when a host hides it. */
  readonly sizeBytes: number | undefined;
  /** The size, or where it is hidden what the file's own header calls for. */
  readonly leastBytes: number;
  /** How the engine gets at it. */
  readonly access: Access;
  /** What the log beside it is. */
  readonly walFacts: WalFacts | undefined;
  /** Size of the log that lay beside it, also of one that is not handed to the engine; undefined where there was none. */
  readonly logBytes: number | undefined;
  /** The log's own name, whether there is one or not. */
  readonly logName: string;
  /** Why the log that was given is not handed to the engine. */
  readonly logLeftAside: Refusal | undefined;
  readonly linkToken: string;
  readonly prints: FilePrints;
  /** Further ones of `former`; read when first asked for, none where that fails. */
  readonly moreFormerPrints: () => Promise<readonly string[]>;
  /** Of a remote file: as its host told it. */
  readonly state: FileState | undefined;
  /** To be said once it is open. */
  readonly warnings: readonly Refusal[];
}

export type Access =
  | { readonly kind: 'local'; readonly file: Blob; readonly log: Blob | undefined }
  | { readonly kind: 'ranges'; readonly file: RemoteFile; readonly log: Blob | undefined };

/** `step` hears in words what is being done. Rejects only when `signal` aborts. */
export async function prepare(
  source: Source,
  signal: AbortSignal,
  step: (word: string) => void,
): Promise<Result<PreparedSource, Refusal>> {
  const head = await readHead(source, signal, (sizeBytes) => {
    const size = sizeBytes === undefined ? `up to ${formatBytes(wholeLimitBytes)}` : formatBytes(sizeBytes);
    step(`reading all of it, ${size}, as its host answers no byte ranges`);
  });
  if (!head.ok) return head;
  const { bytes, sizeBytes, remote } = head.value;
  const sniffed = sniff(source.name, bytes, sizeBytes);
  if (!sniffed.ok) {
    const format = source.kind === 'url' ? archiveFormat(bytes) : undefined;
    const isPacked = sniffed.error.code === 'compressed-file' && format !== undefined;
    return isPacked ? err(compressedRemote(source.name, format)) : sniffed;
  }
  const refusal = refuseStorage(source.name, sniffed.value);
  if (refusal !== undefined) return err(refusal);
  const leastBytes = sizeBytes ?? sniffed.value.expectedBytes ?? headBytes;
  const logName = (source.kind === 'file' ? source.wal?.name : undefined) ?? `${source.name}.wal`;
  const prepared = { source, header: sniffed.value, sizeBytes, leastBytes, logName };
  const judge = (log: Blob | undefined): Promise<JudgedLog> =>
    judgeLog(log, logName, source.name, sniffed.value.databaseId);
  if (source.kind === 'file') {
    const { log, ...judged } = await judge(source.wal);
    const logBytes = source.wal?.size;
    const access: Access = { kind: 'local', file: source.file, log };
    const prints = await printsOfFile(bytes, source.file).catch(() => undefined);
    if (prints === undefined) return err(changedOnDisk(source.name));
    const linkToken = `file:${source.name}~${prints.content ?? prints.head}`;
    return ok({
      ...prepared,
      ...judged,
      access,
      prints,
      moreFormerPrints: morePrintsOf(bytes, source.file),
      linkToken,
      logBytes,
      state: undefined,
      warnings: [],
    });
  }
  const encoding = remote?.encoding;
  // The sample has no log, and asking would leave a failed request in the console. Of a host that compresses what it
  // sends, the length of a log could not be trusted: the warning says that none was read.
  const asksForLog = !source.sample && encoding === undefined;
  const { url } = source;
  const state = remote?.state ?? { etag: undefined, lastModified: undefined, sizeBytes };
  const file: RemoteFile = {
    url,
    readableBytes: leastBytes,
    blockBytes: blockBytesOf(bytes),
    state,
    pieces: [{ first: 0, bytes: remote?.start ?? bytes }],
  };
  const whole = remote?.whole;
  const [found, prints] = await Promise.all([
    asksForLog ? findLog(url, signal, source.redirects === 'ask' ? 'error' : 'follow') : undefined,
    whole === undefined ? remotePrints(bytes, sizeBytes, file, signal) : printsOfFile(bytes, whole),
  ]);
  const { log, ...judged } = await judge(found?.log);
  const access: Access =
    whole === undefined ? { kind: 'ranges', file, log } : { kind: 'local', file: whole, log };
  const compressed = encoding === undefined ? [] : [readCompressed(url, encoding)];
  const answeredBy = remote?.answeredBy ?? hostOf(url);
  const elsewhere =
    source.redirects === 'name' && answeredBy !== hostOf(url) ? [readFrom(url, answeredBy)] : [];
  const warnings = [...compressed, ...elsewhere, ...(found?.warning === undefined ? [] : [found.warning])];
  const linkToken = source.sample ? 'sample' : url;
  const logBytes = found?.log?.size;
  return ok({
    ...prepared,
    ...judged,
    access,
    prints,
    moreFormerPrints: morePrintsOf(bytes, whole),
    linkToken,
    logBytes,
    state,
    warnings,
  });
}

function morePrintsOf(head: Uint8Array, file: Blob | undefined): PreparedSource['moreFormerPrints'] {
  let found: Promise<readonly string[]> | undefined;
  return () =>
    (found ??= file === undefined ? Promise.resolve([]) : moreFormerPrints(head, file).catch(() => []));
}

/** By up to seven small ranges: the first checksum came with the head. A host that hides the size tells it by the file's own header. */
async function remotePrints(
  head: Uint8Array,
  sizeBytes: number | undefined,
  file: RemoteFile,
  signal: AbortSignal,
): Promise<FilePrints> {
  const [start] = file.pieces;
  const read: ReadAt = async (at, bytes) => {
    if (start !== undefined && at + bytes <= start.bytes.length) return start.bytes.subarray(at, at + bytes);
    const piece = await readRange(file, `bytes=${at}-${at + bytes - 1}`, signal);
    return piece.ok ? piece.value.bytes : undefined;
  };
  return {
    ...(await contentPrints(head, file.readableBytes, read)),
    head: fingerprint(head, sizeBytes ?? 0),
  };
}

interface JudgedLog {
  readonly log: Blob | undefined;
  readonly walFacts: WalFacts | undefined;
  readonly logLeftAside: Refusal | undefined;
}

/** A log that is none, that belongs to another database or holds nothing is not handed to the engine. */
async function judgeLog(
  log: Blob | undefined,
  name: string,
  database: string,
  databaseId: string | undefined,
): Promise<JudgedLog> {
  if (log === undefined) return { log, walFacts: undefined, logLeftAside: undefined };
  // A log that cannot be read any more is told as the engine tells it.
  const walFacts = await inspectWal(log, databaseId).catch(() => undefined);
  switch (walFacts?.state) {
    case 'foreign':
      return { log: undefined, walFacts, logLeftAside: walForeign(name, database) };
    case 'of another database':
      return { log: undefined, walFacts, logLeftAside: walOfAnother(name, database) };
    case 'empty':
      return { log: undefined, walFacts, logLeftAside: undefined };
    case 'cut':
    case 'unknown':
    case 'whole':
    case undefined:
      return { log, walFacts, logLeftAside: undefined };
  }
}

/** A prepared source with the key it is known by while it is open. */
export interface Candidate {
  readonly fileId: FileId;
  readonly prepared: PreparedSource;
}

/** The name that the engine knows a file by. */
export const diskName = (fileId: FileId): string => `${openFolder}${fileId}.db`;

/** The name of the same file without its log, which the engine looks for beside the other name. */
export const diskNameAlone = (fileId: FileId): string => `${openFolder}${fileId}-alone.db`;

/** Whether the engine knows the file by this name. */
export const isKnownAs = ({ fileId }: Candidate, name: string): boolean =>
  name === diskName(fileId) || name === diskNameAlone(fileId);

/** Words of the engine, with the file’s own name in place of the one that the engine knows it by. */
export function inReadersWords(message: string, { fileId, prepared }: Candidate): string {
  const firstLine = message.split('\n')[0] ?? message;
  return firstLine
    .replaceAll(`${diskName(fileId)}.wal`, prepared.logName)
    .replaceAll(diskNameAlone(fileId), prepared.source.name)
    .replaceAll(diskName(fileId), prepared.source.name);
}

/**
 * A remote file may be asked for again: hosts recover, and files change. A local one is dropped again. Where it leads on
 * to another address, to ask again is to follow.
 */
export function again(source: Source, refused?: Refusal): Source | undefined {
  if (source.kind !== 'url' || hasPassword(source.url)) return undefined;
  return refused?.code === 'leads-on' ? { ...source, redirects: 'name' } : source;
}

/** The remote source that a refusal is about. */
export function sourceOf({ subject }: Refusal, candidates: readonly Candidate[]): Source | undefined {
  const source = candidates
    .map(({ prepared }) => prepared.source)
    .find((each) => each.kind === 'url' && shownAddress(each.url) === subject);
  return source === undefined ? undefined : again(source);
}

/** Whether those of the wanted files that were open before are open still. */
export function keepsAll(
  before: readonly Candidate[] = [],
  wanted: readonly Candidate[],
  standing: readonly Candidate[] = [],
): boolean {
  return wanted.every((each) => !before.includes(each) || standing.includes(each));
}

/**
 * The open files with those that are added. A later state of an open file stands in its place, since the order of the
 * files decides which is meant where two hold the same id: the same address, or a file of this machine of the same name
 * as one that is known to be outdated. `known` is what the state of the session says of it then: new stays what was new.
 */
export function inPlace(
  open: readonly Candidate[],
  added: readonly Candidate[],
  outdated: ReadonlyMap<FileId, IterationCounts>,
  state: SessionState,
): {
  readonly wanted: readonly Candidate[];
  readonly known: Pick<SessionState, 'grown' | 'successors'>;
} {
  const grown = new Map(state.grown);
  const successors = new Map(state.successors);
  const isLater = ({ prepared: later }: Candidate, { fileId, prepared: earlier }: Candidate): boolean =>
    later.linkToken === earlier.linkToken ||
    (outdated.has(fileId) &&
      later.source.kind === 'file' &&
      earlier.source.kind === 'file' &&
      later.source.name === earlier.source.name);
  const placed = new Set<Candidate>();
  const wanted = open.map((earlier) => {
    const later = added.find((each) => !placed.has(each) && isLater(each, earlier));
    if (later === undefined) return earlier;
    placed.add(later);
    const before = grown.get(earlier.fileId) ?? outdated.get(earlier.fileId);
    if (before !== undefined) grown.set(later.fileId, before);
    successors.set(earlier.prepared.linkToken, later.prepared.linkToken);
    return later;
  });
  return {
    wanted: [...wanted, ...added.filter((each) => !placed.has(each))],
    known: { grown, successors },
  };
}
