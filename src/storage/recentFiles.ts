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
  /** What links of any version know its content by; none in records of before 28 November 2026. */
  readonly prints: readonly string[];
  /** Why there is no copy, where one would be needed. */
  readonly notKept: 'too large' | 'no room' | 'no place' | undefined;
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
  | { readonly files: readonly File[]; readonly changed: boolean }
  | 'asks first'
  | 'refused'
  | 'gone';

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
  prints: z.array(z.string()).optional(),
  notKept: z.enum(['too large', 'no room', 'no place']).optional(),
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

/** Whether the browser keeps anything for this page: a private window or a setting may say no. */
export async function keepsFiles(): Promise<boolean> {
  return stored().then(
    () => true,
    () => false,
  );
}

/** To a reader, where it does not. */
export const nothingKept =
  'This browser keeps nothing for this page, as in a private window or where storage is switched off: what was open before is not known.';

/** Whether a remembered file has this fingerprint, whichever version of the app wrote it. */
export const isOfPrint = ({ token, prints }: RecentFile, print: string | undefined): boolean =>
  print !== undefined && (token.slice(-8) === print || prints.includes(print));

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
      const { sizeBytes, lastModified, walName, notKept, stopped, handle, prints = [], ...rest } = read.data;
      return [
        {
          ...rest,
          sizeBytes,
          lastModified,
          walName,
          notKept,
          stopped,
          prints,
          ...(handle === undefined ? {} : { handle }),
        },
      ];
    })
    .sort((a, b) => b.openedAt - a.openedAt);
}

interface Remembered {
  readonly token: string;
  readonly name: string;
  readonly sizeBytes: number | undefined;
  readonly held: string;
  readonly prints: readonly string[];
  /** Of a file of this machine. */
  readonly file?: File;
  readonly wal?: File | undefined;
}

/** Remembers a file that is open: by its handle, else by a copy where it is not too large. Rejects where nothing is kept. */
export async function rememberFile({ file, wal, ...said }: Remembered): Promise<void> {
  const handle = file && dropped.get(keyOf(file));
  const all = await stored();
  const { token } = said;
  // Under the fingerprint that an earlier version of the app gave it.
  const former = all.find((each) => each.token !== token && isFormer(each, said));
  const known = all.find((each) => each.token === token);
  // A log goes on under the same fingerprint: it is copied anew.
  const hasCopy = known?.way === 'copy' && wal === undefined && known.walName === undefined;
  const copied =
    file === undefined || handle !== undefined
      ? undefined
      : hasCopy
        ? 'copied'
        : await copyOf(token, file, wal);
  const record: Stored = {
    ...said,
    openedAt: Date.now(),
    way:
      file === undefined
        ? 'address'
        : handle !== undefined
          ? 'handle'
          : copied === 'copied'
            ? 'copy'
            : 'none',
    lastModified: file?.lastModified,
    walName: copied === 'copied' ? wal?.name : undefined,
    notKept: copied === 'copied' ? undefined : copied,
    stopped: (known ?? former)?.stopped,
    ...(handle === undefined ? {} : { handle }),
  };
  await set(token, record, opened());
  if (former !== undefined) await forgetFile(former.token);
  const surplus = (await stored()).slice(mostRemembered);
  for (const each of surplus) await forgetFile(each.token);
}

/** A record of the same local file under another fingerprint of its content. */
function isFormer({ token }: RecentFile, { prints, token: now }: Remembered): boolean {
  const isLocal = token.startsWith('file:') && now.startsWith('file:');
  return isLocal && token.slice(0, -8) === now.slice(0, -8) && prints.includes(token.slice(-8));
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

/** Copies a file into the browser's own file system, or says why not. */
async function copyOf(
  token: string,
  file: File,
  wal: File | undefined,
): Promise<'copied' | NonNullable<RecentFile['notKept']>> {
  const bytes = file.size + (wal?.size ?? 0);
  if (bytes > largestCopyBytes) return 'too large';
  const folder = await copies().catch(() => undefined);
  if (folder === undefined) return 'no place';
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (bytes > (quota - usage) / 2) return 'no room';
    await makeRoom(bytes);
    const write = async (name: string, content: File): Promise<void> => {
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await content.stream().pipeTo(writable);
    };
    await write(copyName(token), file);
    if (wal !== undefined) await write(`${copyName(token)}.wal`, wal);
    return 'copied';
  } catch (failure) {
    await removeCopy(token);
    return failure instanceof DOMException && failure.name === 'QuotaExceededError' ? 'no room' : 'no place';
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
