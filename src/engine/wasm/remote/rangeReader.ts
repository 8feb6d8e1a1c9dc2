import {
  faultOf,
  type HeaderOf,
  type RemoteFault,
  type RemoteFile,
  readLimitMs,
  silenceLimitSeconds,
} from '../../../source/remote/fault.ts';

/** One answer of a host, or why there is none that a page may see. */
export type Answer =
  | { readonly status: number; readonly header: HeaderOf; readonly body: Uint8Array }
  | { readonly missing: 'time is up' | 'no answer' };

/** Asks for a range of an address and waits for it, at most `limitMs`. */
export type AskRange = (url: string, range: string, limitMs: number) => Answer;

export type Read =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly fault: RemoteFault };

/** Answers of a host that is only busy for the moment, and a connection that broke: asked for once more. */
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * Reads ranges of one remote file, all of them from one state of it. After a read that failed no other is tried:
 * half of a file in one state and half in another gives wrong numbers.
 */
export class RangeReader {
  readonly #file: RemoteFile;
  readonly #ask: AskRange;
  #fault: RemoteFault | undefined;

  constructor(file: RemoteFile, ask: AskRange) {
    this.#file = file;
    this.#ask = ask;
  }

  get file(): RemoteFile {
    return this.#file;
  }

  /** Bytes `first` to `last`, both included. */
  read(first: number, last: number): Read {
    if (this.#fault !== undefined) return { ok: false, fault: this.#fault };
    const known = this.#file.pieces.find(
      (piece) => first >= piece.first && last < piece.first + piece.bytes.length,
    );
    if (known !== undefined) {
      return { ok: true, bytes: known.bytes.slice(first - known.first, last - known.first + 1) };
    }
    const wantedBytes = last - first + 1;
    const once = (): Read => this.#readOnce(first, last, wantedBytes);
    const read = once();
    if (read.ok) return read;
    const again = mayPass(read.fault) ? once() : read;
    if (!again.ok) this.#fault = again.fault;
    return again;
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
