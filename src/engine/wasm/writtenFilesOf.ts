import type { AsyncDuckDB } from '@duckdb/duckdb-wasm';

import { EngineError } from '../errors.ts';
import { writtenFolder } from '../engine.ts';
import { isOurs, type TakeFile } from './worker/protocol.ts';

/** The database itself, its log, and the logs that a checkpoint may need. */
const besideDatabase = ['', '.wal', '.wal.checkpoint', '.wal.recovery'];

/** New databases that the engine of a worker writes (`worker/writtenFiles.ts`), as the page gets at them. */
interface WrittenFiles {
  /** Gives the path to attach. */
  make(db: AsyncDuckDB, name: string): Promise<string>;
  /** What was written; the worker forgets it. */
  take(name: string): Promise<Blob>;
}

/** To be called before the library is given the worker, so that our messages stay ours. */
export function writtenFilesOf(worker: Worker): WrittenFiles {
  const waiting = new Map<string, (blob: Blob | undefined) => void>();
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event;
    if (!isOurs(data) || data.iterscope !== 'file written') return;
    event.stopImmediatePropagation();
    waiting.get(data.name)?.(data.blob);
    waiting.delete(data.name);
  });
  return {
    async make(db, name) {
      const path = `${writtenFolder}${name}`;
      for (const beside of besideDatabase) await db.registerOPFSFileName(`${path}${beside}`);
      return path;
    },
    async take(name) {
      const taken = new Promise<Blob | undefined>((resolve) => waiting.set(name, resolve));
      worker.postMessage({ iterscope: 'take file', name } satisfies TakeFile);
      const blob = await taken;
      if (blob === undefined) throw new EngineError('query', `nothing was written under ${name}`, '');
      return blob;
    },
  };
}
