/** A database as a process leaves it that is killed right after a bulk insert. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Run by a Node of its own, so that nothing is closed or checkpointed. */
const writer = `
  import { DuckDBInstance } from '@duckdb/node-api';
  const [file, before, bulk, storage] = process.argv.slice(1);
  const instance = await DuckDBInstance.create(file, { storage_compatibility_version: storage });
  const connection = await instance.connect();
  await connection.run(before + 'CHECKPOINT;');
  await connection.run('BEGIN;' + bulk + 'COMMIT;');
  process.kill(process.pid, 'SIGKILL');
`;

/**
 * Writes `file`: the statements `before` stand in it, the transaction `bulk` only in its log and in blocks beyond
 * those that its header counts. Rows beyond one row group (122,880) are written so.
 */
export function writeKilled(file: string, before: string, bulk: string, storage = 'v1.0.0'): void {
  const cwd = path.resolve(import.meta.dirname, '../..');
  const { signal, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', writer, file, before, bulk, storage],
    { cwd, encoding: 'utf8' },
  );
  if (signal !== 'SIGKILL') throw new Error(`the writer was not killed: ${stderr}`);
}
