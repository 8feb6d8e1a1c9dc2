import type { Refusal } from '../domain/refusal.ts';
import { pairWals } from './pairWals.ts';
import { exportedDatabase } from './refusals.ts';
import type { FileSource } from './source.ts';

/** A file as it was dropped or chosen, with the path of the folder it lies in; empty for a file on its own. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string;
}

export interface Arranged {
  readonly sources: readonly FileSource[];
  /** Logs of databases that are not among the files. */
  readonly strayWals: readonly File[];
  readonly refusals: readonly Refusal[];
}

/** EXPORT DATABASE writes both of these, and a file for each table beside them. */
const exportScripts = ['schema.sql', 'load.sql'];
const exportedTable = /\.(csv|parquet|tsv)(\.gz|\.zst)?$/i;

/** Databases with their logs, folder by folder; an exported database is one refusal. */
export function arrangeFiles(dropped: readonly DroppedFile[]): Arranged {
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
