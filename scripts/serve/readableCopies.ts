import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import {
  refuseStorage,
  hasMagic,
  headBytes,
  parseHeader,
  type DuckDbHeader,
} from '../../src/source/header.ts';
import { convert, conversionStatements, findDuckDbTwo, type SearchedMachine } from './duckDbTwo.ts';
import { databasesIn, stateOnDisk } from './databasesIn.ts';
import { databaseFile, type Copy, type DatabaseFile } from './sharedFiles.ts';

export interface CopyOptions {
  /** An empty folder of ours; the caller removes it. */
  readonly folder: string;
  readonly machine: SearchedMachine;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** A gigabyte takes about half a minute. */
const conversionTimeoutMs = 30 * 60_000;

/**
 * The files to serve: a file in a newer storage than the browser reads is replaced by a readable copy where DuckDB 2 is
 * on the machine. Otherwise the original is served, and the app refuses it with the way out.
 */
export async function withReadableCopies(
  files: readonly DatabaseFile[],
  options: CopyOptions,
): Promise<readonly DatabaseFile[]> {
  const served: DatabaseFile[] = [];
  for (const [index, file] of files.entries()) {
    const header = await readHeader(file.path);
    const needsCopy = header !== undefined && isTooNew(file.name, header);
    served.push(needsCopy ? await readableCopy(file, header, index, options) : file);
  }
  return served;
}

/** Readable copies of what lies in folders, by the path of their original, for those that no browser engine reads. */
export async function copiesIn(
  folders: readonly string[],
  options: CopyOptions,
): Promise<ReadonlyMap<string, Copy>> {
  const copies = new Map<string, Copy>();
  for (const [at, folder] of folders.entries()) {
    const files = (await databasesIn(folder)).map((name) => databaseFile(join(folder, name)));
    const states = await Promise.all(files.map(({ path }) => stateOnDisk(path)));
    const own = join(options.folder, `folder${at}`);
    await mkdir(own);
    const readable = await withReadableCopies(files, { ...options, folder: own });
    for (const [i, { path }] of files.entries()) {
      const [copy, state] = [readable[i], states[i]?.state];
      if (copy !== undefined && copy.path !== path && state !== undefined)
        copies.set(path, { path: copy.path, state });
    }
  }
  return copies;
}

/** An encrypted file is refused for that, whatever its storage: no statement without its key helps. */
function isTooNew(name: string, header: DuckDbHeader): boolean {
  return !header.encrypted && refuseStorage(name, header)?.code === 'newer-storage';
}

async function readableCopy(
  file: DatabaseFile,
  header: DuckDbHeader,
  index: number,
  { folder, machine, say, signal }: CopyOptions,
): Promise<DatabaseFile> {
  say(
    `${file.name} was written by DuckDB ${header.writerVersion.replace(/^v/, '')} in a storage format that no browser engine reads yet.`,
  );
  const duckDb = await findDuckDbTwo(machine, folder);
  if (duckDb === undefined) {
    say('  No DuckDB 2 was found here: neither the duckdb program nor a Python that imports it');
    say('  (ITERSCOPE_PYTHON may name one). These statements make a readable copy where there is one:');
    for (const statement of byHand(file)) say(`    ${statement}`);
    return file;
  }
  // A folder for each, so that the copy can keep the name of its original.
  const target = join(folder, String(index), file.name);
  await mkdir(join(folder, String(index)));
  say(`  Making a readable copy of it with ${duckDb.description} ...`);
  const copied = await convert(duckDb, file.path, target, {
    cwd: folder,
    timeoutMs: conversionTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!copied.ok) {
    await rm(target, { force: true });
    say(`  That failed: ${copied.error}`);
    say('  The original was not touched. By hand, in DuckDB 2:');
    for (const statement of byHand(file)) say(`    ${statement}`);
    return file;
  }
  say('  The temporary copy is what opens, and goes when you end this. The original was not touched.');
  return databaseFile(target);
}

function byHand(file: DatabaseFile): readonly string[] {
  return conversionStatements(file.path, 'readable.db').map((statement) => `${statement.text};`);
}

async function readHeader(path: string): Promise<DuckDbHeader | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return bytesRead === headBytes && hasMagic(head) ? parseHeader(head) : undefined;
  } finally {
    await file.close();
  }
}
