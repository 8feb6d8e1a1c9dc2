/** Notices that open files are written to or go, and what comes and goes in the folders that are followed. */
import { askDirectly } from '../../../data/askDirectly.ts';
import { assemble } from '../../../data/session/assemble.ts';
import type { EnginePool } from '../../../data/session/enginePool.ts';
import { prepare } from '../../../data/session/prepare.ts';
import type { Session } from '../../../data/session/session.ts';
import { isLarge, type OpenFile } from '../../../data/session/state.ts';
import type { ExperimentSummary } from '../../../domain/experiment/normalised.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { type FileId, fileId } from '../../../lib/ids.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import { experimentList } from '../../../queries/experimentList.ts';
import { findLog } from '../../../source/headAndLog.ts';
import { isOtherState, type FileState } from '../../../source/remote/fault.ts';
import { lookAtRemote, readListing, type Listing } from '../../../source/remote/look.ts';
import type { FileSource, Source, UrlSource } from '../../../source/source.ts';
import type { HeldExperiment } from '../../../url/dataToken.ts';
import type { HeldBy } from '../../../views/open/linkedFiles.ts';

const peeked = fileId('f0');
const nothing = (): undefined => undefined;

/**
 * What a source holds now, asked of an engine of its own that ends with the answer: nothing that is open is touched.
 * Rejects when `signal` aborts or no engine can be had.
 */
async function peek(
  source: Source,
  pool: EnginePool,
  signal: AbortSignal,
): Promise<Result<readonly ExperimentSummary[], Refusal | undefined>> {
  const prepared = await prepare(source, signal, nothing);
  if (!prepared.ok) return prepared;
  const candidate = { fileId: peeked, prepared: prepared.value };
  const { standing, refusals } = await assemble([candidate], pool, signal, nothing, () => false);
  if (standing === undefined) return err(refusals[0]);
  try {
    const list = experimentList.about({ fileId: peeked });
    return ok(await list.answer(askDirectly(standing.engine), signal));
  } finally {
    standing.engine.terminate('left');
  }
}

/** What became of a file since it was opened. */
export interface FileChange {
  readonly kind: 'changed' | 'gone';
  /** Another text for each state. */
  readonly state: string;
  /** As it is now; undefined where only the reader can give it again. */
  readonly source: Source | undefined;
  readonly sizeBytes: number | undefined;
  /** What it holds now; undefined while that is unknown. */
  readonly holds: readonly HeldExperiment[] | undefined;
  /** It cannot be read as it is just now: it is being written. */
  readonly unreadable: string | undefined;
}

/** A folder that is followed, as it was listed last. */
export interface Folder extends Listing {
  readonly address: string;
  /** Addresses that were not listed when the page looked first. */
  readonly appeared: readonly string[];
  /** Paths that were listed and are no more. */
  readonly gone: readonly string[];
}

export interface Watched {
  readonly changes: ReadonlyMap<FileId, FileChange>;
  readonly folders: readonly Folder[];
}

/** How the newest state of a file of this machine is got at (`latestFile` of `storage/recentFiles.ts`). */
type Latest = (file: File) => Promise<File | 'gone' | undefined>;

const ownHostMs = 15_000;
/** Another host is asked rarely: it may pay for every answer. */
const otherHostMs = 60_000;
/** An engine is started to count what is new. */
const countMs = 20_000;

/** What is known of an open file on a server. */
interface Seen {
  dueMs: number;
  state: FileState | undefined;
  /** Where it is listed. */
  folder: string | undefined;
  /** As it was listed first. */
  listed: string | undefined;
}

export class FileWatch {
  readonly #session: Pick<Session, 'getState' | 'outdate' | 'pool'>;
  readonly #latest: Latest;
  readonly #onChange: (watched: Watched) => void;
  readonly #seen = new Map<FileId, Seen>();
  readonly #counted = new Map<FileId, { readonly state: string; readonly atMs: number }>();
  readonly #stop = new AbortController();
  #changes: ReadonlyMap<FileId, FileChange> = new Map();
  #folders: readonly Folder[] = [];
  #isLooking = false;

  constructor(
    session: Pick<Session, 'getState' | 'outdate' | 'pool'>,
    latest: Latest,
    onChange: (watched: Watched) => void,
  ) {
    this.#session = session;
    this.#latest = latest;
    this.#onChange = onChange;
  }

