import { refuseStorage } from '../../engine/storageVersions.ts';
import { formatBytes } from '../../lib/format.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { archiveFormat, compressedRemote } from '../../source/archives.ts';
import { fingerprint } from '../../source/fingerprint.ts';
import { headBytes, type DuckDbHeader } from '../../source/header.ts';
import { readHead } from '../../source/readHead.ts';
import type { FileState, RemoteFile } from '../../source/remote/fault.ts';
import { hostOf } from '../../source/remote/address.ts';
import { findLog } from '../../source/remote/findLog.ts';
import { wholeLimitBytes } from '../../source/remote/limits.ts';
import { readCompressed, readFrom } from '../../source/remote/refusals.ts';
import { sniff } from '../../source/sniff.ts';
import type { Source } from '../../source/source.ts';
import { inspectWal, type WalFacts } from '../../source/wal.ts';
import { walForeign, walOfAnother } from '../../source/walRefusals.ts';

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
  /** The log's own name, whether there is one or not. */
  readonly logName: string;
  /** Why the log that was given is not handed to the engine. */
  readonly logLeftAside: Refusal | undefined;
  readonly linkToken: string;
  /** Fingerprint of its head and size alone: known of local and remote files alike. */
  readonly headPrint: string;
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
  const { bytes, sizeBytes, blockSums, remote } = head.value;
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
  const headPrint = fingerprint(bytes, sizeBytes ?? 0);
  const prepared = { source, header: sniffed.value, sizeBytes, leastBytes, logName, headPrint };
  const judge = (log: Blob | undefined): Promise<JudgedLog> =>
    judgeLog(log, logName, source.name, sniffed.value.databaseId);
  if (source.kind === 'file') {
    const { log, ...judged } = await judge(source.wal);
    const access: Access = { kind: 'local', file: source.file, log };
    const linkToken = `file:${source.name}~${fingerprint(bytes, source.file.size, blockSums)}`;
    return ok({ ...prepared, ...judged, access, linkToken, state: undefined, warnings: [] });
  }
  const encoding = remote?.encoding;
  // The sample has no log, and asking would leave a failed request in the console. Of a host that compresses what it
  // sends, the length of a log could not be trusted: the warning says that none was read.
  const found =
    source.sample || encoding !== undefined
      ? undefined
      : await findLog(source.url, signal, source.redirects === 'ask' ? 'error' : 'follow');
  const { log, ...judged } = await judge(found?.log);
  const { url } = source;
  const state = remote?.state ?? { etag: undefined, lastModified: undefined, sizeBytes };
  const access: Access =
    remote?.whole === undefined
      ? {
          kind: 'ranges',
          file: { url, readableBytes: leastBytes, state, pieces: [{ first: 0, bytes }] },
          log,
        }
      : { kind: 'local', file: remote.whole, log };
  const compressed = encoding === undefined ? [] : [readCompressed(url, encoding)];
  const answeredBy = remote?.answeredBy ?? hostOf(url);
  const elsewhere =
    source.redirects === 'name' && answeredBy !== hostOf(url) ? [readFrom(url, answeredBy)] : [];
  const warnings = [...compressed, ...elsewhere, ...(found?.warning === undefined ? [] : [found.warning])];
  return ok({ ...prepared, ...judged, access, linkToken: source.sample ? 'sample' : url, state, warnings });
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
