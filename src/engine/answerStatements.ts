import type { Sql } from '../lib/sql.ts';
import type { Engine, ResultTable } from './engine.ts';
import { EngineError, toEngineError } from './errors.ts';
import { QueryLog } from './queryLog.ts';
import { StatementQueue } from './statementQueue.ts';

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
