/** A static host of the built app, below a folder, that sends the engine's own files as faulty hosts do. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { distFolder } from '../../scripts/paths.ts';
import { contentType, findStatic } from '../../scripts/serve/staticFiles.ts';
import { listenLocally } from './localServer.ts';

export type AppFault =
  /** As `application/octet-stream`. */
  | 'octet-stream'
  /** Compressed, and said so. */
  | 'gzip'
  /** Compressed, and not said so. */
  | 'packed'
  | 'missing'
  /** The app's page with status 200, as hosts do that take every address for one of the app's. */
  | 'page'
  /** Without an answer. */
  | 'silent'
  /** Half of it, then nothing more. */
  | 'stalled'
  /** Half of it, then the connection goes. */
  | 'cut'
  /** In pieces over 14 s. */
  | 'slow';

export interface FaultyAppHost {
  readonly origin: string;
  /** Where the app is: not at the root. */
  readonly address: string;
  /** What it does from now on, and to what. */
  misbehave(of: RegExp, fault: AppFault): void;
  /** From now on. */
  mend(): void;
  close(): Promise<void>;
}

const folder = '/lab/iterscope/';

/** Serves the build; a request whose pathname matches `of` gets the fault. */
export async function startFaultyAppHost(of: RegExp, fault: AppFault): Promise<FaultyAppHost> {
  const root = process.env.ITERSCOPE_DIST ?? distFolder;
  let broken: { readonly of: RegExp; readonly fault: AppFault } | undefined = { of, fault };
  const server = createServer((request, response) => {
    const pathname = (request.url ?? '').replace(/\?.*$/, '');
    const below = pathname.startsWith(folder) ? `/${pathname.slice(folder.length)}` : '/nowhere';
    void findStatic(root, below).then(async (path) => {
      if (path === undefined) response.writeHead(404).end();
      else if (broken?.of.test(pathname) === true) await misbehave(response, path, broken.fault, root);
      else response.writeHead(200, { 'Content-Type': contentType(path) }).end(await readFile(path));
    });
  });
  const { origin, close } = await listenLocally(server);
  return {
    origin,
    address: `${origin}${folder}`,
    misbehave: (nowOf, nowFault) => {
      broken = { of: nowOf, fault: nowFault };
    },
    mend: () => {
      broken = undefined;
    },
    close,
  };
}

async function misbehave(
  response: ServerResponse,
  path: string,
  fault: AppFault,
  root: string,
): Promise<void> {
  const bytes = await readFile(path);
  const type = { 'Content-Type': contentType(path) };
  const half = bytes.subarray(0, bytes.length / 2);
  switch (fault) {
    case 'octet-stream':
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(bytes);
      return;
    case 'gzip':
      response.writeHead(200, { ...type, 'Content-Encoding': 'gzip' }).end(gzipSync(bytes, { level: 1 }));
      return;
    case 'packed':
      response.writeHead(200, { 'Content-Type': 'application/gzip' }).end(gzipSync(bytes, { level: 1 }));
      return;
    case 'missing':
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not found</h1>');
      return;
    case 'page':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(await readFile(`${root}/index.html`));
      return;
    case 'silent':
      return;
    case 'stalled':
      response.writeHead(200, { ...type, 'Content-Length': bytes.length }).write(half);
      return;
    case 'cut':
      response
        .writeHead(200, { ...type, 'Content-Length': bytes.length })
        .write(half, () => response.destroy());
      return;
    case 'slow': {
      response.writeHead(200, { ...type, 'Content-Length': bytes.length });
      const pieces = 14;
      for (let i = 0; i < pieces && !response.destroyed; i++) {
        response.write(bytes.subarray((i * bytes.length) / pieces, ((i + 1) * bytes.length) / pieces));
        await pause(1000);
      }
      response.end();
    }
  }
}
