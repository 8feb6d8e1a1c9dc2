/** The files that were open in this browser, and how to get at them again (docs/decisions/0025). */
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { z } from 'zod';

/** What is remembered of one file. */
export interface RecentFile {
  /** As a link names it, without what it held. */
  readonly token: string;
  readonly name: string;
  readonly sizeBytes: number | undefined;
  /** When it was last open, in milliseconds. */
  readonly openedAt: number;
  /** What was in it, in words. */
  readonly held: string;
  /** `handle`: the browser leads to the file on disk; `copy`: kept in the browser; `address`: on a server. */
  readonly way: 'handle' | 'copy' | 'address' | 'none';
  readonly lastModified: number | undefined;
  readonly walName: string | undefined;
  /** The view that was last on screen while it was open. */
  readonly stopped: Stop | undefined;
}

/** Where the reader stopped: the address behind the `#`, and what stood there in words. */
interface Stop {
  readonly hash: string;
  readonly words: string;
}

/** `gone`: moved, deleted, or the copy was emptied. `refused`: the reader or the browser said no. */
export type Reopened =
  { readonly files: readonly File[]; readonly changed: boolean } | 'asks first' | 'refused' | 'gone';

/** Larger files are not copied; together the copies stay below the second. */
const largestCopyBytes = 200_000_000;
export const mostCopiedBytes = 500_000_000;
const mostRemembered = 30;
const folderName = 'files';

interface Permissions {
  queryPermission?: (how: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (how: { mode: 'read' }) => Promise<PermissionState>;
}
type Handle = FileSystemFileHandle & Permissions;

interface Stored extends RecentFile {
  readonly handle?: Handle;
}

const shape = z.object({
  token: z.string(),
  name: z.string(),
  sizeBytes: z.number().optional(),
  openedAt: z.number(),
  held: z.string(),
  way: z.enum(['handle', 'copy', 'address', 'none']),
  lastModified: z.number().optional(),
  walName: z.string().optional(),
  stopped: z.object({ hash: z.string().startsWith('#/'), words: z.string() }).optional(),
  handle: z.custom<Handle>((value) => value !== undefined).optional(),
});

let store: UseStore | undefined;
// Made on first use: even asking for the database may be refused.
const opened = (): UseStore => (store ??= createStore('iterscope-files', 'recent'));

/** Handles of files that were dropped, by what a `File` tells of itself. */
const dropped = new Map<string, Handle>();
const keyOf = ({ name, size, lastModified }: File): string => `${name}|${size}|${lastModified}`;

/** Takes the handles of a drop; must be called during the event. */
export function takeHandles(items: DataTransferItemList | undefined): void {
  for (const item of items ?? []) {
    const taken = (
      item as { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }
    ).getAsFileSystemHandle?.();
    taken?.then(takeHandle).catch(() => undefined);
  }
}

/** The file that a handle leads to, with which it is remembered; undefined of a folder. Rejects where it is gone. */
export async function takeHandle(handle: FileSystemHandle | null): Promise<File | undefined> {
  if (handle?.kind !== 'file') return undefined;
  const file = await (handle as Handle).getFile();
  dropped.set(keyOf(file), handle as Handle);
  return file;
}

/** A file of this machine as it is now; undefined where no handle leads to it, so that only the reader can say. */
export async function latestFile(file: File): Promise<File | 'gone' | undefined> {
  const handle = dropped.get(keyOf(file));
  if (handle === undefined) return undefined;
  try {
    const latest = await handle.getFile();
    dropped.set(keyOf(latest), handle);
    return latest;
  } catch (failure) {
    return failure instanceof DOMException && failure.name === 'NotFoundError' ? 'gone' : undefined;
  }
}

/** What was remembered, the newest first. Empty where the browser keeps nothing. */
export async function recentFiles(): Promise<readonly RecentFile[]> {
  return stored().catch(() => []);
}

/** Keys of records that this version cannot read: damaged, or written by another one. */
export async function unreadableFiles(): Promise<readonly string[]> {
  const all = await entries<string, unknown>(opened());
  return all.flatMap(([key, value]) => (shape.safeParse(value).success ? [] : [key]));
}

async function stored(): Promise<Stored[]> {
  const all = await entries<string, unknown>(opened());
  return all
    .flatMap(([, value]): Stored[] => {
      const read = shape.safeParse(value);
      if (!read.success) return [];
      const { sizeBytes, lastModified, walName, stopped, handle, ...rest } = read.data;
      return [
        { ...rest, sizeBytes, lastModified, walName, stopped, ...(handle === undefined ? {} : { handle }) },
      ];
    })
    .sort((a, b) => b.openedAt - a.openedAt);
}

interface Remembered {
  readonly token: string;
  readonly name: string;
  readonly sizeBytes: number | undefined;
  readonly held: string;
  /** Of a file of this machine. */
  readonly file?: File;
  readonly wal?: File | undefined;
}

/** Remembers a file that is open: by its handle, else by a copy where it is not too large. Rejects where nothing is kept. */
export async function rememberFile({ file, wal, ...said }: Remembered): Promise<void> {
  const handle = file && dropped.get(keyOf(file));
  const known = (await stored()).find(({ token }) => token === said.token);
  const isCopied =
    file !== undefined &&
    handle === undefined &&
    (known?.way === 'copy' || (await copyOf(said.token, file, wal)));
  const way =
    file === undefined ? 'address' : handle !== undefined && wal === undefined ? 'handle' : undefined;
  const record: Stored = {
    ...said,
    openedAt: Date.now(),
    way: way ?? (isCopied ? 'copy' : handle === undefined ? 'none' : 'handle'),
    lastModified: file?.lastModified,
    walName: isCopied ? wal?.name : undefined,
    stopped: known?.stopped,
    ...(handle === undefined ? {} : { handle }),
  };
  await set(said.token, record, opened());
  const surplus = (await stored()).slice(mostRemembered);
  for (const { token } of surplus) await forgetFile(token);
}

/** Remembers the view on which these files were looked at, for those that are remembered themselves. */
export async function rememberStop(tokens: readonly string[], stopped: Stop): Promise<void> {
  for (const record of await stored()) {
    if (tokens.includes(record.token)) await set(record.token, { ...record, stopped }, opened());
  }
}

/** Gets at a remembered file again. `ask`: in answer to a click, as the browser wants for its question. */
export async function reopenFile(token: string, ask: boolean): Promise<Reopened> {
  const record = (await stored()).find((each) => each.token === token);
  if (record?.handle !== undefined) return reopenHandle(record.handle, record, ask);
  if (record?.way !== 'copy') return 'gone';
  try {
    const folder = await copies();
    const read = async (name: string, as: string): Promise<File> =>
      new File([await (await folder.getFileHandle(name)).getFile()], as);
    const file = await read(copyName(token), record.name);
    const { walName } = record;
    return {
      files: walName === undefined ? [file] : [file, await read(`${copyName(token)}.wal`, walName)],
      changed: false,
    };
  } catch {
    return 'gone';
  }
}

async function reopenHandle(handle: Handle, record: Stored, ask: boolean): Promise<Reopened> {
  const how = { mode: 'read' } as const;
  const permission = await (ask ? handle.requestPermission?.(how) : handle.queryPermission?.(how));
  if (permission === 'denied') return 'refused';
  if (permission === 'prompt') return ask ? 'refused' : 'asks first';
  try {
    const file = await handle.getFile();
    dropped.set(keyOf(file), handle);
    return { files: [file], changed: file.lastModified !== record.lastModified };
  } catch {
    return 'gone';
  }
}

export async function forgetFile(token: string): Promise<void> {
  await del(token, opened());
  await removeCopy(token);
}

/** What the copies take in this browser; 0 where there are none. */
export async function copiedBytes(): Promise<number> {
  let bytes = 0;
  for (const { size } of await copyFiles()) bytes += size;
  return bytes;
}

/** Deletes every copy. The list of files stays, and says that they have to be given again. */
export async function emptyCopies(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folderName, { recursive: true }).catch(() => undefined);
  for (const record of await stored()) {
    if (record.way === 'copy') await set(record.token, { ...record, way: 'none' }, opened());
  }
}

