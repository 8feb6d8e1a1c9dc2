import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it } from 'vitest';

import { experimentList } from '../../queries/experimentList.ts';
import { faultyEngine, type FaultyEngine } from '../../testing/faultyEngine.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { failureCode } from '../failureCode.ts';
import { Session } from './session.ts';

const outOfMemory = 'Out of Memory Error: failed to allocate data of size 2.0 GiB';
const trap = 'memory access out of bounds';

describe('an engine that fails (DuckDB’s own words)', () => {
  const engines: FaultyEngine[] = [];
  let second: File;
  const session = new Session(() => {
    const engine = faultyEngine();
    // The second set of files is more than memory holds, whichever of them is attached first.
    if (engines.length === 1) engine.failNext(outOfMemory);
    engines.push(engine);
    return Promise.resolve(engine);
  });
  const names = () => session.getState().files.map((file) => file.name);
  const alerts = () => session.getState().alerts.map(({ refusal }) => `${refusal.code} ${refusal.subject}`);
  const ids = () =>
    session.ask(
      async (engine) => (await experimentList(engine, {})).map((row) => row.experimentId),
      new AbortController().signal,
    );

  beforeAll(async () => {
    const open = async (name: string) => {
      const path = await writeFixture('B-V5', { experiments: [{ id: `in ${name}` }] });
      return new File([await readFile(path)], name);
    };
    session.start();
    await session.openFiles([await open('first.db')]);
    second = await open('second.db');
  });

  it('answers as long as nothing is wrong', async () => {
    expect([names(), alerts(), await ids()]).toEqual([['first.db'], [], ['in first.db']]);
  });

  it('out of memory while it answers: the question fails by that name, the file stays open', async () => {
    engines[0]?.failNext(outOfMemory);
    const failure: unknown = await ids().catch((error: unknown) => error);
    expect(failure instanceof Error && failureCode(failure)).toBe('out-of-memory');
    expect([names(), alerts(), await ids()]).toEqual([['first.db'], [], ['in first.db']]);
  });

  it('out of memory while it opens: that is said, and what was open stays and answers', async () => {
    await session.openFiles([second]);
    expect([names(), alerts(), await ids()]).toEqual([
      ['first.db'],
      ['out-of-memory second.db'],
      ['in first.db'],
    ]);
  });

  it('dead while it answers: another one stands up with the same files, and the question is answered', async () => {
    engines[0]?.failNext(trap);
    expect(await ids()).toEqual(['in first.db']);
    expect(names()).toEqual(['first.db']);
    expect(alerts()).toContain('engine-crashed first.db');
  });
});
