import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { err, ok, type Result } from '../../src/lib/result.ts';
import { databaseFile, type DatabaseFile } from './sharedFiles.ts';

/**
 * The databases named on the command line, each once, in order; or every reason why they cannot be served. A `.wal`
 * (from `results/*`) stands for the database it lies beside.
 */
export async function readDatabaseArguments(
  names: readonly string[],
  workingFolder: string,
): Promise<Result<readonly DatabaseFile[], readonly string[]>> {
  const paths = new Set(names.map((name) => resolve(workingFolder, name.replace(/\.wal$/, ''))));
  const problems: string[] = [];
  for (const path of paths) {
    const problem = await whyUnreadable(path);
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length > 0 ? err(problems) : ok([...paths].map(databaseFile));
}

async function whyUnreadable(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return `${path} is a folder. Name the files in it: ${path}/*.db`;
    if (!found.isFile()) return `${path} is not an ordinary file.`;
    await access(path, constants.R_OK);
    return undefined;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return `${path} does not exist.`;
    if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read: you have no permission.`;
    return `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
