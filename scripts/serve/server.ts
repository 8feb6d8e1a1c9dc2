/** The server of `npm start`, the browser tests and the benchmark: one folder and chosen files, on this machine only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { securityHeaders } from './securityHeaders.ts';
import { sendFile, sendJson, sendText } from './sendFile.ts';
import type { SharedFiles } from './sharedFiles.ts';
import { cacheControl, contentType, findStatic } from './staticFiles.ts';

/** One answered request; `bytes` is the length of the body that was sent. */
export interface Served {
  readonly method: string;
  readonly pathname: string;
  readonly status: number;
  readonly bytes: number;
}

export interface ServeOptions {
  /** The folder with `index.html`. */
  readonly root: string;
  readonly files?: SharedFiles;
  /** Tried in order; 0 is "any free one". */
  readonly ports?: readonly number[];
  readonly onServed?: (served: Served) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash. */
  readonly origin: string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

/** 4173 and its neighbours, then any. */
export const usualPorts: readonly number[] = [...Array.from({ length: 20 }, (_, i) => 4173 + i), 0];

export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const server = createServer();
  const port = await listen(server, options.ports ?? [0]);
  const hosts = new Set([`${loopback}:${port}`, `localhost:${port}`]);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const pathname = (request.url ?? '/').replace(/[?#].*$/s, '');
    void answer(request, response, pathname, hosts, options)
      .catch((cause: unknown) => {
        console.error(`${pathname}: ${String(cause)}`);
        response.destroy();
        return 0;
      })
      .then((bytes) =>
        options.onServed?.({ method: request.method ?? '', pathname, status: response.statusCode, bytes }),
      );
  });
  return {
    origin: `http://${loopback}:${port}`,
    close: () => closeServer(server),
  };
}

/** Ends a server and what is connected to it. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  hosts: ReadonlySet<string>,
  { root, files }: ServeOptions,
): Promise<number> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  // A foreign name that resolves to this machine (DNS rebinding) would make us its own origin.
  if (!hosts.has(request.headers.host ?? '')) return sendText(request, response, 421, 'Not served here');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendText(request, response, 405, 'Read only', { Allow: 'GET, HEAD' });
  }
  const listing = await files?.list(pathname);
  if (listing !== undefined) return sendJson(request, response, listing);
  const database = files?.find(pathname);
  if (database !== undefined) {
    return sendFile(request, response, database, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'no-store',
      // What lies beside it, and what it is like now, is listed there (RFC 6573).
      Link: '<./>; rel="collection"',
    });
  }
  const file = await findStatic(root, pathname);
  if (file === undefined) return sendText(request, response, 404, 'Not found');
  return sendFile(request, response, file, {
    'Content-Type': contentType(file),
    'Cache-Control': cacheControl(pathname),
  });
}

async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const failure = await tryPort(server, port);
    if (failure === undefined) {
      const address = server.address();
      if (typeof address === 'object' && address !== null) return address.port;
    } else if (failure.code !== 'EADDRINUSE' && failure.code !== 'EACCES') throw failure;
  }
  throw new Error(`no free port among ${ports.join(', ')}`);
}

function tryPort(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, loopback, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
}
