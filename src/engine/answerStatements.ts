import type { Sql } from '../lib/sql.ts';
import { EngineError, toEngineError } from './errors.ts';
import { type Engine, type ResultTable, QueryLog } from './engine.ts';

/**
 * What all engines do alike with a statement: its turn comes by who waits for the answer, and it is logged. `send` gives
 * it to the engine.
 */
export function answerStatements(
  send: (statement: Sql, signal: AbortSignal | undefined) => Promise<ResultTable>,
): Pick<Engine, 'query' | 'log'> {
  const log = new QueryLog();
  const queue = new StatementQueue();
  return {
    log,
    async query(statement, signal, asker) {
      const { text } = statement;
      const since = performance.now();
      const add = (rows: number | undefined, outcome: 'answered' | EngineError['kind']): void =>
        log.add({
          text,
          askedBy: asker?.name ?? 'Iterscope',
          milliseconds: performance.now() - since,
          rows,
          outcome,
        });
      try {
        if (signal?.aborted === true) throw new EngineError('cancelled', 'cancelled', text);
        const isAhead = () => asker?.isAhead?.() ?? false;
        const table = await queue.run(text, isAhead, signal, () => send(statement, signal));
        add(table.rowCount, 'answered');
        return table;
      } catch (cause) {
        const failure = toEngineError(cause, text);
        add(undefined, failure.kind);
        throw failure;
      }
    },
  };
}

interface Waiting {
  readonly isAhead: () => boolean;
  readonly start: () => void;
}

/** The engine takes turns between the statements that it is given: of two it ends the first one long before all of ten. */
const mostAtOnce = 2;
/** Nobody who looks at the screen waits for others for longer than these milliseconds, however long those take. */
const patienceMs = 150;

/**
 * Lets statements whose answer is on screen through in their order, two at once, and any that has waited a moment; one
 * that is asked ahead waits until none of them is being answered, and goes alone.
 */
export class StatementQueue {
  #running = 0;
  #waiting: readonly Waiting[] = [];

  /**
   * Runs `work` in its turn. `isAhead` is asked anew whenever a statement ends: what was asked ahead may be on screen
   * by then. Rejects as `cancelled` when `signal` aborts before that.
   */
  async run<T>(
    text: string,
    isAhead: () => boolean,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const isNext = this.#waiting.every((other) => other.isAhead()) && !isAhead();
    if (this.#running === 0 || (isNext && this.#running < mostAtOnce)) this.#running += 1;
    else await this.#turn(text, isAhead, signal);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }

  #turn(text: string, isAhead: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        signal?.removeEventListener('abort', abort);
        clearInterval(patience);
      };
      const abort = (): void => {
        leave();
        reject(new EngineError('cancelled', 'cancelled', text));
      };
      const start = (): void => {
        leave();
        this.#running += 1;
        resolve();
      };
      const waiting: Waiting = { isAhead, start };
      const patience = setInterval(() => {
        if (!isAhead()) start();
      }, patienceMs);
      this.#waiting = [...this.#waiting, waiting];
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  #startNext(): void {
    for (const waiting of this.#waiting)
      if (this.#running < mostAtOnce && !waiting.isAhead()) waiting.start();
    if (this.#running === 0) this.#waiting[0]?.start();
  }
}
