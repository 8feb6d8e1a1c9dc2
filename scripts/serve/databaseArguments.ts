import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { err, ok, type Result } from '../../src/lib/result.ts';
import { databaseFile, type Given } from './sharedFiles.ts';

/**
 * The databases and folders named on the command line, each once, in order; or every reason why they cannot be served. A
 * `.wal` (from `results/*`) stands for the database it lies beside.
 */
export async function readDatabaseArguments(
  names: readonly string[],
  workingFolder: string,
): Promise<Result<Given, readonly string[]>> {
  const paths = new Set(names.map((name) => resolve(workingFolder, name.replace(/\.wal$/, ''))));
  const problems: string[] = [];
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const kind = await kindOf(path);
    if (kind === 'folder') folders.push(path);
    else if (kind === 'file') files.push(path);
    else problems.push(kind.problem);
  }
  return problems.length > 0 ? err(problems) : ok({ files: files.map(databaseFile), folders });
}

/** The path of one database, where a folder will not do. */
export async function readFileArgument(
  name: string,
  workingFolder: string,
): Promise<Result<string, readonly string[]>> {
  const given = await readDatabaseArguments([name], workingFolder);
  if (!given.ok) return given;
  const [file] = given.value.files;
  const [folder = name] = given.value.folders;
  return file === undefined
    ? err([`${folder} is a folder. Name the files in it: ${folder}/*.db`])
    : ok(file.path);
}

async function kindOf(path: string): Promise<'file' | 'folder' | { readonly problem: string }> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) return { problem: `${path} is not an ordinary file.` };
    await access(path, constants.R_OK);
    return found.isFile() ? 'file' : 'folder';
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: `${path} does not exist.` };
    if (code === 'EACCES' || code === 'EPERM')
      return { problem: `${path} may not be read: you have no permission.` };
    return { problem: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}
