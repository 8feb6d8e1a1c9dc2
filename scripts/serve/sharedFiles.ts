import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';

import { decoded } from '../../src/lib/address.ts';
import { databasesIn, stateOnDisk } from './databasesIn.ts';

/** A database that `npm start` was given: the name to show and where its bytes are. */
export interface DatabaseFile {
  readonly name: string;
  readonly path: string;
}

/** What `npm start` was given: files, and folders whose databases are all meant. */
export interface Given {
  readonly files: readonly DatabaseFile[];
  readonly folders: readonly string[];
}

/** What lies in a folder of addresses now (docs/url-format.md, "Folders that are followed"). */
interface FolderListing {
  /** What a person calls the folder; absent where single files were named. */
  readonly folder?: string;
  readonly files: readonly {
    /** Relative to the address of the listing, not encoded. */
    readonly path: string;
    readonly sizeBytes: number;
    /** Another text after each write to the database or its log. */
    readonly state: string;
  }[];
}

/** The only files outside the build that the server can reach. */
export interface SharedFiles {
  /** One address per file, in their order; each given file and each folder has a random folder of its own. */
  readonly addresses: readonly string[];
  /** The addresses of the given folders; their databases are listed there. */
  readonly folders: readonly string[];
  /** The path on disk behind the pathname of a request, which may be the write-ahead log beside a file. */
  find(pathname: string): string | undefined;
  /** What lies behind the address of a folder now; undefined where it is none. */
  list(pathname: string): Promise<FolderListing | undefined>;
}

/** A readable copy of a database that lies in a folder, and the state of the database that it was made of. */
export interface Copy {
  readonly path: string;
  readonly state: string;
}

/**
 * Gives each file an unguessable address, `/files/<32 hex digits>/<name>`: equal names do not collide. `copies`, by the path of
 * their original, are sent in its place until that is written to.
 */
export async function shareFiles(
  files: readonly DatabaseFile[],
  folders: readonly string[] = [],
  copies: ReadonlyMap<string, Copy> = new Map(),
): Promise<SharedFiles> {
  const byAddress = new Map<string, string>();
  const listings = new Map<string, () => Promise<FolderListing>>();
  const share = (at: string, name: string, path: string): string => {
    byAddress.set(`${at}${name}`, path);
    byAddress.set(`${at}${name}.wal`, `${path}.wal`);
    return `${at}${name.split('/').map(encodeURIComponent).join('/')}`;
  };
  const served = async (path: string): Promise<string> => {
    const copy = copies.get(path);
    return copy !== undefined && (await stateOnDisk(path))?.state === copy.state ? copy.path : path;
  };
  const addresses = files.map(({ name, path }) => {
    const at = randomFolder();
    listings.set(at, async () => ({ files: await described(new Map([[name, path]])) }));
    return share(at, name, path);
  });
  const folderAddresses = folders.map((path) => {
    const at = randomFolder();
    listings.set(at, async () => {
      const found = new Map((await databasesIn(path)).map((name) => [name, join(path, name)]));
      for (const [name, file] of found) share(at, name, await served(file));
      return { folder: basename(path), files: await described(found) };
    });
    return at;
  });
  const list = async (pathname: string): Promise<FolderListing | undefined> => listings.get(pathname)?.();
  for (const at of folderAddresses) {
    for (const { path } of (await list(at))?.files ?? [])
      addresses.push(`${at}${path.split('/').map(encodeURIComponent).join('/')}`);
  }
  return {
    addresses,
    folders: folderAddresses,
    // A lookup of the whole decoded address; no path is ever composed from a request.
    find: (pathname) => byAddress.get(decoded(pathname) ?? ''),
    list,
  };
}

const randomFolder = (): string => `/files/${randomBytes(16).toString('hex')}/`;

async function described(paths: ReadonlyMap<string, string>): Promise<FolderListing['files']> {
  const all = await Promise.all(
    [...paths].map(async ([path, file]) => {
      const state = await stateOnDisk(file);
      return state === undefined ? [] : [{ path, ...state }];
    }),
  );
  return all.flat();
}

export function databaseFile(path: string): DatabaseFile {
  return { name: basename(path), path };
}
