import { overOneFile } from '../catalog/oneFile.ts';
import type { Engine } from '../engine/engine.ts';
import type { FileId } from '../lib/ids.ts';
import type { QueryEngine, MadeTables, Question } from '../queries/query.ts';

interface Kept {
  readonly number: number;
  readonly made: Promise<unknown>;
}

/** By name of the tables, then by parameters, those asked for last at the end. */
type Shelf = Map<string, Map<string, Kept>>;

/** An engine that was replaced takes its tables with it; on the next one they are made anew. */
const shelves = new WeakMap<Engine, Shelf>();
const lastNumbers = new WeakMap<Engine, number>();

/** The tables with these parameters, made when they are first asked for; the oldest go where there are too many. */
export function madeIn<P extends object, T>(engine: Engine, tables: MadeTables<P, T>, params: P): Promise<T> {
  const shelf: Shelf = shelves.get(engine) ?? new Map<string, Map<string, Kept>>();
  shelves.set(engine, shelf);
  const kept = shelf.get(tables.name) ?? new Map<string, Kept>();
  shelf.set(tables.name, kept);
  const key = JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
  const found = kept.get(key);
  if (found !== undefined) {
    kept.delete(key);
    kept.set(key, found);
    return found.made as Promise<T>;
  }
  const number = (lastNumbers.get(engine) ?? 0) + 1;
  lastNumbers.set(engine, number);
  const made = makeRoom(engine, tables, kept).then(() => tables.make(engine, params, number));
  kept.set(key, { number, made });
  made.catch(() => {
    // Asked again, it is tried again.
    if (kept.get(key)?.number === number) kept.delete(key);
    void tables.drop(engine, number).catch(() => undefined);
  });
  return made;
}

async function makeRoom<P, T>(
  engine: Engine,
  tables: MadeTables<P, T>,
  kept: Map<string, Kept>,
): Promise<void> {
  for (const [key, { number, made }] of kept) {
    if (kept.size < tables.most) return;
    kept.delete(key);
    await made.catch(() => undefined);
    await tables.drop(engine, number);
  }
}

/**
 * The engine as queries get it, where no session stands around it: commands and tests. An answer that another query
 * builds on is found anew each time; tables of the engine's memory are kept. `file`: the only one that is asked about.
 */
export function askDirectly(engine: Engine, file?: FileId): QueryEngine {
  return {
    ...engine,
    query: (statement, signal, asker) => engine.query(overOneFile(engine, statement, file), signal, asker),
    ask: (question, signal) => question.answer(askDirectly(engine, onlyFile(question)), signal),
    known: () => undefined,
    made: (tables, params) => madeIn(engine, tables, params),
  };
}

/** The file that a question is about, if there is one alone. */
export function onlyFile({ key: [, files] }: Pick<Question<unknown>, 'key'>): FileId | undefined {
  return files.length === 1 ? files[0] : undefined;
}
