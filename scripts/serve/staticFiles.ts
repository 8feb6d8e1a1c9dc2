import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { decoded } from '../../src/lib/address.ts';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  // Compiled while it streams in only with this type.
  ['.wasm', 'application/wasm'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
]);

/** What the browser is told about a file; databases and everything unknown are plain bytes. */
export function contentType(path: string): string {
  return contentTypes.get(extname(path).toLowerCase()) ?? 'application/octet-stream';
}

/** A file named by its hash never changes; everything else is asked for again, cheaply, by its ETag. */
export function cacheControl(pathname: string): string {
  return /^\/assets\/.+-[\w-]{8}\.\w+$/.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The file of the folder `root` behind a pathname, if it is one that lies inside and is not hidden. */
export async function findStatic(root: string, pathname: string): Promise<string | undefined> {
  const path = decoded(pathname);
  if (path === undefined || !path.startsWith('/') || /[\\:\0]/.test(path)) return undefined;
  const segments = path.slice(1).split('/');
  if (segments.at(-1) === '') segments[segments.length - 1] = 'index.html';
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) return undefined;
  try {
    const folder = await realpath(root);
    const file = await realpath(join(folder, ...segments));
    return file.startsWith(folder + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
