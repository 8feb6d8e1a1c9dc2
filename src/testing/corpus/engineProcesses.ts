/** The browser's build behind the interface of the browser's engine, in processes that are used again while they are sound. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { answerStatements } from '../../engine/answerStatements.ts';
import { EngineError, type EngineErrorKind } from '../../engine/errors.ts';
import { type Cell, type ResultTable, hardeningStatements } from '../../engine/engine.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';

export type ToProcess = { readonly id: number } & (
  | { readonly type: 'boot' }
  | { readonly type: 'register'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly type: 'query'; readonly text: string }
);

export interface FromProcess {
  readonly id: number;
  readonly result?:
    | { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
    | undefined;
  readonly failure?: { readonly kind: EngineErrorKind; readonly words: string; readonly sql: string };
}

type Asked = ToProcess extends infer M ? (M extends unknown ? Omit<M, 'id'> : never) : never;
interface Waiting {
  readonly resolve: (result: FromProcess['result']) => void;
  readonly reject: (failure: Error) => void;
}

/** One process; `end` is for good. */
class EngineProcess {
  readonly #child = fork(fileURLToPath(new URL('./engineProcess.ts', import.meta.url)), {
    // Compiled as the engines of the tests are (`vitest.config.ts`).
    execArgv: [...process.execArgv.filter((option) => option.startsWith('--wasm-')), '--import', 'tsx'],
    serialization: 'advanced',
  });
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor() {
    this.#child.on('message', ({ id, result, failure }: FromProcess) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failure === undefined) waiting?.resolve(result);
      else waiting?.reject(new EngineError(failure.kind, failure.words, failure.sql));
    });
    this.#child.on('error', () => undefined);
    this.#child.on('exit', () =>
      this.#fail(new EngineError('crashed', 'the process of the engine has ended', 'its last statement')),
    );
  }

  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  ask(asked: Asked): Promise<FromProcess['result']> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ ...asked, id } satisfies ToProcess);
    });
  }

  end(): void {
    this.#fail(new EngineError('crashed', 'ended', ''));
    this.#child.kill('SIGKILL');
  }

  #fail(failure: EngineError): void {
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
  }
}

/** Starts engines; one that was let go in peace leaves its process to the next. */
export class EngineProcesses {
  readonly #idle: EngineProcess[] = [];
  readonly #all = new Set<EngineProcess>();
  readonly #live = new Set<BrowserEngine>();

  readonly boot = async (): Promise<BrowserEngine> => {
    const own = this.#idle.pop() ?? new EngineProcess();
    this.#all.add(own);
    await own.ask({ type: 'boot' });
    const engine = this.#engine(own);
    this.#live.add(engine);
    await engine.run(hardeningStatements);
    return engine;
  };

  /** Lets go of every engine; those at work are ended. */
  letGo(): void {
    for (const engine of this.#live) engine.terminate('let go');
  }

  #engine(own: EngineProcess): BrowserEngine {
    let end: (failure: EngineError) => void = () => undefined;
    let isEnded = false;
    const ended = new Promise<EngineError>((resolve) => {
      end = resolve;
    });
    const lose = (failure: EngineError): void => {
      if (isEnded) return;
      isEnded = true;
      end(failure);
      this.#live.delete(engine);
      if (failure.sql === '' && !own.isBusy) {
        this.#idle.push(own);
        return;
      }
      this.#all.delete(own);
      own.end();
    };
    const alive = <T>(answer: Promise<T>): Promise<T> =>
      Promise.race([
        answer,
        ended.then((failure) => {
          throw failure;
        }),
      ]);
    const engine: BrowserEngine = {
      version: 'in a process',
      ended,
      newFile: (name) => Promise.resolve(name),
      takeFile: () => Promise.reject(new Error('writes nothing')),
      ...answerStatements(async ({ text }) => {
        try {
          const result = await alive(own.ask({ type: 'query', text }));
          return tableOf(result);
        } catch (failure) {
          if (failure instanceof EngineError && failure.kind === 'crashed' && failure.sql !== '')
            lose(failure);
          throw failure;
        }
      }),
      async run(statements) {
        for (const statement of statements) await engine.query(statement);
      },
      async registerFile(name, file) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        await alive(own.ask({ type: 'register', name, bytes }));
      },
      registerRemote: () => Promise.reject(new Error('no network in the corpus')),
      allowSilence: () => undefined,
      outstandingRead: () => undefined,
      release: () => Promise.resolve(),
      terminate: (message) => lose(new EngineError('crashed', message, '')),
      close() {
        engine.terminate('closed');
        return Promise.resolve();
      },
    };
    return engine;
  }

  close(): void {
    for (const own of this.#all) own.end();
    this.#all.clear();
    this.#idle.length = 0;
  }
}

function tableOf(result: FromProcess['result']): ResultTable {
  const { columns, rows } = result ?? { columns: [], rows: [] };
  return { columns, rowCount: rows.length, cell: (column, row) => rows[row]?.[column] };
}
