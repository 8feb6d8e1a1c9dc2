import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { faultyEngine } from '../../testing/faultyEngine.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { writeKilled } from '../../testing/killedWriter.ts';
import { Session } from './session.ts';

afterEach(closeBlockingEngines);

async function openedNames(...files: readonly File[]) {
  const session = new Session(() => Promise.resolve(faultyEngine()));
  session.start();
  await session.openFiles(files);
  const { files: open, alerts } = session.getState();
  return { open: open.map(({ name }) => name), alerts: alerts.map(({ refusal }) => refusal) };
}

const file = (from: string, name: string): File => new File([readFileSync(from)], name);
const folder = async (): Promise<string> => path.dirname(await writeFixture('empty'));
const rows = `CREATE TABLE transactions AS
  SELECT 'sim-1' AS simulation_id, 'tx' || i AS tx_id, 'A' AS sender_id, random() AS r FROM range(300000) t(i);`;

it('a database killed after a bulk insert: without its log no table, megabytes without a name', async () => {
  const killed = path.join(await folder(), 'killed.db');
  writeKilled(killed, '', rows);
  expect(statSync(killed).size).toBeGreaterThan(1_000_000);
  const { open, alerts } = await openedNames(file(killed, 'killed.db'));
  expect(open).toEqual([]);
  expect(alerts).toMatchObject([{ code: 'wal-missing', what: 'killed.db holds no table yet.' }]);
  expect(alerts[0]?.why).toMatch(/^It has \d+\.\d MB of blocks that no table names/);
});

it('one that had tables before opens, and says that its latest rows are in the log', async () => {
  const killed = path.join(await folder(), 'killed.db');
  writeKilled(
    killed,
    `CREATE TABLE experiments (run_id VARCHAR); INSERT INTO experiments VALUES ('a');`,
    rows,
  );
  const alone = await openedNames(file(killed, 'killed.db'));
  expect(alone.open).toEqual(['killed.db']);
  expect(alone.alerts).toMatchObject([{ code: 'wal-missing', warning: true }]);
  expect(alone.alerts[0]?.why).toMatch(/^It is \d+\.\d MB longer than its header accounts for/);
  const together = await openedNames(file(killed, 'killed.db'), file(`${killed}.wal`, 'killed.db.wal'));
  expect(together).toEqual({ open: ['killed.db'], alerts: [] });
});

it('two schemas that could be read are both named', async () => {
  const statements = [
    sql`CREATE SCHEMA backup`,
    sql`CREATE TABLE backup.experiments AS FROM main.experiments`,
  ];
  const path = await writeFixture('B-V2', { experiments: [{ id: 'a' }] }, { statements });
  const { open, alerts } = await openedNames(file(path, 'two.db'));
  expect(open).toEqual(['two.db']);
  expect(alerts).toMatchObject([{ code: 'other-schema', warning: true }]);
  expect(alerts[0]?.what).toContain('main and backup');
});

describe('a log that is not the file’s own', () => {
  const written = async (id: string, statements: readonly Sql[] = [], leaveWal = false) =>
    writeFixture('B-V5', { experiments: [{ id }] }, { statements, leaveWal });

  it('garbage is left aside, and said', async () => {
    const path = await written('a');
    const { open, alerts } = await openedNames(
      file(path, 'a.db'),
      new File(['garbage of some length'], 'a.db.wal'),
    );
    expect(open).toEqual(['a.db']);
    expect(alerts).toMatchObject([{ code: 'wal-mismatch', subject: 'a.db.wal', warning: true }]);
  });

  it('cut in the middle, the file opens with what is whole, and that is said', async () => {
    const path = await written('a', [], true);
    const log = readFileSync(`${path}.wal`);
    const { alerts } = await openedNames(
      file(path, 'a.db'),
      new File([log.subarray(0, log.length - 20)], 'a.db.wal'),
    );
    expect(alerts).toMatchObject([{ code: 'truncated', subject: 'a.db.wal', warning: true }]);
    expect(alerts[0]?.why).toMatch(/^\d+ whole transactions of it are read; the last \d+/);
  });

  it('garbage beside a database that has nothing without its log: both are said in one', async () => {
    const killed = path.join(await folder(), 'killed.db');
    writeKilled(killed, '', rows);
    const { open, alerts } = await openedNames(
      file(killed, 'killed.db'),
      new File(['garbage of some length'], 'killed.db.wal'),
    );
    expect(open).toEqual([]);
    expect(alerts).toMatchObject([{ code: 'wal-mismatch', subject: 'killed.db' }]);
    expect(alerts[0]?.why).toContain('killed.db.wal is not a log of DuckDB');
  });

  it('the log of another database is left aside, and said', async () => {
    const [path, other] = [await written('a'), await written('b', [], true)];
    const { open, alerts } = await openedNames(file(path, 'a.db'), file(`${other}.wal`, 'a.db.wal'));
    expect(open).toEqual(['a.db']);
    expect(alerts).toMatchObject([{ code: 'wal-mismatch', subject: 'a.db.wal', warning: true }]);
    expect(alerts[0]?.what).toBe('a.db.wal does not fit a.db, and was left aside.');
    expect(alerts[0]?.why).toMatch(/Failure while replaying WAL file "a\.db\.wal"/);
  });

  it('one with a wrong byte is called damaged', async () => {
    const path = await written('a', [], true);
    const log = readFileSync(`${path}.wal`);
    log[Math.floor(log.length / 2)] = (log[Math.floor(log.length / 2)] ?? 0) ^ 0xff;
    const { alerts } = await openedNames(file(path, 'a.db'), new File([log], 'a.db.wal'));
    expect(alerts).toMatchObject([{ code: 'wal-mismatch' }]);
    expect(`${alerts[0]?.what} ${alerts[0]?.why}`).toContain('a.db.wal is damaged');
  });

  it('a log that a download numbered otherwise joins its database later', async () => {
    const path = await written('a', [], true);
    const session = new Session(() => Promise.resolve(faultyEngine()));
    session.start();
    await session.openFiles([file(path, 'a (1).db')]);
    await session.openFiles([file(`${path}.wal`, 'a.db (1).wal')]);
    const { files, alerts } = session.getState();
    expect(files).toMatchObject([{ name: 'a (1).db', withWal: true }]);
    expect(alerts).toEqual([]);
  });

  it('in files of the newest storage version the log names its database', async () => {
    const killed = async (name: string) => {
      const at = path.join(await folder(), name);
      writeKilled(
        at,
        '',
        `CREATE TABLE experiments (run_id VARCHAR); INSERT INTO experiments VALUES ('a');`,
        'v1.5.0',
      );
      return at;
    };
    const [own, other] = [await killed('own.db'), await killed('other.db')];
    expect(await openedNames(file(own, 'own.db'), file(`${own}.wal`, 'own.db.wal'))).toEqual({
      open: ['own.db'],
      alerts: [],
    });
    const { open, alerts } = await openedNames(file(own, 'own.db'), file(`${other}.wal`, 'own.db.wal'));
    expect(open).toEqual([]);
    expect(alerts).toMatchObject([{ code: 'wal-mismatch' }]);
    expect(alerts[0]?.why).toContain('own.db.wal is the log of another database');
  });
});
