/** What is known about an answer of a host that cannot be used. Plain data: it is sent between threads. */
export type RemoteFault =
  /** An answer with a status that is no success; `detail` is what an object store says about it. */
  | { readonly kind: 'status'; readonly status: number; readonly detail?: string }
  /** No byte for `seconds`; `receivedBytes` came before. */
  | { readonly kind: 'silent'; readonly seconds: number; readonly receivedBytes?: number }
  /** No answer that a page may see: refused, cut off, blocked. */
  | { readonly kind: 'no-answer' }
  /** The host names another state of the file (ETag, time or size) than the one that was opened. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'web-page' }
  | { readonly kind: 'compressed'; readonly encoding: string }
  /** A range was asked for and something else came. */
  | { readonly kind: 'no-range'; readonly status: number }
  | { readonly kind: 'short'; readonly receivedBytes: number; readonly wantedBytes: number };

/** How a host tells two states of one file apart. What it does not tell, or hides from other sites, is undefined. */
export interface FileState {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly sizeBytes: number | undefined;
}

/** A remote file as the first answer showed it; everything read later has to belong to the same state. */
export interface RemoteFile {
  readonly url: string;
  /** The size, or where the host hides it what the file's own header calls for. */
  readonly readableBytes: number;
  readonly blockBytes: number;
  readonly state: FileState;
  /** What has been read of it already and need not be asked for again, its first bytes among them. */
  readonly pieces: readonly BytePiece[];
}

/** Bytes of a file, the first of which stands at `first`. */
export interface BytePiece {
  readonly first: number;
  readonly bytes: Uint8Array;
}

/** Reads one header of an answer; undefined where it is absent or hidden. */
export type HeaderOf = (name: string) => string | undefined;

/** The state that an answer names. */
export function stateOf(header: HeaderOf): FileState {
  const total = /\/(\d+)\s*$/.exec(header('content-range') ?? '')?.[1];
  return {
    // A proxy may weaken a tag on its way; what it compares is the same.
    etag: header('etag')?.replace(/^W\//, ''),
    lastModified: header('last-modified'),
    sizeBytes: total === undefined ? undefined : Number(total),
  };
}

/** Whether two answers are known to be about different states of a file. */
export function isOtherState(a: FileState, b: FileState): boolean {
  const differ = <T>(x: T | undefined, y: T | undefined): boolean =>
    x !== undefined && y !== undefined && x !== y;
  return differ(a.etag, b.etag) || differ(a.lastModified, b.lastModified) || differ(a.sizeBytes, b.sizeBytes);
}

/** What is wrong with an answer to a range of `wantedBytes`, undefined when it can be used. */
export function faultOf(
  answer: {
    readonly status: number;
    readonly header: HeaderOf;
    readonly receivedBytes: number;
    readonly start: Uint8Array;
  },
  wantedBytes: number,
  state: FileState,
): RemoteFault | undefined {
  const { status, header, receivedBytes, start } = answer;
  // A range behind the end of the file: it has become shorter.
  if (status === 416) return { kind: 'changed' };
  if (status < 200 || status >= 300) return { kind: 'status', status };
  if (isWebPage(header('content-type'), start)) return { kind: 'web-page' };
  if (isOtherState(state, stateOf(header))) return { kind: 'changed' };
  if (status !== 206) return { kind: 'no-range', status };
  const encoding = header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') return { kind: 'compressed', encoding };
  return receivedBytes === wantedBytes ? undefined : { kind: 'short', receivedBytes, wantedBytes };
}

/** A host that wants a sign-in, or has no such file, may answer with a page and the status of success. */
export function isWebPage(contentType: string | undefined, start: Uint8Array): boolean {
  if (/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '')) return true;
  const text = new TextDecoder().decode(start.subarray(0, 256)).trimStart().toLowerCase();
  return text.startsWith('<!doctype html') || text.startsWith('<html');
}

/** How long a host may stay silent, before its first byte and between two of them. */
export const silenceLimitMs = 10_000;
export const silenceLimitSeconds = silenceLimitMs / 1000;

/** The slowest host that is waited for once it answers, in bytes per second. */
const slowestBytesPerSecond = 50_000;

/** The most that is read of an answer that is not a range: a database that comes whole, a log. */
export const wholeLimitBytes = 64_000_000;

/** Time for one read of `bytes` where no sign of life can be seen in between, in milliseconds. */
export function readLimitMs(bytes: number): number {
  return silenceLimitMs + Math.ceil((1000 * bytes) / slowestBytesPerSecond);
}
