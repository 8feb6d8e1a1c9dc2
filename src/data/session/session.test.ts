import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it, vi } from 'vitest';

import { sql } from '../../lib/sql.ts';
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

it('a file that cannot be read any more stays open where it stands, when another is opened or closed', async () => {
  const session = new Session(() => Promise.resolve(faultyEngine()));
  const fixture = async (id: string): Promise<File> =>
    new File([await readFile(await writeFixture('B-V5', { experiments: [{ id }] }))], `${id}.db`);
  const names = () => session.getState().files.map(({ name }) => name);
  const gone = await fixture('gone');
  await session.openFiles([gone]);
  const unreadable = { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
  vi.spyOn(gone, 'slice').mockReturnValue(unreadable as unknown as Blob);
  await session.openFiles([await fixture('second')]);
  expect(names()).toEqual(['gone.db', 'second.db']);
  const second = session.getState().files[1];
  if (second !== undefined) await session.close(second.fileId);
  expect(names()).toEqual(['gone.db']);
  expect(session.getState().alerts).toEqual([]);
});

describe('where engines start slowly', () => {
  const engines: FaultyEngine[] = [];
  const session = new Session(async () => {
    // The first is waited for. Of the others, longer than anybody waits who has one.
    if (engines.length > 0) await new Promise((resolve) => setTimeout(resolve, 800));
    const engine = faultyEngine();
    engines.push(engine);
    return engine;
  });
  const fixture = async (name: string): Promise<File> => {
    const path = await writeFixture('B-V5', { experiments: [{ id: `in ${name}` }] });
    return new File([await readFile(path)], `${name}.db`);
  };
  const open = async (...names: readonly string[]) =>
    session.openFiles(await Promise.all(names.map((name) => fixture(name))));
  const close = async (name: string) => {
    const file = session.getState().files.find((each) => each.name === `${name}.db`);
    if (file !== undefined) await session.close(file.fileId);
  };
  const ids = () =>
    session.ask(async (engine) => {
      const rows = await engine.query(sql`SELECT experiment_id FROM experiments ORDER BY file_id`);
      return Array.from({ length: rows.rowCount }, (_, row) => String(rows.cell(0, row)));
    }, new AbortController().signal);
  const attached = () =>
    session.ask(async (engine) => {
      const rows = await engine.query(
        sql`SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name <> 'memory' ORDER BY 1`,
      );
      return Array.from({ length: rows.rowCount }, (_, row) => String(rows.cell(0, row)));
    }, new AbortController().signal);
  const engineAsked = () =>
    session.ask(
      (engine) => Promise.resolve(engines.indexOf(engine as FaultyEngine)),
      new AbortController().signal,
    );
  const alerts = () => session.getState().alerts.map(({ refusal }) => `${refusal.code} ${refusal.subject}`);

  it('further files join the engine that stands, which keeps what it has prepared', async () => {
    session.start();
    await open('one');
    await session.ask(
      (engine) => engine.run([sql`CREATE TABLE memory.main.made AS SELECT 1 AS a`]),
      new AbortController().signal,
    );
    await open('two');
    await open('three', 'four');
    expect(await ids()).toEqual(['in one', 'in two', 'in three', 'in four']);
    expect([await engineAsked(), alerts()]).toEqual([0, []]);
    const made = await session.ask((engine) => engine.query(sql`FROM made`), new AbortController().signal);
    expect(made.rowCount).toBe(1);
  });

  it('a file that is closed is detached, the others stay', async () => {
    await close('two');
    expect(await ids()).toEqual(['in one', 'in three', 'in four']);
    expect([await attached(), await engineAsked()]).toEqual([['f1', 'f3', 'f4'], 0]);
  });

  it('a file that was written to since gives way to what is opened anew', async () => {
    const old = await fixture('five');
    await session.openFiles([old]);
    expect(await attached()).toEqual(['f1', 'f3', 'f4', 'f5']);
    // A browser reads nothing of it any more.
    const unreadable = { arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) };
    vi.spyOn(old, 'slice').mockReturnValue(unreadable as unknown as Blob);
    const path = await writeFixture('B-V5', { experiments: [{ id: 'in five, later' }] });
    await session.openFiles([new File([await readFile(path)], 'five.db')]);
    expect(await ids()).toEqual(['in one', 'in three', 'in four', 'in five, later']);
    expect([await attached(), await engineAsked(), alerts()]).toEqual([['f1', 'f3', 'f4', 'f6'], 0, []]);
    await close('five');
  });

  it('a file with nothing to show is refused and detached, on the same engine', async () => {
    const path = await writeFixture('foreign');
    await session.openFiles([new File([await readFile(path)], 'bare.db')]);
    expect([alerts(), await attached(), await engineAsked()]).toEqual([
      ['no-known-tables bare.db'],
      ['f1', 'f3', 'f4'],
      0,
    ]);
  });

  it('what the engine refuses is tried on a fresh one, with all files', async () => {
    engines[0]?.failNext(outOfMemory);
    await open('six');
    expect(await ids()).toEqual(['in one', 'in three', 'in four', 'in six']);
    expect(alerts()).toEqual(['no-known-tables bare.db']);
    expect(await engineAsked()).toBe(1);
  });

  it('an engine that goes while a file joins it: all stand on a fresh one', async () => {
    engines[1]?.failNext(trap);
    await open('seven');
    expect(await ids()).toEqual(['in one', 'in three', 'in four', 'in six', 'in seven']);
    expect([await engineAsked(), alerts()]).toEqual([2, ['no-known-tables bare.db']]);
  });
});
