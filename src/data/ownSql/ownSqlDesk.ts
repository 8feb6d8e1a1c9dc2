import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { Sql } from '../../lib/sql.ts';
import { untilAborted } from '../../lib/untilAborted.ts';
import type { Ask } from '../../queries/ownTables/fill.ts';
import type { OwnProblem } from '../../queries/ownTables/ownProblem.ts';
import {
  fittingColumns,
  OwnSql,
  OwnSqlError,
  resultRows,
  type NamedColumn,
  type OwnResult,
  type OwnRow,
  type TableLook,
} from '../../queries/ownTables/ownSql.ts';
import type { Session } from '../session/session.ts';

/** How long a statement may take; a reader may allow more. */
export const timeLimits = [
  { minutes: 1, words: '1 minute' },
  { minutes: 10, words: '10 minutes' },
  { minutes: 60, words: '1 hour' },
] as const;
export type TimeLimit = (typeof timeLimits)[number];

export interface OwnSqlState {
  /** What is being done, in words. */
  readonly doing: string | undefined;
  /** The text of the editor that the rest is about. */
  readonly text: string | undefined;
  readonly results: readonly OwnResult[];
  readonly problem: OwnProblem | undefined;
  /** Why it ended before its end, where the statement is not to blame. */
  readonly ended: string | undefined;
  /** What can be named; undefined until the engine stands. */
  readonly names: readonly NamedColumn[] | undefined;
  readonly limit: TimeLimit;
}

const nothing: OwnSqlState = {
  doing: undefined,
  text: undefined,
  results: [],
  problem: undefined,
  ended: undefined,
  names: undefined,
  limit: timeLimits[1],
};

interface Stands {
  readonly key: string;
  readonly own: OwnSql;
  readonly engine: BrowserEngine;
}

/**
 * A reader's own SQL: on an engine beside the one that answers the screens, so that a statement without end holds
 * nothing up and can be ended at once. What was asked last stays until the files change.
 */
export class OwnSqlDesk {
  readonly #session: Session;
  readonly #ask: Ask;
  readonly #listeners = new Set<() => void>();
  #state: OwnSqlState = nothing;
  #standing: Promise<Stands> | undefined;
  #key = '';
  #running: AbortController | undefined;
  /** Until the engine of a cancelled statement is ended. */
  #ending: Promise<void> = Promise.resolve();

