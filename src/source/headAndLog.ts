import type { Refusal } from '../domain/refusal.ts';
import { formatBytes } from '../lib/format.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { headBytes } from './header.ts';
import { changedOnDisk } from './refusals.ts';
import { hostOf } from './remote/address.ts';
import { askHost, firstBytesOf } from './remote/ask.ts';
import { type FileState, isWebPage, silenceLimitSeconds, wholeLimitBytes } from './remote/fault.ts';
import { probeRemote, type OnWhole } from './remote/probe.ts';
import { logUnknown } from './remote/refusals.ts';
import type { Source } from './source.ts';

interface Head {
  readonly bytes: Uint8Array;
  /** Undefined when a host hides it. */
  readonly sizeBytes: number | undefined;
  /** Of remote files only. */
  readonly remote?: RemoteHead;
}

interface RemoteHead {
  /** The first 16 KiB, or all of a shorter file. */
  readonly start: Uint8Array;
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
  const { sizeBytes, ...remote } = probed.value;
  return ok({ bytes: remote.start.subarray(0, headBytes), sizeBytes, remote });
}

async function readFileHead(file: File): Promise<Result<Head, Refusal>> {
  try {
    const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    return ok({ bytes, sizeBytes: file.size });
  } catch {
    return err(changedOnDisk(file.name));
  }
}

/** The log beside a remote database, whole: replaying reads all of it. Or a warning that there may be one. */
interface FoundLog {
  readonly log: Blob | undefined;
  readonly warning: Refusal | undefined;
}

const none: FoundLog = { log: undefined, warning: undefined };

/**
 * Looks at the address of the database with `.wal` added to its path; with `redirect: 'error'` at none that it leads on to.
 * Rejects only when `signal` aborts.
 */
export async function findLog(
  url: string,
  signal: AbortSignal,
  redirect: 'follow' | 'error' = 'follow',
): Promise<FoundLog> {
  const address = new URL(url);
  address.pathname += '.wal';
  const unknown = (why: string): FoundLog => ({ log: undefined, warning: logUnknown(url, why) });
  const silent = `${hostOf(url)} did not answer within ${silenceLimitSeconds} s whether a log (.wal) lies beside it.`;
  // Where HEAD is answered, it settles that there is none. Where it is not allowed, only GET tells.
  const head = await askHost(address.href, { method: 'HEAD', redirect }, signal);
  if (head === 'silent') return unknown(silent);
  if (head !== 'failed') {
    head.stop();
    if (head.response.status === 404 || head.response.status === 410) return none;
  }
  const asked = await askHost(address.href, { redirect }, signal);
  if (asked === 'silent') return unknown(silent);
  // A host that answers only for what is there, and many a one that lets no site read its errors.
  if (asked === 'failed') return none;
  const { response } = asked;
  if (response.status === 429 || response.status >= 500) {
    asked.stop();
    return unknown(
      `${hostOf(url)} answered ${response.status} when asked for the log (.wal) that may lie beside it.`,
    );
  }
  if (!response.ok || isWebPage(response.headers.get('Content-Type') ?? undefined, new Uint8Array())) {
    asked.stop();
    return none;
  }
  const read = await asked.read(wholeLimitBytes);
  if (read.end === 'limit') {
    return unknown(`Its log (.wal) is longer than ${formatBytes(wholeLimitBytes)}, which is not read whole.`);
  }
  if (read.end !== 'complete') return unknown('Its log (.wal) was cut off on its way.');
  const start = firstBytesOf(read, 64);
  if (isText(start)) return none;
  return { log: new Blob([...read.chunks]), warning: undefined };
}

/** Nothing, or words: some hosts answer every path with a text and the status of success. */
function isText(start: Uint8Array): boolean {
  return start.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
}
