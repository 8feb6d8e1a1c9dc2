/** What was dropped or chosen, folders and all below them too, and which log belongs to which database. */
import type { Refusal } from '../domain/refusal.ts';
import { groupBy } from '../lib/groupBy.ts';
import { asciiAt, hasMagic } from './header.ts';
import { exportedDatabase } from './refusals.ts';
import { archiveFormat } from './sniff.ts';
import type { FileSource } from './source.ts';
import { isLogOf } from './wal.ts';
import { isWalName } from './walRefusals.ts';

/** A file as it was dropped or chosen, with the path of the folder it lies in; empty for a file on its own. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string;
}

interface ArrangedFiles {
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

const databaseName = /\.(db|duckdb|ddb)(\.wal)?(\.gz|\.zst|\.zip)?$/i;
const exportScript = /^(schema|load)\.sql$/i;

/** What was dropped, all files below it with the path of their folder. Entries must be taken during the event. */
export async function readEntries(entries: readonly FileSystemEntry[]): Promise<readonly DroppedFile[]> {
  const found: DroppedFile[] = [];
  for (const entry of entries) {
    if (entry.isFile) found.push(...(await worthOpening([await fileOf(entry as FileSystemFileEntry)], '')));
    if (entry.isDirectory) found.push(...(await readBelow(entry as FileSystemDirectoryEntry)));
  }
  return found;
}

/** The same of the files that an input gives for a folder, each with its path (`webkitRelativePath`). */
export async function readChosenFolder(files: readonly File[]): Promise<readonly DroppedFile[]> {
  const folders = groupBy(files, ({ webkitRelativePath }) => webkitRelativePath.replace(/\/[^/]*$/, ''));
  const found = await Promise.all([...folders].map(([folder, inside]) => worthOpening(inside, folder)));
  return found.flat();
}

async function readBelow(directory: FileSystemDirectoryEntry): Promise<readonly DroppedFile[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives at most a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    entries.push(...some);
  }
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile).map((entry) => fileOf(entry as FileSystemFileEntry)),
  );
  const found = [...(await worthOpening(files, directory.fullPath))];
  for (const entry of entries) {
    if (entry.isDirectory) found.push(...(await readBelow(entry as FileSystemDirectoryEntry)));
  }
  return found;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** Of a folder, what may be a database or belongs to one; a file on its own is always looked at. */
async function worthOpening(files: readonly File[], folder: string): Promise<readonly DroppedFile[]> {
  const kept = await Promise.all(files.map(async (file) => folder === '' || (await isDatabase(file))));
  const isExport = files.some(({ name }) => exportScript.test(name));
  return files.flatMap((file, i) => (kept[i] === true || isExport ? [{ file, folder }] : []));
}

async function isDatabase(file: File): Promise<boolean> {
  if (isWalName(file.name)) return true;
  const head = new Uint8Array(
    await file
      .slice(0, 64)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  if (hasMagic(head)) return true;
  const isNamedSo = databaseName.test(file.name);
  const isPointer = asciiAt(head, 0, 40).startsWith('version https://git-lfs');
  return isNamedSo && (head.length === 0 || isPointer || archiveFormat(head) !== undefined);
}

export function emptyFolder(subject: string): Refusal {
  return {
    code: 'not-duckdb',
    subject,
    what: `${subject} holds no DuckDB file.`,
    why: 'All files in it and below it were looked at; none carries the letters DUCK at byte 8.',
    wayOut: 'Choose the folder that the experiment framework writes to (.db or .duckdb).',
  };
}
