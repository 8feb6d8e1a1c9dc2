import type { FileSource } from './source.ts';
import { isWalName } from './walRefusals.ts';

/** Files as they were dropped or picked: databases with their WAL, and WALs whose database is not among them. */
export interface PairedFiles {
  readonly sources: readonly FileSource[];
  readonly strayWals: readonly File[];
}

/** ` (1)`, as browsers and file managers number a second file of a name: at the end, or before an ending. */
const numbered = /^(.*?) \((\d+)\)((?:\.[^.() ]+)*)$/s;

/**
 * The name of the database that a log of this name belongs to, with the number that a download gave it:
 * `killed.db (1).wal` and `killed (1).db.wal` are both the log of `killed (1).db`.
 */
function keyOf(name: string): string {
  const [, before = '', number, after = ''] = numbered.exec(name) ?? [];
  return number === undefined ? name : `${before}${after} (${number})`;
}

const endsInWal = (name: string): boolean => /\.wal$/i.test(name);

/**
 * DuckDB finds `name.wal` beside `name`, so the exact names decide; where there is none, names that a download
 * numbered alike.
 */
export function pairWals(files: readonly File[]): PairedFiles {
  const logs = files.filter(({ name }) => isWalName(name));
  const wals = logs.filter(({ name }) => endsInWal(name));
  const taken = new Set<File>();
  const findWal = (database: string): File | undefined => {
    const exact = wals.find(({ name }) => name === `${database}.wal`);
    const alike = wals.filter(({ name }) => keyOf(name.slice(0, -'.wal'.length)) === keyOf(database));
    const wal = exact ?? (alike.length === 1 ? alike[0] : undefined);
    if (wal !== undefined) taken.add(wal);
    return wal;
  };
  const sources = files
    .filter(({ name }) => !isWalName(name))
    .map((file): FileSource => ({ kind: 'file', name: file.name, file, wal: findWal(file.name) }));
  return { sources, strayWals: logs.filter((log) => !taken.has(log)) };
}
