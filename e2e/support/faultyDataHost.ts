/**
 * A host of another origin that misbehaves, one fault a folder: `/{fault}/{file}`. What it is asked and what it sends
 * is counted. Its faults are those that researchers meet: object stores without CORS lines, signed addresses, proxies.
 */
import { open, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';

import { parseRange } from '../../scripts/serve/range.ts';
import { listenLocally } from './localServer.ts';

export type HostFault =
  | 'none'
  /** HEAD is answered without leave to read it. */
  | 'get-only'
  | 'head-forbidden'
  /** Content-Range and ETag are not exposed. */
  | 'hidden'
  /** A preflight is refused: only what needs none may be asked. */
  | 'no-preflight'
  /** Signed for GET of this one file. */
  | 'signed'
  | 'redirect'
  | 'redirect-to-closed'
  | 'closed'
  /** 403 from the third GET on. */
  | 'expires'
  | 'gzip'
  | 'no-ranges'
  /** 200 and bytes without end. */
  | 'endless'
  /** 200 and a length beyond any limit. */
  | 'huge'
  | 'sign-in'
  | 'password'
  | 'busy'
  /** The log beside every file is a text, with the status of success. */
  | 'log-is-text'
  /** Asked for a log, it never answers. */
  | 'log-silent'
  /** Answers the first range only. */
  | 'stalls'
  /** As `stalls`, until `wake` is called. */
  | 'sleeps'
  /** Breaks every range but the first off. */
  | 'cuts'
  | 'silent';

interface Asked {
  readonly fault: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  sentBytes: number;
}

export interface FaultyDataHost {
  readonly origin: string;
  readonly asked: readonly Asked[];
  address(fault: HostFault, path: string): string;
  /** From now on what sleeps answers, also what it was asked before. */
  wake(): void;
  close(): Promise<void>;
}

const leave: OutgoingHttpHeaders = { 'Access-Control-Allow-Origin': '*' };
const exposed: OutgoingHttpHeaders = { ...leave, 'Access-Control-Expose-Headers': '*' };
const binary = { 'Content-Type': 'application/octet-stream' };

export async function startFaultyDataHost(files: readonly string[]): Promise<FaultyDataHost> {
  const paths = new Map(files.map((path) => [basename(path), path]));
  const asked: Asked[] = [];
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const [, fault = '', name = ''] = decodeURIComponent(pathname).split('/');
    response.on('close', () =>
      asked.push({
        fault,
        method: request.method ?? '',
        path: name,
        status: response.statusCode,
        sentBytes: sent(response),
      }),
    );
    const port = request.socket.localPort ?? 0;
    void answer(
      { request, response, fault: fault as HostFault, name, searchParams, port, awake },
      paths,
    ).catch(() => response.destroy());
  });
  const earlier = new WeakMap<object, number>();
  /** Bytes of this answer: a connection is used for several. */
  function sent({ req }: ServerResponse): number {
    const before = earlier.get(req.socket) ?? 0;
    earlier.set(req.socket, req.socket.bytesWritten);
    return req.socket.bytesWritten - before;
  }
  const { origin, close } = await listenLocally(server);
  return {
    origin,
    asked,
    wake: () => wake(),
    address: (fault, path) =>
      `${origin}/${fault}/${encodeURIComponent(basename(path))}${fault === 'signed' ? '?X-Signature=s3cret' : ''}`,
    close,
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: HostFault;
  readonly name: string;
  readonly searchParams: URLSearchParams;
  readonly port: number;
  readonly awake: Promise<void>;
}

const gets = new Map<string, number>();