const copies = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });

/** The fingerprint: two names of one content are one copy. */
const copyName = (token: string): string => token.slice(-8);

async function copyFiles(): Promise<readonly File[]> {
  try {
    const files: File[] = [];
    for await (const handle of (await copies()).values()) {
      if (handle.kind === 'file') files.push(await handle.getFile());
    }
    return files;
  } catch {
    return [];
  }
}

/** False where it is too large, or the browser has no room or no such place. */
async function copyOf(token: string, file: File, wal: File | undefined): Promise<boolean> {
  const bytes = file.size + (wal?.size ?? 0);
  if (bytes > largestCopyBytes) return false;
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (bytes > (quota - usage) / 2) return false;
    await makeRoom(bytes);
    const folder = await copies();
    const write = async (name: string, content: File): Promise<void> => {
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await content.stream().pipeTo(writable);
    };
    await write(copyName(token), file);
    if (wal !== undefined) await write(`${copyName(token)}.wal`, wal);
    return true;
  } catch {
    await removeCopy(token);
    return false;
  }
}

/** Deletes the copies that were not needed for longest. */
async function makeRoom(bytes: number): Promise<void> {
  const oldest = (await stored()).filter(({ way }) => way === 'copy').reverse();
  for (const record of oldest) {
    if ((await copiedBytes()) + bytes <= mostCopiedBytes) return;
    await removeCopy(record.token);
    await set(record.token, { ...record, way: 'none' }, opened());
  }
}

async function removeCopy(token: string): Promise<void> {
  const folder = await copies().catch(() => undefined);
  for (const name of [copyName(token), `${copyName(token)}.wal`]) {
    await folder?.removeEntry(name).catch(() => undefined);
  }
}
