/** Something that is being opened or closed: for whom, what is being done about it, and how to stop it. */
export class Task {
  readonly names: readonly string[];
  readonly #controller = new AbortController();
  readonly #onStep: () => void;
  #word = '';

  constructor(names: readonly string[], onStep: () => void) {
    this.names = names;
    this.#onStep = onStep;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is being done now, in words for the reader. */
  get word(): string {
    return this.#word;
  }

  step(word: string): void {
    this.#word = word;
    this.#onStep();
  }

  cancel(): void {
    this.#controller.abort();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
