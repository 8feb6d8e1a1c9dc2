import { isLogOf } from './numberedNames.ts';
import type { FileSource } from './source.ts';
import { isWalName } from './walRefusals.ts';

/** Files as they were dropped or picked: databases with their WAL, and WALs whose database is not among them. */
export interface PairedFiles {
  readonly sources: readonly FileSource[];
  readonly strayWals: readonly File[];
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
    const alike = wals.filter(({ name }) => isLogOf(name, database));
    const wal = exact ?? (alike.length === 1 ? alike[0] : undefined);
    if (wal !== undefined) taken.add(wal);
    return wal;
  };
  const sources = files
    .filter(({ name }) => !isWalName(name))
    .map((file): FileSource => ({ kind: 'file', name: file.name, file, wal: findWal(file.name) }));
  return { sources, strayWals: logs.filter((log) => !taken.has(log)) };
}