  constructor(session: Session, ask: Ask) {
    this.#session = session;
    this.#ask = ask;
    session.subscribe(() => {
      if (this.#standing !== undefined && this.#key !== this.#openFiles())
        void this.#leave('the files changed');
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): OwnSqlState => this.#state;

  /** Boots the engine and lists what can be named, so that completion knows it before anything is run. */
  async prepare(): Promise<void> {
    if (this.#openFiles() === '' || this.#state.names !== undefined) return;
    const endWork = this.#session.beginWork();
    try {
      const { own } = await this.#stand();
      this.#set({ names: await own.names() });
    } catch {
      // Whatever is wrong is said when something is run.
    } finally {
      endWork();
    }
  }

  /**
   * Runs the statements of a text one after the other, up to the first that fails; one text at a time. `whole`: the text
   * of the editor, of which it may be what is selected.
   */
  async run(text: string, whole: string): Promise<void> {
    if (this.#running !== undefined) return;
    const controller = new AbortController();
    this.#running = controller;
    const endWork = this.#session.beginWork();
    const since = performance.now();
    const { names, limit } = this.#state;
    const timer = setTimeout(() => controller.abort('time'), limit.minutes * 60_000);
    this.#set({ ...nothing, names, limit, doing: 'starting an engine', text: whole });
    const work = this.#work(text, controller.signal);
    try {
      await untilAborted(work, controller.signal);
    } catch (failure) {
      const seconds = `${((performance.now() - since) / 1000).toFixed(1)} s`;
      if (controller.signal.aborted) {
        const late = controller.signal.reason === 'time';
        this.#set({
          ended: late
            ? `Ended after ${seconds}: the time limit is ${limit.words}. Ask for less, or raise the limit beside Run. The other screens are not touched.`
            : `Cancelled after ${seconds}.`,
        });
        work.catch(() => undefined);
        // It may go on, and what it was making stays locked in its transaction: the next statement gets another engine.
        this.#ending = this.#leave('cancelled', true);
      } else {
        const isFull =
          failure instanceof OwnSqlError &&
          failure.cause instanceof EngineError &&
          failure.cause.kind === 'out-of-memory';
        // An engine keeps what it once took, gigabytes of it.
        if (isFull || !(failure instanceof OwnSqlError)) await this.#leave('failed', isFull);
        if (failure instanceof OwnSqlError) this.#set({ problem: failure.problem });
        else this.#set({ ended: whyEnded(failure) });
        if (isFull) this.#set({ ended: memoryGivenBack });
      }
    } finally {
      clearTimeout(timer);
      this.#running = undefined;
      this.#set({ doing: undefined });
      endWork();
    }
  }

  /** For the next text that is run. */
  allow(limit: TimeLimit): void {
    this.#set({ limit });
  }

  cancel(): void {
    this.#running?.abort('cancelled');
  }

  async #work(text: string, signal: AbortSignal): Promise<void> {
    await this.#ending;
    const { own } = await this.#stand();
    signal.throwIfAborted();
    await own.forget();
    if (this.#state.names === undefined) this.#set({ names: await own.names(signal) });
    const statements = own.statements(text);
    for (const [i, statement] of statements.entries()) {
      const place = statements.length === 1 ? '' : `statement ${i + 1} of ${statements.length}: `;
      const result = await own.run(
        text,
        statement,
        (words) => {
          if (!signal.aborted) this.#set({ doing: `${place}${words}` });
        },
        signal,
      );
      signal.throwIfAborted();
      this.#set({ results: [...this.#state.results, result] });
    }
  }

  /** Rows of a result by place, in their order. */
  async rows(
    result: Pick<OwnResult, 'table' | 'columns'>,
    from: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<readonly OwnRow[]> {
    const { engine } = await this.#stand();
    return resultRows(engine, result, from, count, signal);
  }

  /** Columns of a result beyond 64 bits by type of which every value fits into 64 bits. */
  async fitting(result: OwnResult): Promise<ReadonlySet<string>> {
    const { engine } = await this.#stand();
    return fittingColumns(engine, result);
  }

  /** The same result in another order, kept beside it. */
  async sorted(result: OwnResult, column: number, descending: boolean): Promise<Sql> {
    const { own } = await this.#stand();
    return own.sorted(result, column, descending);
  }

  /** How many rows a table or relation has, and values of its first ones. */
  async look(schema: string, table: string): Promise<TableLook> {
    const { own } = await this.#stand();
    return own.look(schema, table);
  }

  #openFiles(): string {
    return this.#session
      .getState()
      .files.map(({ fileId, name }) => `${fileId} ${name}`)
      .join('\n');
  }

  #stand(): Promise<Stands> {
    const key = this.#openFiles();
    if (this.#standing !== undefined && this.#key === key) return this.#standing;
    this.#key = key;
    const standing = this.#begin(key);
    this.#standing = standing;
    standing.then(
      async ({ engine }) => {
        await engine.ended;
        if (this.#standing === standing) await this.#leave('ended');
      },
      () => {
        if (this.#standing === standing) this.#standing = undefined;
      },
    );
    return standing;
  }

  async #begin(key: string): Promise<Stands> {
    const beside = await this.#session.standBeside(new AbortController().signal);
    if (beside === undefined) throw new EngineError('query', 'No file is open.', '');
    const { engine, files } = beside;
    engine.allowSilence();
    const named = files.map(({ fileId, name }) => ({ fileId, alias: fileId, name }));
    return { key, engine, own: await OwnSql.over(engine, named, this.#ask) };
  }

  /** Ends the engine; the next statement gets another. Results go with it. */
  async #leave(why: string, keepsState = false): Promise<void> {
    const standing = this.#standing;
    if (standing === undefined) return;
    this.#standing = undefined;
    this.#key = '';
    const names = keepsState ? this.#state.names : undefined;
    this.#set({ results: [], names });
    await standing.then(
      ({ engine }) => engine.terminate(why),
      () => undefined,
    );
  }

  #set(patch: Partial<OwnSqlState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const listener of this.#listeners) listener();
  }
}

const memoryGivenBack =
  'The engine of this screen was ended to give its memory back; the next statement gets a new one. The other screens are not touched.';

function whyEnded(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  const kind = failure instanceof EngineError ? failure.kind : undefined;
  const memory = kind === 'out-of-memory' || kind === 'crashed';
  return memory
    ? `The engine of this screen ended: most likely the statement needed more memory than it has (${message}). The other screens are not touched; the next statement gets a new engine.`
    : message;
}

/** One for each session, so that its results outlive the screen. */
const desks = new WeakMap<Session, OwnSqlDesk>();

export function ownSqlDeskOf(session: Session, ask: Ask): OwnSqlDesk {
  const desk = desks.get(session) ?? new OwnSqlDesk(session, ask);
  desks.set(session, desk);
  return desk;
}
