import { describe, expect, it } from 'vitest';

import { refuseStorage, headBytes, parseHeader } from './header.ts';
import { sniff } from './sniff.ts';

interface HeadOptions {
  readonly storage?: bigint;
  readonly writer?: string;
  readonly flags?: bigint;
  readonly blocks?: readonly [first: bigint, second: bigint];
}

/** The first 12 KiB of a DuckDB file with 262,144-byte blocks; the second database header is the newer one. */
function head({
  storage = 64n,
  writer = 'v1.5.6',
  flags = 0n,
  blocks = [0n, 0n],
}: HeadOptions = {}): Uint8Array {
  const bytes = new Uint8Array(headBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('DUCK'), 8);
  view.setBigUint64(12, storage, true);
  view.setBigUint64(20, flags, true);
  bytes.set(new TextEncoder().encode(writer), 52);
  for (const [i, count] of blocks.entries()) {
    const at = 4096 * (i + 1);
    view.setBigUint64(at + 8, BigInt(i + 1), true);
    view.setBigUint64(at + 32, count, true);
    view.setBigUint64(at + 40, 262_144n, true);
  }
  return bytes;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words.padEnd(64, '\0'));

describe('the first bytes of a file', () => {
  it.each([
    ['empty-file', new Uint8Array()],
    ['lfs-pointer', text('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 31731712\n')],
    ['sqlite-file', text('SQLite format 3')],
    ['parquet-file', text('PAR1')],
    ['compressed-file', new Uint8Array([0x1f, 0x8b, 8, 0])],
    ['compressed-file', text('PK\u0003\u0004')],
    ['web-page', text('\n<!DOCTYPE html><html>')],
    ['not-duckdb', text('day,agent,total_cost')],
    ['truncated', head().slice(0, 9000)],
    ['encrypted', head({ storage: 68n, flags: 1n })],
  ])('are refused as %s', (code, bytes) => {
    const result = sniff('a.db', bytes, bytes.length);
    expect(result.ok ? 'opens' : result.error.code).toBe(code);
  });

  it('tell a file cut anywhere, by the block count of the newer database header', () => {
    const whole = headBytes + 3 * 262_144;
    const bytes = head({ blocks: [1n, 3n] });
    expect(sniff('a.db', bytes, whole).ok).toBe(true);
    const cut = sniff('a.db', bytes, whole - 1);
    expect(cut.ok ? 'opens' : cut.error.code).toBe('truncated');
    expect(cut.ok ? '' : cut.error.why).toContain('798.7 kB');
  });

  it('say nothing about length where a server does not tell it', () => {
    expect(sniff('a.db', head({ blocks: [1n, 3n] }), undefined).ok).toBe(true);
  });

  it('name the database that a lone log belongs to', () => {
    const result = sniff('killed.db.wal', text('d\0be\0'), 64);
    expect(result.ok ? '' : result.error.wayOut).toContain('killed.db and killed.db.wal together');
  });
});

describe('the storage version', () => {
  it.each([64n, 65n, 66n, 67n, 68n])('%s opens', (storage) => {
    expect(refuseStorage('a.db', parseHeader(head({ storage })))).toBeUndefined();
  });

  it('999, written by DuckDB 2.0, is refused with the writer and three statements for this file', () => {
    const refusal = refuseStorage("o'neil.db", parseHeader(head({ storage: 999n, writer: 'v2.0.0' })));
    expect(refusal?.code).toBe('newer-storage');
    expect(refusal?.what).toContain('DuckDB 2.0.0');
    const [python, shell, next] = refusal?.copy ?? [];
    expect(shell?.text.split('\n')).toEqual([
      `duckdb -c "ATTACH 'o''neil.db' AS source (READ_ONLY);`,
      "ATTACH 'o''neil.readable.db' AS target (STORAGE_VERSION 'v1.0.0');",
      'COPY FROM DATABASE source TO target;"',
    ]);
    expect(python?.text).toContain('import duckdb');
    expect(next?.text).toContain("'storage_compatibility_version': 'v1.0.0'");
  });

  it('51, from before DuckDB 0.10, is refused as older', () => {
    expect(refuseStorage('a.db', parseHeader(head({ storage: 51n })))?.code).toBe('older-storage');
  });
});
