import type { Engine } from '../../engine/engine.ts';
import { EngineError, EngineFileError, isCollateral, type FailedRead } from '../../engine/errors.ts';
import { fileId, type FileId } from '../../lib/ids.ts';
import { untilAborted } from '../../lib/untilAborted.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { arrangeFiles, type DroppedFile } from '../../source/droppedFiles.ts';
import type { Source } from '../../source/source.ts';
import { walAlone } from '../../source/walRefusals.ts';
import { SourceFailure } from '../questionFailure.ts';
import type { Standing } from './assemble.ts';
import {
  again,
  inPlace,
  isKnownAs,
  keepsAll,
  sourceOf,
  type Candidate,
  prepare,
  type PreparedSource,
} from './prepare.ts';
import { engineScript, EnginePool, type BootEngine } from './enginePool.ts';
import { engineCrashed, engineMissing, tooMuchTogether } from './engineRefusals.ts';
import { refuseRead, readOn, type SetAside } from './remoteReads.ts';
import { joinLogs, unpackSources } from './unpackSources.ts';
import { initialState, leftBy, namesOf, withAlert, type SessionState } from './state.ts';
import { pause, TaskQueue, type Task } from './task.ts';

/** How often a question is asked anew when the engine went under it through no fault of its own. */
const askLimit = 5;
/** Sources whose heads are read within this time are attached together, with one engine. */
const gatherMs = 1000;
/** More than this is asked about: each is attached, and a folder or an archive may hold hundreds. */
const unaskedCount = 20;

/** Owns the engines and the set of open files, which answers until another one stands; requests go one after the other. */
export class Session {
  #state: SessionState = initialState;
  readonly #listeners = new Set<() => void>();
  /** Engines, for what is asked beside the open files too. */
  readonly pool: EnginePool;
  /** The open files with the engine that answers for them. A replaced engine is ended after its successor stands. */
  #current: Standing | undefined;
  readonly #tasks = new TaskQueue((opening) => this.#set({ opening }));
  /** Databases handed over in this session, also those refused: their log may follow. */
  readonly #dropped = new Set<File>();
  readonly #outdated = new Map<FileId, ReadonlyMap<string, number>>();
  readonly #refusedReads = new WeakMap<Candidate, Promise<Refusal>>();
  /** What was opened unasked; it gives way to whatever the reader opens. */
  #introduction: Source | undefined;
  #nextFile = 1;
  #nextAlert = 1;

