import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';

/** A database that `npm start` was given: the name to show and where its bytes are. */
export interface DatabaseFile {
  readonly name: string;
  readonly path: string;
}

/** The only files outside the build that the server can reach. */
export interface SharedFiles {
  /** One address per file, in their order; each has a random folder of its own. */
  readonly addresses: readonly string[];
  /** The path on disk behind the pathname of a request, which may be the write-ahead log beside a file. */
  find(pathname: string): string | undefined;
}

/** Gives each file an unguessable address, `/files/<32 hex digits>/<name>`: equal names do not collide. */
export function shareFiles(files: readonly DatabaseFile[]): SharedFiles {
  const byAddress = new Map<string, string>();
  const addresses = files.map((file) => {
    const folder = `/files/${randomBytes(16).toString('hex')}/`;
    byAddress.set(`${folder}${file.name}`, file.path);
    byAddress.set(`${folder}${file.name}.wal`, `${file.path}.wal`);
    return `${folder}${encodeURIComponent(file.name)}`;
  });
  return {
    addresses,
    // A lookup of the whole decoded address; no path is ever composed from a request.
    find: (pathname) => byAddress.get(decoded(pathname) ?? ''),
  };
}

export function databaseFile(path: string): DatabaseFile {
  return { name: basename(path), path };
}

/** The percent-decoded text, nothing when it is malformed. */
export function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
