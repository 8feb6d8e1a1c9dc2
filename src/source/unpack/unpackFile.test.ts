import { gzipSync } from 'node:zlib';

import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';

import { unpackFile } from './unpackFile.ts';

const content = new Uint8Array(10_000_000).map((_, i) => (i * i) >>> 5);
const quiet = (): void => undefined;
const bytesOf = async (file: File | undefined) => new Uint8Array((await file?.arrayBuffer()) ?? []);

describe('gzip', () => {
  const packed = new File([gzipSync(content)], 'results.db.gz');

  it('gives back the bytes under the name without .gz, and says how far it is', async () => {
    const fractions: number[] = [];
    const [inside, ...rest] = await unpackFile(packed, 'gzip', 1e9, (fraction) => fractions.push(fraction));
    const file = inside?.file;
    expect([file?.name, rest.length, fractions.at(-1)]).toEqual(['results.db', 0, 1]);
    expect(Buffer.compare(await bytesOf(file), content)).toBe(0);
  });

  it('stops at the limit, and at a file that is cut', async () => {
    await expect(unpackFile(packed, 'gzip', 1_000_000, quiet)).rejects.toThrow('more than 1.0 MB');
    const cut = new File([packed.slice(0, packed.size - 100)], 'cut.gz');
    await expect(unpackFile(cut, 'gzip', 1e9, quiet)).rejects.toThrow();
  });
});

describe('zip', () => {
  async function zipped(...names: readonly string[]): Promise<File> {
    const writer = new ZipWriter(new BlobWriter());
    for (const name of names) await writer.add(name, new Uint8ArrayReader(content));
    await writer.add('notes/read me.txt', new TextReader('hello'));
    return new File([await writer.close()], 'results.zip');
  }

  it('gives back the databases with their logs, and no note', async () => {
    const files = await unpackFile(await zipped('run/a.db', 'run/a.db.wal'), 'zip', 1e9, quiet);
    expect(files.map(({ file, folder }) => [folder, file.name, file.size])).toEqual([
      ['run', 'a.db', 10_000_000],
      ['run', 'a.db.wal', 10_000_000],
    ]);
    expect(Buffer.compare(await bytesOf(files[0]?.file), content)).toBe(0);
  });

  it('leaves out what macOS puts beside each file, and takes packed databases and the scripts of an export', async () => {
    const names = ['a/x.db', '__MACOSX/a/._x.db', 'a/._y.db', 'b/z.db.gz', 'exported/load.sql'];
    const files = await unpackFile(await zipped(...names), 'zip', 1e9, quiet);
    expect(files.map(({ file, folder }) => `${folder}/${file.name}`)).toEqual([
      'a/x.db',
      'b/z.db.gz',
      'exported/load.sql',
    ]);
  });

  it('says what it holds in place of a database, and that it is locked', async () => {
    await expect(unpackFile(await zipped('a.csv'), 'zip', 1e9, quiet)).rejects.toThrow(
      'it holds no database, but a.csv, notes/read me.txt',
    );
    const writer = new ZipWriter(new BlobWriter(), { password: 'secret' });
    await writer.add('a.db', new TextReader('x'));
    const locked = new File([await writer.close()], 'locked.zip');
    await expect(unpackFile(locked, 'zip', 1e9, quiet)).rejects.toThrow('locked with a password');
  });

  it('stops at the limit for all of them together', async () => {
    const two = await zipped('a.db', 'b.db');
    await expect(unpackFile(two, 'zip', 15_000_000, quiet)).rejects.toThrow('it is more than');
  });
});

it('Zstandard', async () => {
  // "iterscope" forty times, as the zstd program packs it.
  const packed = Buffer.from('28b52ffd0458850000486974657273636f706501005c54cb117da5e615', 'hex');
  const [inside] = await unpackFile(new File([packed], 'a.db.zst'), 'Zstandard', 1e9, quiet);
  const file = inside?.file;
  expect(file?.name).toBe('a.db');
  expect(await file?.text()).toBe('iterscope'.repeat(40));
  await expect(unpackFile(new File([packed], 'a.zst'), 'Zstandard', 100, quiet)).rejects.toThrow('more than');
});