  /** `bootEngine` stands for the browser's own engine in tests of what happens when it fails. */
  constructor(bootEngine?: BootEngine) {
    this.pool = new EnginePool(({ loadedBytes, totalBytes }) => {
      if (this.#state.boot.phase !== 'booting') return;
      const percent = totalBytes === undefined ? undefined : Math.round((100 * loadedBytes) / totalBytes);
      this.#set({ boot: { phase: 'booting', percent } });
    }, bootEngine);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): SessionState => this.#state;

  /** Starts the first engine at page load; and again after it could not be had, when somebody opens something. */
  start(): void {
    this.#set({ boot: { phase: 'booting', percent: undefined } });
    const booting = this.pool.warm();
    void this.pool.rehearseSoon();
    booting
      // Fetched beside the engine: what is opened when the network is gone already stands up too.
      .then(loadAssemble)
      .then(
        () => {
          this.#set({ boot: { phase: 'ready' } });
        },
        (cause: unknown) => this.#set({ boot: { phase: 'failed', refusal: engineMissing(cause) } }),
      );
  }

  /** Somebody is about to open something: the engine for it starts now. What goes wrong is said when it is needed. */
  expectFiles(): void {
    this.pool.warm().catch(() => undefined);
  }

  /** Files as picked or dropped, each database with the WAL of its name. */
  openFiles(files: readonly File[]): Promise<void> {
    return this.openDropped(files.map((file) => ({ file, folder: '' })));
  }

  /** Files of folders, each database with the log beside it. */
  openDropped(dropped: readonly DroppedFile[]): Promise<void> {
    const { sources, strayWals, refusals } = arrangeFiles(dropped);
    for (const refusal of refusals) this.alert(refusal);
    return this.open(sources, strayWals);
  }

  /** Opens sources beside what is open; what is refused is said in an alert, the rest opens. Logs join databases. */
  open(sources: readonly Source[], logs: readonly File[] = []): Promise<void> {
    if (sources.length + logs.length === 0) return Promise.resolve();
    // Nobody waits for what was not asked for.
    if (this.#introduction !== undefined && !this.#state.introduced) {
      this.#introduction = undefined;
      this.cancel();
    }
    return this.#add(sources, logs);
  }

  /** Opens the sample unasked, when nothing is open or being opened. */
  introduce(sample: Source): Promise<void> {
    const { files, opening } = this.#state;
    if (files.length > 0 || opening !== undefined) return Promise.resolve();
    this.#introduction = sample;
    return this.#add([sample], []);
  }

  /** From here on the sample is a file like any other: the reader wants to keep it. */
  keepIntroduction(): void {
    this.#introduction = undefined;
    this.#set({ introduced: false });
  }

  /**
   * Reads the heads of all sources at once. What is ready soon is attached together; a host that lets us wait holds up
   * nothing but its own file.
   */
  async #add(given: readonly Source[], logs: readonly File[]): Promise<void> {
    for (const source of given) if (source.kind === 'file') this.#dropped.add(source.file);
    const task = this.#tasks.begin([...given, ...logs].map(({ name }) => name));
    const step = (word: string): void => task.step(word);
    step('reading the first bytes');
    try {
      if (!(await this.#mayOpen(given, 0, task.signal))) return;
      const unpacked = await unpackSources(given, task.signal, step);
      if (!(await this.#mayOpen(unpacked.sources, given.length, task.signal))) return;
      for (const refusal of unpacked.refusals) this.alert(refusal);
      // Packed files are known by what is in them.
      const { sources, strayWals } = joinLogs(
        unpacked.sources,
        [...logs, ...unpacked.strayWals],
        this.#dropped,
      );
      for (const wal of strayWals) this.alert(walAlone(wal.name));
      for (const source of sources) if (source.kind === 'file') this.#dropped.add(source.file);
      const ready = new Map<Source, PreparedSource>();
      const reading = Promise.all(
        sources.map(async (source) => {
          const prepared = await prepare(source, task.signal, step);
          if (prepared.ok) ready.set(source, prepared.value);
          else this.alert(prepared.error, again(source, prepared.error));
        }),
      );
      const attachReady = (): Promise<void> => {
        const added = sources.flatMap((source) => ready.get(source) ?? []);
        ready.clear();
        return added.length === 0 ? Promise.resolve() : this.#enqueue(task, () => this.#attach(added, task));
      };
      await Promise.race([reading, pause(gatherMs)]);
      const first = attachReady();
      await Promise.all([first, reading]);
      await attachReady();
    } catch (failure) {
      if (!task.signal.aborted) this.alert(engineCrashed(task.names.join(', '), failure));
    } finally {
      this.#tasks.end(task);
    }
  }

  /** Asks before many databases of this machine are opened, unless so many were asked about already. */
  async #mayOpen(sources: readonly Source[], asked: number, signal: AbortSignal): Promise<boolean> {
    const count = sources.filter(({ kind }) => kind === 'file').length;
    if (count <= Math.max(unaskedCount, asked)) return true;
    this.#state.asked?.answer(false);
    const answered = new Promise<boolean>((answer) => this.#set({ asked: { count, answer } }));
    return untilAborted(answered, signal).finally(() => this.#set({ asked: undefined }));
  }

  async #attach(added: readonly PreparedSource[], task: Task): Promise<void> {
    const before = (this.#current?.candidates ?? []).filter(
      ({ prepared }) => prepared.source !== this.#introduction,
    );
    const candidates = added.map((prepared): Candidate => ({
      fileId: fileId(`f${this.#nextFile++}`),
      prepared,
    }));
    const { wanted, known } = inPlace(before, candidates, this.#outdated, this.#state);
    // Known before the files are: the address follows them at once.
    this.#set(known);
    await this.#replace(wanted, task);
    const open = new Set(this.#current?.candidates);
    for (const candidate of candidates.filter((each) => open.has(each))) {
      const { warnings, source } = candidate.prepared;
      for (const warning of warnings) this.alert(warning, again(source));
    }
  }

  /** What was set aside joins the open files when its host answers. */
  async #attachLater(aside: SetAside): Promise<void> {
    const { source } = aside.candidate.prepared;
    const task = this.#tasks.begin([source.name]);
    task.step('waiting for its host');
    try {
      const prepared = await readOn(aside, task.signal);
      if (prepared.ok) await this.#enqueue(task, () => this.#attach([prepared.value], task));
      else this.alert(prepared.error, again(source));
    } catch (failure) {
      if (!task.signal.aborted) this.alert(engineCrashed(source.name, failure));
    } finally {
      this.#tasks.end(task);
    }
  }

  close(id: FileId): Promise<void> {
    const file = this.#state.files.find((open) => open.fileId === id);
    if (file === undefined) return Promise.resolve();
    const task = this.#tasks.begin([file.name]);
    const closed = this.#enqueue(task, async () => {
      task.step('closing');
      const left = (this.#current?.candidates ?? []).filter((candidate) => candidate.fileId !== id);
      await this.#replace(left, task);
    });
    return closed.finally(() => this.#tasks.end(task));
  }

  /** Stops opening; what was open stays. */
  readonly cancel = (): void => this.#tasks.cancelAll();

  /** `again`: what the reader may try to open once more from the alert. */
  alert(refusal: Refusal, again?: Source): void {
    this.#set({ alerts: withAlert(this.#state.alerts, { id: this.#nextAlert++, refusal, again }) });
  }

  dismiss(id: number): void {
    this.#set({ alerts: this.#state.alerts.filter((alert) => alert.id !== id) });
  }

  /** Marks the page busy until the returned function is called. */
  beginWork(): () => void {
    this.#set({ otherWork: this.#state.otherWork + 1 });
    return () => this.#set({ otherWork: this.#state.otherWork - 1 });
  }

  /**
   * Asks the engine that stands now. An answer lost because the set of files changed meanwhile, or because the engine
   * went, is asked anew of the successor; a question that itself ended the engine, once.
   */
  async ask<T>(question: (engine: Engine) => Promise<T>, signal: AbortSignal): Promise<T> {
    let lost: unknown = new EngineError('cancelled', 'no file is open', '');
    let asked: Standing | undefined;
    for (let times = 0; times < askLimit; times++) {
      if (this.#current === undefined || this.#current === asked) await this.#tasks.allDone();
      if (this.#current === undefined || this.#current === asked) throw lost;
      asked = this.#current;
      try {
        return await question(asked.engine);
      } catch (failure) {
        if (failure instanceof EngineError && failure.failedRead !== undefined) {
          throw await this.#unreadable(asked, failure, failure.failedRead);
        }
        lost = failure;
        const replaced = failure instanceof EngineError && failure.kind === 'crashed' && !signal.aborted;
        if (!replaced) throw failure;
        // A statement of its own ended the engine: not more than once again.
        if (!isCollateral(failure)) times = Math.max(times, askLimit - 2);
      }
    }
    throw lost;
  }

  /** Says once for all questions why a remote file cannot be read any more. */
  async #unreadable(asked: Standing, failure: EngineError, read: FailedRead): Promise<Error> {
    const candidate = asked.candidates.find((each) => isKnownAs(each, read.name));
    const source = candidate?.prepared.source;
    if (candidate === undefined || source?.kind !== 'url') return failure;
    let refusing = this.#refusedReads.get(candidate);
    if (refusing === undefined) {
      refusing = refuseRead(source, read, new AbortController().signal);
      this.#refusedReads.set(candidate, refusing);
      const refusal = await refusing;
      if (this.#current === asked) this.alert(refusal, source);
    }
    return new SourceFailure(await refusing, source, failure);
  }

  /**
   * The file was written to since it was opened, and held these iterations of each experiment. The next of its address,
   * or of its name on this machine, takes its place.
   */
  outdate(id: FileId, held: ReadonlyMap<string, number>): void {
    this.#outdated.set(id, held);
  }

  /** The reader has seen what is new in a file that was read again. */
  forgetGrowth(id: FileId): void {
    this.#set({ grown: new Map([...this.#state.grown].filter(([grown]) => grown !== id)) });
  }

  /** The same files, or others, on another engine, which the caller ends: whatever becomes of it, no screen is touched. */
  standBeside = async (
    signal: AbortSignal,
    files = this.#current?.candidates,
  ): Promise<Standing | undefined> => (await loadAssemble()).standBeside(files ?? [], this.pool, signal);

  /** Runs when everything enqueued before is done. */
  #enqueue(task: Task, work: () => Promise<void>): Promise<void> {
    const withEngine = (): Promise<void> => {
      if (this.#state.boot.phase === 'failed') this.start();
      return work();
    };
    return this.#tasks.enqueue(task, withEngine, (failure) => {
      if (failure instanceof EngineFileError) {
        this.#set({ boot: { phase: 'failed', refusal: engineMissing(failure) } });
      } else {
        this.alert(engineCrashed(task.names.join(', '), failure));
      }
    });
  }

  /** Stands the given files up on a fresh engine and ends the old one; where that would take long, on the old one. */
  async #replace(candidates: readonly Candidate[], task: Task): Promise<void> {
    const old = this.#current;
    if (candidates.length === 0) {
      this.#current = undefined;
      this.#set({ files: [], left: leftBy(this.#state, []), introduced: false });
    } else {
      const { assemble, letGo } = await loadAssemble();
      const isNew = (candidate: Candidate): boolean => old?.candidates.includes(candidate) !== true;
      const { refusals, standing, setAside } = await assemble(
        candidates,
        this.pool,
        task.signal,
        (word) => task.step(word),
        (others) => this.#tasks.waiting > 0 || others.some(isNew),
        old,
      );
      for (const each of setAside) void this.#attachLater(each);
      const full = refusals.find((refusal) => refusal.code === 'out-of-memory');
      const added = candidates.filter(isNew);
      const keeps = keepsAll(old?.candidates, candidates, standing?.candidates);
      if (full !== undefined && added.length > 0 && !keeps) {
        if (standing?.engine !== old?.engine) standing?.engine.terminate('left');
        this.alert(tooMuchTogether(added.map(({ prepared }) => prepared.source.name).join(', '), full));
        return;
      }
      for (const refusal of refusals) this.alert(refusal, sourceOf(refusal, candidates));
      if (standing === undefined) return;
      this.#current = standing;
      const known = new Set(this.#state.files.map((file) => file.fileId));
      const settled = new Set(standing.files.filter((file) => !known.has(file.fileId)).flatMap(namesOf));
      this.#set({
        files: standing.files,
        left: leftBy(this.#state, standing.files),
        introduced: standing.files.some(({ source }) => source === this.#introduction),
        alerts: this.#state.alerts.filter((alert) => !settled.has(alert.refusal.subject)),
      });
      for (const { fileId } of added) for (const note of standing.notes.get(fileId) ?? []) this.alert(note);
      this.#recoverAfter(standing);
      if (old?.engine === standing.engine) {
        // A question that still reads a file keeps it from going; it goes with the engine then.
        await letGo(old, standing).catch(() => undefined);
        return;
      }
    }
    old?.engine.terminate('replaced');
  }

  /** The address no longer names what went. */
  forgetLeft(): void {
    if (this.#state.left.length > 0) this.#set({ left: [] });
  }

  /** An engine that ends by itself is replaced by one with the same files, and the reader is told. */
  #recoverAfter(standing: Standing): void {
    void standing.engine.ended.then((failure) => {
      if (this.#current !== standing) return;
      const names = this.#state.files.map((file) => file.name);
      const task = this.#tasks.begin(names);
      void this.#enqueue(task, async () => {
        // What was being opened meanwhile stands on another engine, with these files.
        if (this.#current !== standing) return;
        await this.#replace(standing.candidates, task);
        this.alert(engineCrashed(names.join(', '), failure));
      }).finally(() => this.#tasks.end(task));
    });
  }

  #set(patch: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const listener of this.#listeners) listener();
  }
}

/** Knowledge of all layouts is large and needed with the first file, not with the first paint. */
const loadAssemble = () => engineScript(import('./assemble.ts'));
