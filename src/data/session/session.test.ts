import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it, vi } from 'vitest';

import { experimentList } from '../../queries/experimentList.ts';
import { ask } from '../../testing/ask.ts';
import { firstFile } from '../../testing/openFixture.ts';
import { faultyEngine, type FaultyEngine } from '../../testing/faultyEngine.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { explainFailure } from '../questionFailure.ts';
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
      async (engine) => (await ask(engine, experimentList, firstFile)).map((row) => row.experimentId),
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
    expect(failure instanceof Error && explainFailure(failure).code).toBe('out-of-memory');
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

  it('closed by the engine itself after an error of its own: likewise', async () => {
    const before = engines.length;
    engines
      .at(-1)
      ?.failNext('FATAL Error: Failed: database has been invalidated because of a previous fatal error.');
    expect([await ids(), engines.length]).toEqual([['in first.db'], before + 1]);
  });
});

describe('an engine that goes by itself', () => {
  const engines: FaultyEngine[] = [];
  let kills = 0;
  const session = new Session(() => {
    const engine = faultyEngine();
    engines.push(engine);
    // Some while it attaches, some while it prepares the tables or answers.
    if (kills > 0) setTimeout(() => engine.terminate('killed'), 400 * kills--);
    return Promise.resolve(engine);
  });
  const ids = () =>
    session.ask(async (engine) => {
      const files = session.getState().files;
      const lists = await Promise.all(files.map(({ fileId }) => ask(engine, experimentList, { fileId })));
      return lists.flat().map((row) => row.experimentId);
    }, new AbortController().signal);

  it('four times in a row: both files stand again, the question is answered, and it is said', async () => {
    session.start();
    const paths = await Promise.all(
      ['one', 'two'].map((name) => writeFixture('B-V5', { experiments: [{ id: `in ${name}` }] })),
    );
    const [one, two] = await Promise.all(paths.map((path) => readFile(path)));
    if (one === undefined || two === undefined) throw new Error('no fixture');
    await session.openFiles([new File([one], 'one.db'), new File([two], 'two.db')]);
    expect(engines).toHaveLength(1);
    kills = 3;
    const answer = ids();
    engines[0]?.terminate('killed');
    expect((await answer).sort()).toEqual(['in one', 'in two']);
    // The last may go after the answer; another stands up all the same.
    await vi.waitFor(() => expect(engines).toHaveLength(5), { timeout: 20_000 });
    expect((await ids()).sort()).toEqual(['in one', 'in two']);
    const { files, alerts } = session.getState();
    expect(files.map(({ name }) => name)).toEqual(['one.db', 'two.db']);
    expect(alerts.map(({ refusal }) => refusal.code)).toEqual(['engine-crashed']);
  });
});
