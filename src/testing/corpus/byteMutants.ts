/** Mutants of bytes: cut, flipped, swapped, with checksums as they were or made right again; other formats; logs. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { alone, type BaseLayout, type Mutant, type FileWriter } from './mutants.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const headerBytes = 4096;
const headBytes = 3 * headerBytes;
const blockBytes = 262_144;
const layouts: readonly BaseLayout[] = ['A1', 'B-V5'];

export function byteMutants(writer: FileWriter): readonly Mutant[] {
  return [
    ...layouts.flatMap((layout) => {
      const sound = writer.sound.get(layout) ?? new Uint8Array();
      const of = `${layout}, `;
      return [...truncations(sound, of), ...headers(sound, of), ...pages(sound, of)];
    }),
    ...foreign(writer.sound.get('A1') ?? new Uint8Array()),
    ...logs(writer),
  ];
}

function mutant(kind: string, name: string, bytes: () => Bytes, more: Partial<Mutant> = {}): Mutant {
  return { kind, name, truth: 'same', make: () => Promise.resolve(alone(bytes())), ...more };
}

function changed(sound: Bytes, change: (copy: Bytes, view: DataView) => void): Bytes {
  const copy = sound.slice();
  change(copy, new DataView(copy.buffer));
  return copy;
}

function truncations(sound: Bytes, of: string): readonly Mutant[] {
  const blocks = Math.floor((sound.length - headBytes) / blockBytes);
  const boundaries = Array.from({ length: blocks }, (_, i) => headBytes + i * blockBytes);
  const lengths = new Set([
    ...[0, 1, 8, 12, 4095, 4096, 8192, 9000, 12_287, 12_288],
    ...boundaries.flatMap((at) => [at - 1, at, at + 1]),
    Math.floor(sound.length / 2),
    sound.length - 1,
  ]);
  return [...lengths].map((length) =>
    mutant('truncation', `${of}${length} of ${sound.length} bytes`, () => sound.slice(0, length), {
      mustBe: [
        length === 0 ? 'refused: empty-file' : length < 12 ? 'refused: not-duckdb' : 'refused: truncated',
      ],
    }),
  );
}

/** Checksum of a header or block: its first eight bytes, over the rest (DuckDB, `checksum.cpp`). */
function checksum(view: DataView, start: number, length: number): bigint {
  let sum = 5381n;
  for (let at = start; at < start + length; at += 8) {
    sum ^= BigInt.asUintN(64, view.getBigUint64(at, true) * 0xbf58476d1ce4e5b9n);
  }
  return sum;
}

function setChecksum(view: DataView, at: number, length: number): void {
  view.setBigUint64(at, checksum(view, at + 8, length - 8), true);
}

/** Fields of the main header and of a database header, by where they stand in it. */
const mainFields = { version: 12, flags: 20, 'second flag': 28, 'library version': 52 } as const;
const databaseFields = {
  iteration: 8,
  'meta pointer': 16,
  'free list': 24,
  'block count': 32,
  'block size': 40,
  'vector size': 48,
  'storage version': 56,
} as const;
const values: readonly bigint[] = [0n, 1n, 2n, 999n, 16_384n, 2n ** 31n, 2n ** 63n, 2n ** 64n - 1n];

function headers(sound: Bytes, of: string): readonly Mutant[] {
  const set = (name: string, at: number, header: number, value: bigint, corrected: boolean): Mutant =>
    mutant(`header, checksum ${corrected ? 'made right' : 'as it was'}`, `${of}${name} = ${value}`, () =>
      changed(sound, (_, view) => {
        view.setBigUint64(header * headerBytes + at, value, true);
        if (corrected) setChecksum(view, header * headerBytes, headerBytes);
      }),
    );
  return [
    ...Object.entries(mainFields).flatMap(([name, at]) =>
      values.map((value) => set(`main header, ${name}`, at, 0, value, true)),
    ),
    ...Object.entries(databaseFields).flatMap(([name, at]) =>
      values.flatMap((value) =>
        [1, 2].flatMap((header) =>
          [true, false].map((corrected) => set(`header ${header}, ${name}`, at, header, value, corrected)),
        ),
      ),
    ),
  ];
}

function pages(sound: Bytes, of: string): readonly Mutant[] {
  const blocks = Math.floor((sound.length - headBytes) / blockBytes);
  const start = (block: number): number => headBytes + block * blockBytes;
  const block = (copy: Bytes, i: number): Bytes => copy.subarray(start(i), start(i + 1));
  const each = Array.from({ length: blocks }, (_, i) => i);
  const random = xoroshiro128plus(7);
  const below = (limit: number): number => uniformInt(random, 0, limit - 1);
  const flip = (kind: string, name: string, at: number, bit: number, mended: boolean): Mutant =>
    mutant(
      kind,
      `${of}${name}`,
      () =>
        changed(sound, (copy, view) => {
          copy[at] = (copy[at] ?? 0) ^ (1 << bit);
          const own = Math.floor((at - headBytes) / blockBytes);
          if (mended && at >= headBytes) setChecksum(view, start(own), blockBytes);
        }),
      { truth: mended ? 'its own' : 'same' },
    );
  const fuzzed = Array.from({ length: 60 }, (_, i) => {
    const own = below(blocks);
    // Catalogue and statistics stand at the beginning of their blocks, and the rest is mostly empty.
    const at = start(own) + 8 + below(2048);
    return flip('block, checksum made right', `bit of byte ${at}, ${i}`, at, below(8), true);
  });
  return [
    ...each.map((i) =>
      mutant('block zeroed', `${of}block ${i}`, () => changed(sound, (copy) => block(copy, i).fill(0))),
    ),
    ...each
      .map((i) =>
        mutant('block zeroed, checksum made right', `${of}block ${i}`, () =>
          changed(sound, (copy, view) => {
            block(copy, i).fill(0);
            setChecksum(view, start(i), blockBytes);
          }),
        ),
      )
      .map((each): Mutant => ({ ...each, truth: 'its own' })),
    ...each
      .slice(1)
      .map((i) =>
        mutant(
          'block repeated',
          `${of}block ${i - 1} at ${i}`,
          () => changed(sound, (copy) => block(copy, i).set(block(sound, i - 1))),
          { truth: 'its own' },
        ),
      ),
    ...each.slice(1).map((i) =>
      mutant(
        'blocks swapped',
        `${of}${i - 1} and ${i}`,
        () =>
          changed(sound, (copy) => {
            block(copy, i).set(block(sound, i - 1));
            block(copy, i - 1).set(block(sound, i));
          }),
        { truth: 'its own' },
      ),
    ),
    ...Array.from({ length: 30 }, () => {
      const at = headBytes + below(sound.length - headBytes);
      return flip('bit flipped', `bit of byte ${at}`, at, below(8), false);
    }),
    ...fuzzed,
  ];
}

