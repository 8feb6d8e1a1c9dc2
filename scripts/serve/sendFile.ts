import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { parseRange, type RangeAnswer } from './range.ts';

/** Answers with one line of text. Gives the bytes of the body, 0 for HEAD. */
export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): number {
  return send(request, response, status, text, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
}

/** Answers with what is so now. Gives the bytes of the body, 0 for HEAD. */
export function sendJson(request: IncomingMessage, response: ServerResponse, value: object): number {
  return send(request, response, 200, JSON.stringify(value), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders,
): number {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
  return request.method === 'HEAD' ? 0 : body.length;
}

/**
 * Answers GET or HEAD with a file or the one range of it that was asked for. Size and time are read at each request,
 * so a file that grows is served as it is now. Gives the bytes of the body that were really sent.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<number> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return sendText(request, response, 404, 'Not found');
  }
  try {
    return await sendOpened(request, response, file, headers);
  } finally {
    await file.close();
  }
}

async function sendOpened(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  headers: OutgoingHttpHeaders,
): Promise<number> {
  const stat = await file.stat({ bigint: true });
  if (!stat.isFile()) return sendText(request, response, 404, 'Not found');
  const sizeBytes = Number(stat.size);
  const etag = `"${stat.size.toString(16)}-${stat.mtimeNs.toString(16)}"`;
  const common = {
    ...headers,
    ETag: etag,
    'Last-Modified': stat.mtime.toUTCString(),
    'Accept-Ranges': 'bytes',
  };
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, common).end();
    return 0;
  }
  // A range is answered for HEAD too: DuckDB-WASM asks HEAD with `bytes=0-` and takes 206 as "ranges work here".
  const answer = stillTheSame(request, etag)
    ? parseRange(request.headers.range, sizeBytes)
    : { kind: 'whole' as const };
  if (answer.kind === 'unsatisfiable') {
    return sendText(request, response, 416, 'Range not satisfiable', {
      ...common,
      'Content-Range': `bytes */${sizeBytes}`,
    });
  }
  const [first, last] = answer.kind === 'part' ? [answer.first, answer.last] : [0, sizeBytes - 1];
  response.writeHead(answer.kind === 'part' ? 206 : 200, {
    ...common,
    ...contentRange(answer, sizeBytes),
    'Content-Length': last - first + 1,
  });
  if (request.method === 'HEAD' || last < first) {
    response.end();
    return 0;
  }
  return sendBody(response, file, first, last);
}

function contentRange(answer: RangeAnswer, sizeBytes: number): OutgoingHttpHeaders {
  return answer.kind === 'part'
    ? { 'Content-Range': `bytes ${answer.first}-${answer.last}/${sizeBytes}` }
    : {};
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** `If-Range` guards against a mixture of two states of a file; a date is too coarse for a file that grows. */
function stillTheSame(request: IncomingMessage, etag: string): boolean {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag;
}

async function sendBody(
  response: ServerResponse,
  file: FileHandle,
  first: number,
  last: number,
): Promise<number> {
  let sentBytes = 0;
  async function* counted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      sentBytes += chunk.length;
      yield chunk;
    }
    // Ending normally would leave the client waiting for the rest it was promised.
    if (sentBytes !== last - first + 1) throw new Error('the file became shorter while it was sent');
  }
  try {
    await pipeline(
      file.createReadStream({ start: first, end: last, autoClose: false, highWaterMark: 256 * 1024 }),
      counted,
      response,
    );
  } catch {
    // The client went away or the file shrank; the pipeline has closed the connection, which tells the client.
  }
  return sentBytes;
}
