import type { Answer, AskRange } from './rangeReader.ts';

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
