import { waitingForEngine, type OpeningProgress } from './state.ts';

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

/** All that is being opened or closed. Any number read at once; what touches the engines goes one after the other. */
export class TaskQueue {
  readonly #onShown: (opening: OpeningProgress | undefined) => void;
  /** The last to take a step is shown. */
  #tasks: readonly Task[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `onShown` hears what the reader is to be told is being done. */
  constructor(onShown: (opening: OpeningProgress | undefined) => void) {
    this.#onShown = onShown;
  }

  /** How many works have not begun. */
  get waiting(): number {
    return this.#waiting;
  }

  begin(names: readonly string[]): Task {
    const task = new Task(names, () => {
      this.#tasks = [...this.#tasks.filter((other) => other !== task), task];
      this.#show();
    });
    return task;
  }

  end(task: Task): void {
    this.#tasks = this.#tasks.filter((other) => other !== task);
    this.#show();
  }

  cancelAll(): void {
    for (const task of this.#tasks) task.cancel();
  }

  /** Works when everything enqueued before is done; a failure goes to `onFailure` unless the task was cancelled. */
  enqueue(task: Task, work: () => Promise<void>, onFailure: (failure: unknown) => void): Promise<void> {
    this.#waiting += 1;
    const run = async (): Promise<void> => {
      this.#waiting -= 1;
      try {
        task.signal.throwIfAborted();
        task.step(waitingForEngine);
        await work();
      } catch (failure) {
        if (!task.signal.aborted) onFailure(failure);
      }
    };
    const done = this.#queue.then(run);
    this.#queue = done;
    return done;
  }

  /** When everything enqueued until now is done. */
  async allDone(): Promise<void> {
    await this.#queue;
  }

  #show(): void {
    const task = this.#tasks.at(-1);
    this.#onShown(task === undefined ? undefined : { names: task.names, step: task.word });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