  /** Looks at what is due; at most once at a time. `followed` are folders that no open file names. */
  async look(nowMs: number, held: HeldBy, followed: readonly string[] = []): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { files } = this.#session.getState();
      this.#forgetOthers(files);
      await Promise.all(files.map((file) => this.#lookAt(file, nowMs, held)));
      const named = files.flatMap(({ fileId }) => this.#seen.get(fileId)?.folder ?? []);
      for (const folder of new Set([...followed, ...named])) await this.#list(folder, held);
      await this.#count(nowMs);
    } catch (failure) {
      if (!this.#stop.signal.aborted) throw failure;
    } finally {
      this.#isLooking = false;
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  #forgetOthers(files: readonly OpenFile[]): void {
    const open = new Set(files.map(({ fileId }) => fileId));
    for (const id of [...this.#seen.keys()]) if (!open.has(id)) this.#seen.delete(id);
    const kept = [...this.#changes].filter(([id]) => open.has(id));
    if (kept.length < this.#changes.size) this.#set({ changes: new Map(kept) });
  }

  async #lookAt(file: OpenFile, nowMs: number, held: HeldBy): Promise<void> {
    const { source } = file;
    if (source.kind === 'file') await this.#lookAtLocal(file, source, held);
    else if (!source.sample) await this.#lookAtUrl(file, source, nowMs, held);
  }

  async #lookAtLocal(file: OpenFile, source: FileSource, held: HeldBy): Promise<void> {
    const [latest, log] = await Promise.all([
      this.#latest(source.file),
      source.wal === undefined ? undefined : this.#latest(source.wal),
    ]);
    if (latest === 'gone') this.#note(file, 'gone', 'gone', held);
    else if (latest === undefined) {
      // Without a handle the browser only says that it may not read any more what was chosen.
      const why = await source.file
        .slice(0, 1)
        .arrayBuffer()
        .then(
          () => undefined,
          (failure: unknown) => (failure instanceof DOMException ? failure.name : undefined),
        );
      if (why === 'NotFoundError') this.#note(file, 'gone', 'gone', held);
      else if (why === 'NotReadableError') this.#note(file, 'changed', 'written to', held);
    } else {
      const wal = log === 'gone' ? undefined : (log ?? source.wal);
      const isSame = stateOfFile(latest) === stateOfFile(source.file) && sameLog(wal, source.wal);
      const state = [latest, ...(wal === undefined ? [] : [wal])].map(stateOfFile).join('+');
      if (isSame) this.#forget(file);
      else this.#note(file, 'changed', state, held, { ...source, file: latest, wal }, latest.size);
    }
  }

  async #lookAtUrl(file: OpenFile, source: UrlSource, nowMs: number, held: HeldBy): Promise<void> {
    const isOwnHost = new URL(source.url).origin === globalThis.location.origin;
    const everyMs = isOwnHost ? ownHostMs : otherHostMs;
    const seen = this.#seen.get(file.fileId) ?? {
      // It was just read; where it is listed is asked for at once.
      dueMs: isOwnHost ? nowMs : nowMs + everyMs,
      state: undefined,
      folder: undefined,
      listed: undefined,
    };
    this.#seen.set(file.fileId, seen);
    if (seen.folder !== undefined || nowMs < seen.dueMs) return;
    seen.dueMs = nowMs + everyMs;
    await this.#compare(file, source, seen, held);
  }

  async #compare(file: OpenFile, source: UrlSource, seen: Seen, held: HeldBy): Promise<void> {
    const looked = await lookAtRemote(source.url, this.#stop.signal);
    if (looked.kind === 'gone') this.#note(file, 'gone', 'gone', held);
    if (looked.kind !== 'there') return;
    seen.folder = looked.folder;
    const opened = seen.state ?? file.state;
    seen.state = opened ?? looked.state;
    const { sizeBytes } = looked.state;
    if (opened !== undefined && isOtherState(opened, looked.state)) {
      this.#note(file, 'changed', JSON.stringify(looked.state), held, source, sizeBytes);
      return;
    }
    // What is listed beside others tells of its log there.
    const log = looked.folder === undefined ? await this.#newLog(file, source) : undefined;
    if (log === undefined) this.#forget(file);
    else this.#note(file, 'changed', `log ${log}`, held, source, sizeBytes);
  }

  /** The size of the log beside a file, where it is not the one that was opened: a writer appends to it between checkpoints. */
  async #newLog(file: OpenFile, { url }: UrlSource): Promise<number | undefined> {
    const address = new URL(url);
    address.pathname += '.wal';
    const looked = await lookAtRemote(address.href, this.#stop.signal);
    if (looked.kind !== 'there' || looked.state.sizeBytes === undefined) return undefined;
    const { sizeBytes } = looked.state;
    if (sizeBytes === 0 || sizeBytes === file.logBytes) return undefined;
    // Some hosts answer every path with a page or a text: no log.
    return file.logBytes === undefined ? (await findLog(url, this.#stop.signal)).log?.size : sizeBytes;
  }

  async #list(address: string, held: HeldBy): Promise<void> {
    const listing = await readListing(address, this.#stop.signal);
    if (listing === undefined) return;
    const before = this.#folders.find((folder) => folder.address === address);
    const urls = new Set(listing.files.map(({ url }) => url));
    const known = new Set(before?.files.map(({ url }) => url));
    const folder: Folder = {
      ...listing,
      address,
      appeared: [
        ...(before?.appeared ?? []).filter((url) => urls.has(url)),
        ...(before === undefined
          ? []
          : [...urls].filter((url) => !known.has(url) && !before.appeared.includes(url))),
      ],
      gone: [
        ...(before?.gone ?? []).filter((path) => !listing.files.some((file) => file.path === path)),
        ...(before?.files ?? []).filter(({ url }) => !urls.has(url)).map(({ path }) => path),
      ],
    };
    if (JSON.stringify(folder) !== JSON.stringify(before))
      this.#set({ folders: [...this.#folders.filter((each) => each !== before), folder] });
    for (const file of this.#session.getState().files) {
      const seen = this.#seen.get(file.fileId);
      const { source } = file;
      if (source.kind !== 'url' || seen?.folder !== address) continue;
      const entry = listing.files.find(({ url }) => url === source.url);
      if (entry === undefined) {
        this.#note(file, 'gone', 'gone', held);
        continue;
      }
      if (seen.listed === undefined) {
        seen.listed = entry.state;
        // Written to between the two answers: what was listed is not what was opened.
        await this.#compare(file, source, seen, held);
      } else if (entry.state !== seen.listed) {
        this.#note(file, 'changed', entry.state, held, source, entry.sizeBytes);
      } else if (this.#changes.get(file.fileId)?.kind === 'gone') this.#forget(file);
    }
  }

  #note(
    file: OpenFile,
    kind: FileChange['kind'],
    state: string,
    held: HeldBy,
    source?: Source,
    sizeBytes?: number,
  ): void {
    if (this.#changes.get(file.fileId)?.state === state) return;
    const counts = held(file)?.map(
      ({ experimentId, iterationCount }) => [experimentId, iterationCount] as const,
    );
    // Its successor, however it comes, is told what is new in it.
    if (counts !== undefined) this.#session.outdate(file.fileId, new Map(counts));
    const change: FileChange = { kind, state, source, sizeBytes, holds: undefined, unreadable: undefined };
    this.#set({ changes: new Map([...this.#changes, [file.fileId, change]]) });
  }

  #forget({ fileId }: OpenFile): void {
    if (!this.#changes.has(fileId)) return;
    this.#set({ changes: new Map([...this.#changes].filter(([id]) => id !== fileId)) });
  }

  /** Counts what is new, one file after the other, where that takes no long reading. */
  async #count(nowMs: number): Promise<void> {
    for (const file of this.#session.getState().files) {
      const change = this.#changes.get(file.fileId);
      const counted = this.#counted.get(file.fileId);
      if (change?.source === undefined || change.holds !== undefined) continue;
      if (counted?.state === change.state && change.unreadable === undefined) continue;
      if (counted !== undefined && nowMs < counted.atMs + countMs) continue;
      if (isLarge({ source: change.source, leastBytes: change.sizeBytes ?? file.leastBytes })) continue;
      this.#counted.set(file.fileId, { state: change.state, atMs: nowMs });
      const peeked = await peek(change.source, this.#session.pool, this.#stop.signal).catch(() => undefined);
      if (this.#changes.get(file.fileId) !== change) continue;
      const next: FileChange =
        peeked?.ok === true
          ? { ...change, holds: peeked.value, unreadable: undefined }
          : { ...change, unreadable: peeked?.error?.what ?? 'No engine could be had to read it.' };
      this.#set({ changes: new Map([...this.#changes, [file.fileId, next]]) });
    }
  }

  #set({ changes = this.#changes, folders = this.#folders }: Partial<Watched>): void {
    this.#changes = changes;
    this.#folders = folders;
    this.#onChange({ changes, folders });
  }
}

const stateOfFile = ({ size, lastModified }: File): string => `${size} ${lastModified}`;

const sameLog = (a: File | undefined, b: File | undefined): boolean =>
  (a && stateOfFile(a)) === (b && stateOfFile(b));
