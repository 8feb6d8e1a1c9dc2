import type { FileSource } from './source.ts';

/** Files as they were dropped or picked: databases with their WAL, and WALs whose database is not among them. */
export interface PairedFiles {
  readonly sources: readonly FileSource[];
  readonly strayWals: readonly File[];
}

/** DuckDB finds `name.wal` beside `name`, so the exact names decide. */
export function pairWals(files: readonly File[]): PairedFiles {
  const isWal = (file: File): boolean => file.name.toLowerCase().endsWith('.wal');
  const wals = new Map(files.filter(isWal).map((file) => [file.name.slice(0, -'.wal'.length), file]));
  const sources = files
    .filter((file) => !isWal(file))
    .map((file): FileSource => ({ kind: 'file', name: file.name, file, wal: wals.get(file.name) }));
  const named = new Set(sources.map((source) => source.name));
  return { sources, strayWals: [...wals].filter(([name]) => !named.has(name)).map(([, file]) => file) };
}
