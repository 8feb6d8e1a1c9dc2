/** Databases in folders that were dropped or chosen, below them too. */
import type { Refusal } from '../domain/refusal.ts';
import { groupBy } from '../lib/groupBy.ts';
import { archiveFormat } from './archives.ts';
import type { DroppedFile } from './arrangeFiles.ts';
import { asciiAt, hasMagic } from './header.ts';
import { isWalName } from './walRefusals.ts';

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
