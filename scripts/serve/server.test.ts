import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startServer, type RunningServer, type Served } from './server.ts';
import { databaseFile, shareFiles, type SharedFiles } from './sharedFiles.ts';

let folder: string;
let server: RunningServer;
let files: SharedFiles;
const served: Served[] = [];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A bare request: `fetch` would tidy the path and refuse to set Host. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.origin);
    request({ host: '127.0.0.1', port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function address(index: number): string {
  const found = files.addresses[index];
  if (found === undefined) throw new Error(`no file ${index}`);
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  const root = join(folder, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, '.vite'));
  await mkdir(join(folder, 'one'));
  await mkdir(join(folder, 'two'));
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, '.vite', 'manifest.json'), '{}');
  await writeFile(join(root, 'assets', 'index-Ab3_-xY9.js'), 'export {};');
  await writeFile(join(root, 'assets', 'duckdb-eh-12345678.wasm'), '\0asm');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(root, 'leak.txt'));
  await writeFile(join(folder, 'one', 'a b.db'), '0123456789');
  await writeFile(join(folder, 'one', 'a b.db.wal'), 'wal');
  await writeFile(join(folder, 'two', 'a b.db'), 'other');
  await writeFile(join(folder, 'two', 'empty.db'), '');
  await mkdir(join(folder, 'results', 'deep'), { recursive: true });
  files = await shareFiles(
    ['one/a b.db', 'two/a b.db', 'two/empty.db'].map((path) => databaseFile(join(folder, path))),
    [join(folder, 'results')],
  );
  server = await startServer({ root, files, onServed: (entry) => served.push(entry) });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('the build', () => {
  it('is served with types, caching and a policy', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.body).toBe('<!doctype html>');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    expect(page.headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';");
    const script = await ask('/assets/index-Ab3_-xY9.js?x#y');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/assets/duckdb-eh-12345678.wasm')).headers['content-type']).toBe('application/wasm');
  });

  it('is not sent again when the browser has it', async () => {
    const { etag = '' } = (await ask('/')).headers;
    const again = await ask('/', { 'If-None-Match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '//etc/passwd',
    '/leak.txt',
    '/.vite/manifest.json',
    '/assets',
    '/assets/',
    '/%',
    '/index.html%00.js',
    '/C:/secret.txt',
    'http://127.0.0.1/index.html',
  ])('gives nothing for %s', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('Not found\n');
  });
});

