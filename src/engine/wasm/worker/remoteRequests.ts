import {
  type RemoteFault,
  faultOf,
  type HeaderOf,
  type RemoteFile,
  readLimitMs,
  silenceLimitSeconds,
} from '../../../source/remote/fault.ts';
import { KnownPieces } from './knownPieces.ts';
import { nameAtAddress } from './protocol.ts';

type Failed = (name: string, fault: RemoteFault) => void;

/**
 * The constructor to put in the place of `Native`; `failed` hears of each failed read.
 *
 * It stands in the engine's worker in place of `XMLHttpRequest`, which is how DuckDB-WASM reads a remote file: HEAD for
 * its size, then a range at a time, each waited for. A remote file of ours is answered here: HEAD from what the page
 * has learnt already, so that no host needs to allow it; ranges from the host, with a limit of time and checked
 * against the state of the file that was opened.
 */
export function remoteRequests(
  Native: typeof XMLHttpRequest,
  readers: ReadonlyMap<string, RangeReader>,
  failed: Failed,
): typeof XMLHttpRequest {
  return class extends Native {
    #method = '';
    #name: string | undefined;
    #range = '';
    #answer: { status: number; headers: Readonly<Record<string, string>>; body: ArrayBuffer } | undefined;

    override open(method: string, url: string | URL, asynchronous = true): void {
      this.#method = method.toUpperCase();
      this.#name = nameAtAddress(String(url));
      this.#answer = undefined;
      if (this.#name === undefined) super.open(method, url, asynchronous);
    }

    override setRequestHeader(name: string, value: string): void {
      if (this.#name === undefined) super.setRequestHeader(name, value);
      else if (name.toLowerCase() === 'range') this.#range = value;
    }

    override send(body?: XMLHttpRequestBodyInit | null): void {
      if (this.#name === undefined) super.send(body);
      else this.#answer = this.#answerFor(this.#name);
    }

    #answerFor(name: string) {
      const reader = readers.get(name);
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(this.#range) ?? [];
      if (reader === undefined || first === undefined || !/^(HEAD|GET)$/.test(this.#method)) {
        return { status: 404, headers: {}, body: new ArrayBuffer() };
      }
      const size = reader.file.readableBytes;
      if (this.#method === 'HEAD') {
        return { status: 206, headers: { 'content-length': String(size) }, body: new ArrayBuffer() };
      }
      const read = reader.read(Number(first), last ? Math.min(Number(last), size - 1) : size - 1);
      if (!read.ok) {
        failed(name, read.fault);
        return { status: 502, headers: {}, body: new ArrayBuffer() };
      }
      const { buffer, byteOffset, byteLength } = read.bytes;
      const whole = byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
      const body = whole ? buffer : new Uint8Array(read.bytes).buffer;
      return { status: 206, headers: { 'content-length': String(byteLength) }, body };
    }

    override get status(): number {
      return this.#answer?.status ?? super.status;
    }

    override get statusText(): string {
      return this.#answer === undefined ? super.statusText : '';
    }

    override get response(): unknown {
      return this.#answer === undefined ? (super.response as unknown) : this.#answer.body;
    }

    override getResponseHeader(name: string): string | null {
      if (this.#answer === undefined) return super.getResponseHeader(name);
      return this.#answer.headers[name.toLowerCase()] ?? null;
    }
  };
}

/** One answer of a host, or why there is none that a page may see. */
export type Answer =
  | { readonly status: number; readonly header: HeaderOf; readonly body: Uint8Array }
  | { readonly missing: 'time is up' | 'no answer' };

/** Asks for a range of an address and waits for it, at most `limitMs`. */
export type AskRange = (url: string, range: string, limitMs: number) => Answer;

type Read =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly fault: RemoteFault };

/** Answers of a host that is only busy for the moment, and a connection that broke: asked for once more. */
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * Reads ranges of one remote file, all of them from one state of it. After a read that failed no other is tried:
 * half of a file in one state and half in another gives wrong numbers.
 */
export class RangeReader {
  readonly #file: RemoteFile;
  readonly #ask: AskRange;
  readonly #known: KnownPieces;
  #fault: RemoteFault | undefined;

  constructor(file: RemoteFile, ask: AskRange) {
    this.#file = file;
    this.#ask = ask;
    this.#known = new KnownPieces(file);
  }

  get file(): RemoteFile {
    return this.#file;
  }

  /** Bytes `first` to `last`, both included. */
  read(first: number, last: number): Read {
    if (this.#fault !== undefined) return { ok: false, fault: this.#fault };
    const end = last + 1;
    const missing = this.#known.missing(first, end);
    if (missing === undefined) return { ok: true, bytes: this.#known.take(first, end) };
    const { from, to } = missing;
    const once = (): Read => this.#readOnce(from, to - 1, to - from);
    const read = once();
    const settled = read.ok || !mayPass(read.fault) ? read : once();
    if (!settled.ok) {
      this.#fault = settled.fault;
      return settled;
    }
    return { ok: true, bytes: this.#known.take(first, end, { first: from, bytes: settled.bytes }) };
  }

  #readOnce(first: number, last: number, wantedBytes: number): Read {
    const answer = this.#ask(this.#file.url, `bytes=${first}-${last}`, readLimitMs(wantedBytes));
    if ('missing' in answer) {
      return {
        ok: false,
        fault:
          answer.missing === 'no answer'
            ? { kind: 'no-answer' }
            : { kind: 'silent', seconds: silenceLimitSeconds },
      };
    }
    const { status, header, body } = answer;
    const fault = faultOf(
      { status, header, receivedBytes: body.length, start: body.subarray(0, 256) },
      wantedBytes,
      this.#file.state,
    );
    return fault === undefined ? { ok: true, bytes: body } : { ok: false, fault };
  }
}

function mayPass(fault: RemoteFault): boolean {
  return fault.kind === 'no-answer' || (fault.kind === 'status' && passing.has(fault.status));
}

/** Asks a host from a worker, where a request may be waited for and still has a limit of time. */
export function askRangeWith(Native: typeof XMLHttpRequest): AskRange {
  return (url, range, limitMs): Answer => {
    const request = new Native();
    request.open('GET', url, false);
    request.responseType = 'arraybuffer';
    request.timeout = limitMs;
    request.setRequestHeader('Range', range);
    try {
      request.send(null);
    } catch (cause) {
      const timeIsUp = cause instanceof DOMException && cause.name === 'TimeoutError';
      return { missing: timeIsUp ? 'time is up' : 'no answer' };
    }
    if (request.status === 0) return { missing: 'no answer' };
    // All at once: asked for one that the host hides, a browser writes an error into the console.
    const headers = new Map(
      request
        .getAllResponseHeaders()
        .split('\r\n')
        .map((line) => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }),
    );
    const body: unknown = request.response;
    return {
      status: request.status,
      header: (name) => headers.get(name),
      body: new Uint8Array(body instanceof ArrayBuffer ? body : new ArrayBuffer()),
    };
  };
}
