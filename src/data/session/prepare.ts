import { refuseStorage } from '../../engine/storageVersions.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Refusal } from '../../schema/refusal.ts';
import { fingerprint } from '../../source/fingerprint.ts';
import type { DuckDbHeader } from '../../source/header.ts';
import { findRemoteWal, readHead } from '../../source/readHead.ts';
import { sniff } from '../../source/sniff.ts';
import { inspectWal, type WalFacts } from '../../source/wal.ts';
import type { Source } from '../../source/source.ts';

/** A source whose head was read and found to be a DuckDB file that an engine here opens. */
export interface PreparedSource {
  readonly source: Source;
  readonly header: DuckDbHeader;
  readonly sizeBytes: number | undefined;
  readonly remoteWalUrl: string | undefined;
  /** What the log beside a local file is; of a remote one it is not known. */
  readonly walFacts: WalFacts | undefined;
  readonly linkToken: string;
}

export async function prepare(source: Source, signal: AbortSignal): Promise<Result<PreparedSource, Refusal>> {
  const head = await readHead(source, signal);
  if (!head.ok) return head;
  const { bytes, sizeBytes, blockSums } = head.value;
  const sniffed = sniff(source.name, bytes, sizeBytes);
  if (!sniffed.ok) return sniffed;
  const refusal = refuseStorage(source.name, sniffed.value);
  if (refusal !== undefined) return err(refusal);
  const { source: readable, walFacts } = await withoutForeignWal(source);
  return ok({
    source: readable,
    walFacts,
    header: sniffed.value,
    sizeBytes,
    // The sample has none, and asking would leave a failed request in the console.
    remoteWalUrl:
      source.kind === 'url' && !source.sample ? await findRemoteWal(source.url, signal) : undefined,
    linkToken: linkToken(source, fingerprint(bytes, sizeBytes ?? 0, blockSums)),
  });
}

/** A log that is none, or that holds nothing, is not handed to the engine. */
async function withoutForeignWal(
  source: Source,
): Promise<{ readonly source: Source; readonly walFacts: WalFacts | undefined }> {
  if (source.kind === 'url' || source.wal === undefined) return { source, walFacts: undefined };
  // A log that cannot be read any more is told as the engine tells it.
  const walFacts = await inspectWal(source.wal).catch(() => undefined);
  const isUseless = walFacts?.state === 'foreign' || walFacts?.state === 'empty';
  return { source: isUseless ? { ...source, wal: undefined } : source, walFacts };
}

function linkToken(source: Source, print: string): string {
  if (source.kind === 'file') return `file:${source.name}~${print}`;
  return source.sample ? 'sample' : source.url;
}
