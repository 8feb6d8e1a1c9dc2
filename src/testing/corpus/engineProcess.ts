/** The engine in a process of its own, as the browser has it in a worker: what hangs it can be ended from outside. */
import { toEngineError } from '../../engine/errors.ts';
import { bootBlockingEngine, type BlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { Sql } from '../../lib/sql.ts';
import type { FromProcess, ToProcess } from './engineProcesses.ts';

let engine: BlockingEngine | undefined;

process.on('message', (message: ToProcess) => {
  void answer(message).then(
    (result) => process.send?.({ id: message.id, result } satisfies FromProcess),
    (cause: unknown) => {
      const { kind, message: words, sql } = toEngineError(cause, '');
      process.send?.({ id: message.id, failure: { kind, words, sql } } satisfies FromProcess);
    },
  );
});

async function answer(message: ToProcess): Promise<FromProcess['result']> {
  switch (message.type) {
    case 'boot':
      await engine?.close();
      engine = await bootBlockingEngine();
      return undefined;
    case 'register':
      engine?.register(message.name, message.bytes);
      return undefined;
    case 'query': {
      if (engine === undefined) throw new Error('not booted');
      const table = await engine.query(new Sql(message.text));
      const rows = Array.from({ length: table.rowCount }, (_, row) =>
        table.columns.map((_name, column) => plain(table.cell(column, row))),
      );
      return { columns: table.columns, rows };
    }
  }
}

/** Lists and rows of Arrow as arrays: its own do not pass between processes. */
function plain(cell: unknown): unknown {
  if (typeof cell !== 'object' || cell === null || cell instanceof Uint8Array) return cell;
  const { [Symbol.iterator]: iterator } = cell as { readonly [Symbol.iterator]?: unknown };
  return typeof iterator === 'function' ? Array.from(cell as Iterable<unknown>, plain) : '(an object)';
}
