import { refuseStorage } from '../../engine/storageVersions.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Refusal } from '../../schema/refusal.ts';
import { fingerprint } from '../../source/fingerprint.ts';
import type { DuckDbHeader } from '../../source/header.ts';
import { findRemoteWal, readHead } from '../../source/readHead.ts';
import { sniff } from '../../source/sniff.ts';
import type { Source } from '../../source/source.ts';

/** A source whose head was read and found to be a DuckDB file that an engine here opens. */
export interface PreparedSource {
  readonly source: Source;
  readonly header: DuckDbHeader;
  readonly sizeBytes: number | undefined;
  readonly remoteWalUrl: string | undefined;
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
  return ok({
    source,
    header: sniffed.value,
    sizeBytes,
    // The sample has none, and asking would leave a failed request in the console.
    remoteWalUrl:
      source.kind === 'url' && !source.sample ? await findRemoteWal(source.url, signal) : undefined,
    linkToken: linkToken(source, fingerprint(bytes, sizeBytes ?? 0, blockSums)),
  });
}

function linkToken(source: Source, print: string): string {
  if (source.kind === 'file') return `file:${source.name}~${print}`;
  return source.sample ? 'sample' : source.url;
}
