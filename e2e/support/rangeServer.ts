/** A file server of another origin: with or without leave to read (CORS), with or without byte ranges, counted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename } from 'node:path';

import { sendFile, sendText } from '../../scripts/serve/sendFile.ts';
import type { Served } from '../../scripts/serve/server.ts';
import { listenLocally } from './localServer.ts';

export interface RangeServerOptions {
  /** Files on disk, each served under its own name. */
  readonly files: readonly string[];
  /** Whether pages of other origins may read what it sends. */
  readonly cors: boolean;
  /** Without them every GET brings the whole file. */
  readonly ranges?: boolean;
  /** Answers everything with this status instead. */
  readonly status?: number;
  /** Takes every request and answers none. */
  readonly silent?: boolean;
}

export interface RangeServer {
  readonly origin: string;
  /** Every answer so far. */
  readonly served: readonly Served[];
  address(path: string): string;
  /** Bytes of bodies sent so far. */
  sentBytes(): number;
  close(): Promise<void>;
}

const leave = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Range, If-Range',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
};

export async function startRangeServer(options: RangeServerOptions): Promise<RangeServer> {
  const served: Served[] = [];
  const paths = new Map(options.files.map((path) => [`/${encodeURIComponent(basename(path))}`, path]));
  const server = createServer((request, response) => {
    if (options.silent === true) return;
    const pathname = (request.url ?? '').replace(/\?.*$/, '');
    void answer(request, response, paths.get(pathname), options).then((bytes) =>
      served.push({ method: request.method ?? '', pathname, status: response.statusCode, bytes }),
    );
  });
  const { origin, close } = await listenLocally(server);
  return {
    origin,
    served,
    address: (path) => `${origin}/${encodeURIComponent(basename(path))}`,
    sentBytes: () => served.reduce((sum, { bytes }) => sum + bytes, 0),
    close,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string | undefined,
  { cors, ranges = true, status }: RangeServerOptions,
): Promise<number> {
  const headers = cors ? leave : {};
  if (request.method === 'OPTIONS') {
    response.writeHead(cors ? 204 : 405, headers).end();
    return 0;
  }
  if (status !== undefined) return sendText(request, response, status, 'As the test wishes', headers);
  if (path === undefined) return sendText(request, response, 404, 'Not found', headers);
  if (!ranges) delete request.headers.range;
  return sendFile(request, response, path, { ...headers, 'Content-Type': 'application/octet-stream' });
}
