import { err, ok, type Result } from '../lib/result.ts';
import type { Refusal } from '../schema/refusal.ts';
import { readBlockSums } from './blockSums.ts';
import { headBytes } from './header.ts';
import { changedOnDisk, fetchFailed, noCors } from './refusals.ts';
import type { Source } from './source.ts';

export interface Head {
  readonly bytes: Uint8Array;
  /** Undefined when a server does not tell. */
  readonly sizeBytes: number | undefined;
  /** Of local files only: a remote one is named by its address. */
  readonly blockSums?: Uint8Array;
}

/** A host without byte ranges sends the whole file; beyond this size that is no way to read a database. */
const wholeDownloadLimitBytes = 64_000_000;

/** The first 12 KiB of a source, and its size. Rejects only when `signal` aborts. */
export async function readHead(source: Source, signal: AbortSignal): Promise<Result<Head, Refusal>> {
  return source.kind === 'file' ? readFileHead(source.file) : readUrlHead(source.url, signal);
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

async function readUrlHead(url: string, signal: AbortSignal): Promise<Result<Head, Refusal>> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { Range: `bytes=0-${headBytes - 1}` }, signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    return err(await whyUnreachable(url, signal));
  }
  if (!response.ok) {
    await response.body?.cancel();
    return err(
      fetchFailed(url, `The server answered ${response.status} ${response.statusText}`.trim() + '.'),
    );
  }
  if (response.status === 206) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const total = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
    // A server of another origin may hide Content-Range; a HEAD tells the length.
    return ok({ bytes, sizeBytes: total === undefined ? await lengthOf(url, signal) : Number(total) });
  }
  const length = Number(response.headers.get('Content-Length') ?? Number.NaN);
  if (length > wholeDownloadLimitBytes) {
    await response.body?.cancel();
    return err(
      fetchFailed(
        url,
        'The server does not answer byte ranges, and this file is too large to download whole.',
      ),
    );
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return ok({ bytes: bytes.slice(0, headBytes), sizeBytes: bytes.length });
}

async function lengthOf(url: string, signal: AbortSignal): Promise<number | undefined> {
  const response = await fetch(url, { method: 'HEAD', signal });
  const length = response.headers.get('Content-Length');
  return response.ok && length !== null ? Number(length) : undefined;
}

/** A failed fetch does not say why. An opaque answer to the same address means that only CORS stood in the way. */
async function whyUnreachable(url: string, signal: AbortSignal): Promise<Refusal> {
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', signal });
    return noCors(url);
  } catch {
    return fetchFailed(
      url,
      'No answer came from that address: it is wrong, the host is down, or this machine is offline.',
    );
  }
}

/** The log beside a remote database, if there is one: same address with `.wal` added to its path. */
export async function findRemoteWal(url: string, signal: AbortSignal): Promise<string | undefined> {
  const address = new URL(url);
  address.pathname += '.wal';
  try {
    const response = await fetch(address, { method: 'HEAD', signal });
    // A host that answers every path with its home page has no log there.
    const isPage = response.headers.get('Content-Type')?.startsWith('text/html') === true;
    return response.ok && !isPage && response.headers.get('Content-Length') !== '0'
      ? address.href
      : undefined;
  } catch (cause) {
    if (signal.aborted) throw cause;
    return undefined;
  }
}
