import type { Refusal } from '../domain/refusal.ts';
import { exportedDatabase } from './refusals.ts';
import type { FileSource } from './source.ts';
import { isLogOf } from './numberedNames.ts';
import { isWalName } from './walRefusals.ts';

/** A file as it was dropped or chosen, with the path of the folder it lies in; empty for a file on its own. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string;
}

export interface ArrangedFiles {
  readonly sources: readonly FileSource[];
  /** Logs of databases that are not among the files. */
  readonly strayWals: readonly File[];
  readonly refusals: readonly Refusal[];
}

/** EXPORT DATABASE writes both of these, and a file for each table beside them. */
const exportScripts = ['schema.sql', 'load.sql'];
const exportedTable = /\.(csv|parquet|tsv)(\.gz|\.zst)?$/i;

/** Databases with their logs, folder by folder; an exported database is one refusal. */
export function arrangeFiles(dropped: readonly DroppedFile[]): ArrangedFiles {
  const folders = new Map<string, File[]>();
  for (const { file, folder } of dropped) folders.set(folder, [...(folders.get(folder) ?? []), file]);
  const sources: FileSource[] = [];
  const strayWals: File[] = [];
  const refusals: Refusal[] = [];
  for (const [folder, files] of folders) {
    const isExport = files.some(({ name }) => exportScripts.includes(name.toLowerCase()));
    if (isExport) refusals.push(exportedDatabase(folder.replace(/^.*\//, '') || 'exported'));
    const rest = isExport
      ? files.filter(({ name }) => !exportScripts.includes(name.toLowerCase()) && !exportedTable.test(name))
      : files;
    const paired = pairWals(rest);
    sources.push(...paired.sources);
    strayWals.push(...paired.strayWals);
  }
  return { sources, strayWals, refusals };
}

/** Files as they were dropped or picked: databases with their WAL, and WALs whose database is not among them. */
interface PairedFiles {
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