describe('a shared file', () => {
  it('has an unguessable address of its own, also beside another of the same name', async () => {
    expect(files.addresses[0]).toMatch(/^\/files\/[0-9a-f]{32}\/a%20b\.db$/);
    expect(new Set(files.addresses).size).toBe(3);
    expect((await ask(address(0))).body).toBe('0123456789');
    expect((await ask(address(1))).body).toBe('other');
  });

  it('has its write-ahead log beside it when there is one', async () => {
    expect((await ask(`${address(0)}.wal`)).body).toBe('wal');
    expect((await ask(`${address(1)}.wal`)).status).toBe(404);
  });

  it.each(['x', '.wal.wal', '/', '/..', '/../a%20b.db', '%00'])(
    'is not reached by its address and %s',
    async (suffix) => {
      expect((await ask(`${address(0)}${suffix}`)).status).toBe(404);
    },
  );

  it('is listed with its state at the address of its folder, which its answers name', async () => {
    const folderAddress = address(0).replace(/[^/]*$/, '');
    expect((await ask(address(0), {}, 'HEAD')).headers.link).toBe('<./>; rel="collection"');
    const listing = await ask(folderAddress);
    expect(listing.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(listing.body)).toMatchObject({ files: [{ path: 'a b.db', sizeBytes: 10 }] });
  });

  it.each(['secret.txt', '..%2fsecret.txt', '..%2ftwo%2fempty.db'])(
    'does not open its folder for %s',
    async (name) => {
      const token = address(0).slice(0, address(0).lastIndexOf('/') + 1);
      expect((await ask(`${token}${name}`)).status).toBe(404);
      expect((await ask(`/files/${'0'.repeat(32)}/${name}`)).status).toBe(404);
    },
  );

  it('answers ranges', async () => {
    const part = await ask(address(0), { Range: 'bytes=2-4' });
    expect([part.status, part.body]).toEqual([206, '234']);
    expect(part.headers).toMatchObject({
      'content-range': 'bytes 2-4/10',
      'content-length': '3',
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    });
    expect((await ask(address(0), { Range: 'bytes=-3' })).body).toBe('789');
    expect((await ask(address(0), { Range: 'bytes=8-' })).body).toBe('89');
    const beyond = await ask(address(0), { Range: 'bytes=10-' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  it('answers HEAD as GET without a body, with a range as DuckDB-WASM asks it', async () => {
    const whole = await ask(address(0), {}, 'HEAD');
    expect([whole.status, whole.headers['content-length'], whole.body]).toEqual([200, '10', '']);
    const ranged = await ask(address(0), { Range: 'bytes=0-' }, 'HEAD');
    expect([ranged.status, ranged.headers['content-length'], ranged.body]).toEqual([206, '10', '']);
  });

  it('may be empty', async () => {
    const answer = await ask(address(2));
    expect([answer.status, answer.headers['content-length'], answer.body]).toEqual([200, '0', '']);
  });

  it('is served as it is now, and never as a mixture of two states', async () => {
    const before = await ask(address(1), { Range: 'bytes=0-1' });
    const etag = before.headers.etag ?? '';
    expect((await ask(address(1), { Range: 'bytes=2-', 'If-Range': etag })).body).toBe('her');
    await appendFile(join(folder, 'two', 'a b.db'), ' and more');
    const after = await ask(address(1), { Range: 'bytes=2-', 'If-Range': etag });
    expect([after.status, after.body]).toEqual([200, 'other and more']);
    expect((await ask(address(1), { Range: 'bytes=0-1' })).headers['content-range']).toBe('bytes 0-1/14');
  });

  it('is counted in bytes of the body', async () => {
    served.length = 0;
    await ask(address(0), { Range: 'bytes=0-6' });
    await ask(address(0), {}, 'HEAD');
    await expect
      // The answer of an earlier test may be noted late.
      .poll(() => served.slice(-2).map(({ method, status, bytes }) => [method, status, bytes]))
      .toEqual([
        ['GET', 206, 7],
        ['HEAD', 200, 0],
      ]);
  });
});

describe('a folder that is followed', () => {
  const inFolder = (path: string) => join(folder, 'results', path);
  const database = (more = '') => `12345678DUCK${more}`;
  const list = async () =>
    JSON.parse((await ask(files.folders[0] ?? '')).body) as {
      folder: string;
      files: { path: string; sizeBytes: number; state: string }[];
    };

  it('lists what is a database now, below it too, by content and with the state of its log', async () => {
    expect(await list()).toEqual({ folder: 'results', files: [] });
    await writeFile(inFolder('notes.db'), 'not a database');
    await writeFile(inFolder('b 1.db'), database());
    await writeFile(inFolder('deep/a.bin'), database());
    const first = await list();
    expect(first.files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['b 1.db', 12],
      ['deep/a.bin', 12],
    ]);
    expect((await ask(`${files.folders[0] ?? ''}deep/a.bin`)).body).toBe(database());
    expect((await ask(`${files.folders[0] ?? ''}notes.db`)).status).toBe(404);
    await writeFile(inFolder('b 1.db.wal'), 'log');
    await rm(inFolder('deep/a.bin'));
    const second = await list();
    expect(second.files.map(({ path }) => path)).toEqual(['b 1.db']);
    expect(second.files[0]?.state).not.toBe(first.files[0]?.state);
    expect((await ask(`${files.folders[0] ?? ''}b%201.db.wal`)).body).toBe('log');
  });

  it.each(['../secret.txt', '%2e%2e/secret.txt', 'deep', 'deep/'])('gives nothing for %s', async (path) => {
    expect((await ask(`${files.folders[0] ?? ''}${path}`)).status).toBe(404);
  });
});

describe('who may ask', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example'])(
    'refuses the host "%s"',
    async (host) => {
      expect((await ask('/', { Host: host })).status).toBe(421);
      expect((await ask(address(0), { Host: host })).body).toBe('Not served here\n');
    },
  );

  it('answers to localhost too', async () => {
    expect((await ask('/', { Host: `localhost:${new URL(server.origin).port}` })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const answer = await ask(address(0), {}, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('gives another origin no leave to read', async () => {
    const answer = await ask(address(0), { Origin: 'https://evil.example' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

it('takes the next port when one is taken', async () => {
  const taken = Number(new URL(server.origin).port);
  const second = await startServer({ root: folder, ports: [taken, 0] });
  expect(Number(new URL(second.origin).port)).not.toBe(taken);
  await second.close();
  await expect(startServer({ root: folder, ports: [taken] })).rejects.toThrow('no free port');
});
