import type { Engine } from '../../../engine/engine.ts';
import type { RunScope } from '../../scope.ts';
import { prepareRun, type PreparedRun } from './prepareRun.ts';
import { dropTables } from './tables.ts';

/** Runs whose tables an engine keeps; two are compared with each other. A million events take about 150 MB. */
const keptRuns = 4;

interface Kept {
  readonly number: number;
  readonly run: Promise<PreparedRun | undefined>;
}

interface Shelf {
  /** By file and run, the one asked for last at the end. */
  readonly kept: Map<string, Kept>;
  lastNumber: number;
}

/** An engine that was replaced takes its tables with it; on the next one a run is prepared anew. */
const shelves = new WeakMap<Engine, Shelf>();

/**
 * The tables of a run, filled when it is first asked for. Never cancelled: other questions may wait for the same
 * run. Undefined when the file knows no such run.
 */
export function preparedRun(engine: Engine, scope: RunScope): Promise<PreparedRun | undefined> {
  const shelf = shelves.get(engine) ?? { kept: new Map<string, Kept>(), lastNumber: 0 };
  shelves.set(engine, shelf);
  const key = `${scope.fileId} ${scope.simulationId}`;
  const found = shelf.kept.get(key);
  if (found !== undefined) {
    shelf.kept.delete(key);
    shelf.kept.set(key, found);
    return found.run;
  }
  const number = (shelf.lastNumber += 1);
  const run = makeRoom(engine, shelf).then(() => prepareRun(engine, scope, number));
  shelf.kept.set(key, { number, run });
  run.catch(() => {
    // Asked again, it is tried again.
    if (shelf.kept.get(key)?.number === number) shelf.kept.delete(key);
    void dropTables(engine, number).catch(() => undefined);
  });
  return run;
}

async function makeRoom(engine: Engine, { kept }: Shelf): Promise<void> {
  for (const [key, { number, run }] of kept) {
    if (kept.size < keptRuns) return;
    kept.delete(key);
    await run.catch(() => undefined);
    await dropTables(engine, number);
  }
}