const textBytes = (text: string): Bytes => new TextEncoder().encode(text);

/** What somebody drops by mistake. */
function foreign(sound: Bytes): readonly Mutant[] {
  const padded = (start: string | readonly number[]): Bytes => {
    const bytes = new Uint8Array(20_000);
    bytes.set(typeof start === 'string' ? textBytes(start) : start);
    return bytes;
  };
  const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 31731712\n';
  const of = (name: string, code: string, bytes: Bytes): Mutant =>
    mutant('foreign format', name, () => bytes, { mustBe: [`refused: ${code}`] });
  const encrypted = changed(sound, (_, view) => {
    view.setBigUint64(20, 1n, true);
    setChecksum(view, 0, headerBytes);
  });
  const newer = (version: bigint): Bytes => changed(sound, (_, view) => view.setBigUint64(12, version, true));
  return [
    of('SQLite', 'sqlite-file', padded('SQLite format 3\0')),
    of('Parquet', 'parquet-file', padded('PAR1')),
    of('Arrow', 'not-duckdb', padded('ARROW1\0\0')),
    of('CSV', 'not-duckdb', textBytes('run_id,cost\na,1\n')),
    of('JSON', 'not-duckdb', textBytes('{"run_id": "a"}')),
    of(
      'tar',
      'compressed-file',
      changed(padded(''), (copy) => copy.set(textBytes('ustar'), 257)),
    ),
    of('xz', 'compressed-file', padded([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])),
    of('bzip2', 'compressed-file', padded('BZh91AY&SY')),
    of('7z', 'compressed-file', padded([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])),
    of('page', 'web-page', textBytes('<!doctype html><title>Sign in</title>')),
    of('pointer of Git LFS', 'lfs-pointer', textBytes(lfs)),
    of(
      'random bytes',
      'not-duckdb',
      changed(padded(''), (copy) => copy.fill(0xa7)),
    ),
    of('encrypted', 'encrypted', encrypted),
    ...[1n, 38n, 63n].map((version) => mutant('storage version', `${version}`, () => newer(version))),
    ...[69n, 70n, 999n].map((version) =>
      mutant('storage version', `${version}`, () => newer(version), { mustBe: ['refused: newer-storage'] }),
    ),
  ];
}

/** Logs beside a database: their own, cut, of another, none at all. */
function logs(writer: FileWriter): readonly Mutant[] {
  const kind = 'log';
  const pair = (database: Bytes, log: Bytes | undefined, name = 'mutant.db.wal'): readonly File[] => [
    ...alone(database),
    ...(log === undefined ? [] : [new File([log], name)]),
  ];
  const of = (
    name: string,
    make: (own: { database: Bytes; log: Bytes }, other: Bytes) => readonly File[],
    truth: Mutant['truth'] = 'its own',
    mustBe?: readonly string[],
  ): Mutant => ({
    kind,
    name,
    truth,
    ...(mustBe === undefined ? {} : { mustBe }),
    make: async () => make(await writer.unmerged('B-V5'), (await writer.unmerged('A1')).log),
  });
  const cuts = Array.from({ length: 24 }, (_, i) => (i + 0.5) / 24);
  return [
    of('whole', ({ database, log }) => pair(database, log), 'same', ['usable']),
    of('none', ({ database }) => pair(database, undefined), 'same', ['refused: wal-missing']),
    of('alone', ({ log }) => [new File([log], 'mutant.db.wal')], 'same', ['refused: wal-missing']),
    of('empty', ({ database }) => pair(database, new Uint8Array())),
    of('of another database', ({ database }, other) => pair(database, other)),
    of('random bytes', ({ database, log }) =>
      pair(
        database,
        changed(log, (copy) => copy.fill(0xa7)),
      ),
    ),
    of(
      'of another beside a whole database',
      (_, other) => pair(writer.sound.get('B-V5') ?? other, other),
      'same',
    ),
    of('.wal.checkpoint', ({ database, log }) => pair(database, log, 'mutant.db.wal.checkpoint')),
    of('.wal.recovery', ({ database, log }) => pair(database, log, 'mutant.db.wal.recovery')),
    ...cuts.map((part) =>
      of(`cut at ${part.toFixed(3)}`, ({ database, log }) =>
        pair(database, log.slice(0, Math.floor(log.length * part))),
      ),
    ),
    ...cuts.map((part) =>
      of(`a bit flipped at ${part.toFixed(3)}`, ({ database, log }) =>
        pair(
          database,
          changed(log, (copy) => {
            const at = Math.floor(log.length * part);
            copy[at] = (copy[at] ?? 0) ^ 16;
          }),
        ),
      ),
    ),
  ];
}
