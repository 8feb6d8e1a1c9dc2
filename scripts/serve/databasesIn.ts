import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { hasMagic } from '../../src/source/header.ts';

/** More entries of one folder and below are not looked at: the listing is asked for every few seconds. */
const mostEntries = 10_000;
const magicBytes = 12;

/**
 * Paths, relative to the folder, of the databases in it and below it, in the order of their names. What counts is the
 * content, not the name; hidden folders are left out. A folder that cannot be read holds none.
 */
export async function databasesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [''];
  let seen = 0;
  for (let at = waiting.shift(); at !== undefined && seen < mostEntries; at = waiting.shift()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.') || ++seen > mostEntries) continue;
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') waiting.push(path);
      // A link to a file is often the newest run.
      else if ((entry.isFile() || entry.isSymbolicLink()) && (await isDatabase(join(folder, path))))
        found.push(path);
    }
  }
  return found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** What is known of a file, by its size and time: its first bytes are read once for each. */
const known = new Map<string, { readonly state: string; readonly isDatabase: boolean }>();

async function isDatabase(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size < magicBytes) return false;
    const state = `${found.size} ${found.mtimeMs}`;
    const before = known.get(path);
    if (before?.state === state) return before.isDatabase;
    const file = await open(path, 'r');
    try {
      const { buffer } = await file.read(Buffer.alloc(magicBytes), 0, magicBytes, 0);
      known.set(path, { state, isDatabase: hasMagic(buffer) });
      return hasMagic(buffer);
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

/**
 * The size of a database, and a text that is another one after each write to it or to the log beside it; undefined where
 * there is no such file.
 */
export async function stateOnDisk(
  path: string,
): Promise<{ readonly sizeBytes: number; readonly state: string } | undefined> {
  const [file, log] = await Promise.all(
    [path, `${path}.wal`].map((each) => stat(each, { bigint: true }).catch(() => undefined)),
  );
  if (file?.isFile() !== true) return undefined;
  const parts = [file, ...(log === undefined ? [] : [log])];
  return {
    sizeBytes: Number(file.size),
    state: parts.map(({ size, mtimeNs }) => `${size.toString(16)}-${mtimeNs.toString(16)}`).join('+'),
  };
}
