import type { EngineErrorKind } from './errors.ts';

/** One statement that an engine was asked. */
export interface LoggedQuery {
  /** The statement; of a very long one the beginning. */
  readonly text: string;
  /** The query or the part of the program that asked it. */
  readonly askedBy: string;
  /** From being handed over to the answer, with the time that it waited. */
  readonly milliseconds: number;
  /** Undefined where there was no answer. */
  readonly rows: number | undefined;
  readonly outcome: 'answered' | EngineErrorKind;
}

/** So many statements are remembered, the last ones. */
export const loggedQueries = 500;
/** So much of each; a statement may list thousands of ids. */
export const loggedCharacters = 4000;

/** The statements that an engine was asked last. */
export class QueryLog {
  readonly #entries: LoggedQuery[] = [];

  add(entry: LoggedQuery): void {
    const text = entry.text.slice(0, loggedCharacters);
    if (this.#entries.push({ ...entry, text }) > loggedQueries) this.#entries.shift();
  }

  /** In the order in which they ended. */
  entries(): readonly LoggedQuery[] {
    return [...this.#entries];
  }
}
