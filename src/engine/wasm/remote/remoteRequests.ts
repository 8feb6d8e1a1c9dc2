/**
 * Stands in the engine's worker in place of `XMLHttpRequest`, which is how DuckDB-WASM reads a remote file: HEAD for
 * its size, then a range at a time, each waited for. A remote file of ours is answered here: HEAD from what the page
 * has learnt already, so that no host needs to allow it; ranges from the host, with a limit of time and checked
 * against the state of the file that was opened.
 */
import type { RemoteFault } from '../../../source/remote/fault.ts';
import { nameAtAddress } from './engineAddress.ts';
import type { RangeReader } from './rangeReader.ts';

type Failed = (name: string, fault: RemoteFault) => void;

/** The constructor to put in the place of `Native`; `failed` hears of each failed read. */
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
