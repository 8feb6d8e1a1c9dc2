import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { inspectWal } from './wal.ts';

describe('the log of a killed process', () => {
  let log: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    const path = await writeFixture('B-V5', { experiments: [{ id: 'a' }] }, { leaveWal: true });
    log = new Uint8Array(readFileSync(`${path}.wal`));
  });
  const inspect = (bytes: Uint8Array<ArrayBuffer>) => inspectWal(new Blob([bytes]));

  it('is whole as it was left', async () => {
    const facts = await inspect(log);
    expect(facts).toMatchObject({ state: 'whole', lostBytes: 0 });
    expect(facts.commits).toBeGreaterThan(5);
  });

  it('cut anywhere, says so, unless it ends with a transaction', async () => {
    const { commits } = await inspect(log);
    for (const bytes of [9, 20, Math.floor(log.length / 2), log.length - 1]) {
      const facts = await inspect(log.slice(0, bytes));
      expect([bytes, facts.state]).toEqual([bytes, 'cut']);
      expect(facts.commits).toBeLessThan(commits);
      expect(facts.lostBytes).toBeGreaterThan(0);
    }
  });

  it('is told from anything else', async () => {
    expect((await inspect(new Uint8Array())).state).toBe('empty');
    expect((await inspect(new TextEncoder().encode('not a log of any kind'))).state).toBe('foreign');
    expect((await inspect(log.slice().fill(9, 5, 6))).state).toBe('unknown');
    expect((await inspect(log.slice().fill(255, 8, 24))).state).toBe('cut');
  });
});

describeRealFile('killed.db.wal', (file) => {
  it('is whole', async () => {
    expect(await inspectWal(new Blob([readFileSync(file)]))).toMatchObject({ state: 'whole' });
  });
});