async function answer(exchange: Exchange, paths: ReadonlyMap<string, string>): Promise<void> {
  const { request, response, fault, name, searchParams, port, awake } = exchange;
  const isHead = request.method === 'HEAD';
  const isLog = name.endsWith('.wal');
  const end = (status: number, headers: OutgoingHttpHeaders, body = ''): void =>
    void response.writeHead(status, headers).end(isHead ? undefined : body);
  if (request.method === 'OPTIONS') {
    const allow = {
      ...leave,
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD',
    };
    end(fault === 'no-preflight' ? 403 : 204, fault === 'no-preflight' ? {} : allow);
    return;
  }
  const beginning = parseRange(request.headers.range, Number.MAX_SAFE_INTEGER);
  const isFirst = beginning.kind === 'part' && beginning.first === 0;
  switch (fault) {
    case 'get-only':
      if (isHead) {
        end(paths.has(name) ? 200 : 404, {});
        return;
      }
      break;
    case 'head-forbidden':
      if (isHead) {
        end(403, {});
        return;
      }
      break;
    case 'hidden':
      return sendFile(exchange, paths.get(name), { ...leave, ...binary });
    case 'signed':
      if (isHead || isLog || !searchParams.has('X-Signature')) {
        end(403, exposed, '<Error><Code>SignatureDoesNotMatch</Code></Error>');
        return;
      }
      break;
    case 'redirect': {
      end(302, { ...leave, Location: `http://127.0.0.1:${port}/none/${encodeURIComponent(name)}` });
      return;
    }
    case 'redirect-to-closed': {
      end(302, { ...leave, Location: `http://localhost:${port}/closed/${encodeURIComponent(name)}` });
      return;
    }
    case 'closed':
      return sendFile(exchange, paths.get(name), binary);
    case 'expires': {
      if (isLog) break;
      const count = (gets.get(`${port}`) ?? 0) + 1;
      gets.set(`${port}`, count);
      if (count <= 2) break;
      end(403, exposed, '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');
      return;
    }
    case 'gzip': {
      const path = paths.get(name);
      if (path === undefined) {
        end(404, exposed);
        return;
      }
      const body = gzipSync(await readFile(path));
      response.writeHead(200, {
        ...exposed,
        ...binary,
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
      });
      return void response.end(isHead ? undefined : body);
    }
    case 'no-ranges':
      delete request.headers.range;
      break;
    case 'huge':
    case 'endless': {
      const length = fault === 'huge' ? { 'Content-Length': 3_000_000_000 } : {};
      response.writeHead(200, { ...exposed, ...binary, ...length });
      if (isHead) return void response.end();
      sendWithoutEnd(response);
      return;
    }
    case 'sign-in': {
      end(200, { ...exposed, 'Content-Type': 'text/html' }, '<!doctype html><title>Sign in</title>');
      return;
    }
    case 'password': {
      end(401, { ...exposed, 'WWW-Authenticate': 'Basic realm="lab"' }, 'Who are you?');
      return;
    }
    case 'busy': {
      end(503, { ...exposed, 'Retry-After': '5' }, 'busy');
      return;
    }
    case 'log-is-text':
      if (isLog) {
        end(200, { ...exposed, 'Content-Type': 'text/plain' }, 'not found');
        return;
      }
      break;
    case 'log-silent':
      if (isLog) return;
      break;
    case 'stalls':
      if (!isHead && !isFirst && !isLog) return;
      break;
    case 'sleeps':
      if (!isHead && !isFirst && !isLog) await awake;
      break;
    case 'cuts':
      if (isHead || isFirst || isLog) break;
      response.writeHead(206, { ...exposed, ...binary, 'Content-Length': 100_000 });
      response.write('cut');
      setTimeout(() => response.destroy(), 50);
      return;
    case 'silent':
      return;
    case 'none':
    case 'no-preflight':
  }
  return sendFile(exchange, paths.get(name), { ...exposed, ...binary });
}

async function sendFile(
  { request, response }: Exchange,
  path: string | undefined,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  if (path === undefined) return void response.writeHead(404, headers).end();
  const file = await open(path);
  try {
    const { size, mtimeMs } = await file.stat();
    const range = parseRange(request.headers.range, size);
    const all = { ...headers, ETag: `"${size}-${mtimeMs}"`, 'Accept-Ranges': 'bytes' };
    if (range.kind === 'unsatisfiable') {
      return void response.writeHead(416, { ...all, 'Content-Range': `bytes */${size}` }).end();
    }
    const { first, last } = range.kind === 'part' ? range : { first: 0, last: size - 1 };
    // A part alone: a database is asked for in hundreds of them.
    const body = Buffer.alloc(last - first + 1);
    await file.read(body, 0, body.length, first);
    response.writeHead(range.kind === 'part' ? 206 : 200, {
      ...all,
      'Content-Length': body.length,
      ...(range.kind === 'part' ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  } finally {
    await file.close();
  }
}

function sendWithoutEnd(response: ServerResponse): void {
  const block = Buffer.alloc(1_000_000, 0xa5);
  const more = (): void => {
    while (!response.destroyed && response.write(block)) {
      // Until the connection is full; then it is waited for.
    }
  };
  response.on('drain', more);
  more();
}
