import { err, ok, type Result } from '../lib/result.ts';
import type { Refusal } from '../domain/refusal.ts';
import { defaultBlockBytes, headBytes } from './header.ts';
import { changedOnDisk } from './refusals.ts';
import type { FileState } from './remote/fault.ts';
import { probeRemote, type OnWhole } from './remote/probe.ts';
import type { Source } from './source.ts';

export interface Head {
  readonly bytes: Uint8Array;
  /** Undefined when a host hides it. */
  readonly sizeBytes: number | undefined;
  /** Of local files only: a remote one is named by its address. */
  readonly blockSums?: Uint8Array;
  /** Of remote files only. */
  readonly remote?: RemoteHead;
}

interface RemoteHead {
  readonly state: FileState;
  /** All of the file, where its host has no ranges. */
  readonly whole: Blob | undefined;
  /** How the host compressed it on its way. */
  readonly encoding: string | undefined;
  /** The host that answered, at the end of all redirects. */
  readonly answeredBy: string;
}

/** The first 12 KiB of a source, and its size. Rejects only when `signal` aborts. */
export async function readHead(
  source: Source,
  signal: AbortSignal,
  onWhole: OnWhole,
): Promise<Result<Head, Refusal>> {
  if (source.kind === 'file') return readFileHead(source.file);
  const probed = await probeRemote(
    source.url,
    signal,
    onWhole,
    source.redirects === 'ask' ? 'manual' : 'follow',
  );
  if (!probed.ok) return probed;
  const { head, sizeBytes, ...remote } = probed.value;
  return ok({ bytes: head, sizeBytes, remote });
}

async function readFileHead(file: File): Promise<Result<Head, Refusal>> {
  try {
    const [head, blockSums] = await Promise.all([
      file.slice(0, headBytes).arrayBuffer(),
      readBlockSums(file),
    ]);
    return ok({ bytes: new Uint8Array(head), sizeBytes: file.size, blockSums });
  } catch {
    return err(changedOnDisk(file.name));
  }
}

/** Each block of a DuckDB file begins with the checksum of the rest of it. */
const sumBytes = 8;
/** Read in about 10 ms; all blocks of a file up to 17 MB. */
const mostSums = 64;

/** Checksums of blocks spread evenly over a local file. Rejects when it cannot be read any more. */
export async function readBlockSums(file: Blob): Promise<Uint8Array> {
  const blockBytes = Number(defaultBlockBytes);
  const blocks = Math.max(0, Math.ceil((file.size - headBytes) / blockBytes));
  const step = Math.max(1, Math.ceil(blocks / mostSums));
  const reads: Promise<ArrayBuffer>[] = [];
  for (let block = 0; block < blocks; block += step) {
    const at = headBytes + block * blockBytes;
    reads.push(file.slice(at, at + sumBytes).arrayBuffer());
  }
  const sums = new Uint8Array(reads.length * sumBytes);
  for (const [i, sum] of (await Promise.all(reads)).entries()) sums.set(new Uint8Array(sum), i * sumBytes);
  return sums;
}
