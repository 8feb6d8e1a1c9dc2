import type { Hindrance, RunCheckResult } from '../domain/answers/resimulation.ts';
import type { Engine } from '../engine/engine.ts';
import { defineQuery } from '../queries/query.ts';
import { runInputs, eventBlock, rowBlock, type EventCursor } from '../queries/resimulation.ts';
import type { RunScope } from '../queries/scope.ts';
import { checkedTableNames, type CheckedTable } from '../schema/models/checkedTables.ts';
import type { Reply, Request } from './protocol.ts';

/** What a worker is to us; tests put a plain object in its place. */
interface CheckWorker {
  postMessage(request: Request): void;
  terminate(): void;
  /** Called once, before anything is posted. */
  listen(onReply: (reply: Reply) => void, onError: (message: string) => void): void;
}

class CheckerLost extends Error {
  override readonly name = 'CheckerLost';
}

/** A checking worker that is asked one thing at a time and does not stay silent for ever. */
export interface Checker {
  ask(request: Request): Promise<Reply>;
  /** Ends the worker; whatever was asked is rejected. */
  close(): void;
}

/** A block of a few thousand events takes milliseconds; a tick of a large scenario may take seconds. */
const patienceMs = 60_000;

export function startChecker(worker: CheckWorker, patience = patienceMs): Checker {
  let lost: Error | undefined;
  let waiting: { resolve: (reply: Reply) => void; reject: (cause: Error) => void } | undefined;
  let clock: ReturnType<typeof setTimeout> | undefined;

  const give = (answer: (to: NonNullable<typeof waiting>) => void): void => {
    clearTimeout(clock);
    const to = waiting;
    waiting = undefined;
    if (to !== undefined) answer(to);
  };
  const lose = (message: string): void => {
    lost ??= new CheckerLost(message);
    const cause = lost;
    worker.terminate();
    give(({ reject }) => reject(cause));
  };
  worker.listen(
    (reply) =>
      give(({ resolve, reject }) =>
        reply.kind === 'failed' ? reject(new CheckerLost(reply.message)) : resolve(reply),
      ),
    lose,
  );

  return {
    ask(request) {
      if (lost !== undefined) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        clock = setTimeout(() => lose(`no answer within ${patience / 1000} seconds`), patience);
        worker.postMessage(request);
      });
    },
    close: () => lose('closed'),
  };
}

/** The real one, in the page. */
export function startBrowserChecker(): Checker {
  const worker = new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module' });
  return startChecker({
    postMessage: (request) => worker.postMessage(request),
    terminate: () => worker.terminate(),
    listen(onReply, onError) {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => onReply(data);
      worker.onerror = (event) => onError(event.message || 'the checking worker stopped');
    },
  });
}

/** How a question reaches the engine that stands now. */
export type AskEngine = <T>(
  question: (engine: Engine, signal: AbortSignal | undefined) => Promise<T>,
) => Promise<T>;

export interface CheckProgress {
  readonly comparedEvents: number;
  readonly allEvents: number;
}

const eventsInBlock = 4_000;
const rowsInBlock = 4_000;
/** The worker takes these in for comparison; policies it has got with the inputs. */
const comparedTables = checkedTableNames.filter((table) => table !== 'policy_snapshots');

function cannot({ simulationId }: RunScope, hindrance: Hindrance): RunCheckResult {
  return { simulationId, resimulation: { kind: 'cannot', ...hindrance }, events: 0, violations: [] };
}

async function expectTaken(reply: Promise<Reply>): Promise<void> {
  const { kind } = await reply;
  if (kind !== 'taken') throw new Error(`the checking worker answered ${kind}`);
}

async function sendTable(
  ask: AskEngine,
  checker: Checker,
  scope: RunScope,
  table: CheckedTable,
): Promise<void> {
  let after: number | undefined;
  do {
    const from = after;
    const { rows, next } = await ask((engine, signal) =>
      rowBlock(engine, scope, table, from, rowsInBlock, signal),
    );
    if (rows.length > 0) await expectTaken(checker.ask({ kind: 'rows', table, rows }));
    after = next;
  } while (after !== undefined);
}

/** While the worker compares a block the engine reads the next one. */
async function sendEvents(
  ask: AskEngine,
  checker: Checker,
  scope: RunScope,
  onBlock: (events: number) => void,
): Promise<void> {
  const read = (after: EventCursor | undefined) =>
    ask((engine, signal) => eventBlock(engine, scope, after, eventsInBlock, signal));
  let block = await read(undefined);
  for (;;) {
    const { events, next } = block;
    const request: Request = { kind: 'events', events };
    const comparing = expectTaken(checker.ask(request));
    if (next === undefined) {
      await comparing;
      onBlock(events.length);
      return;
    }
    [block] = await Promise.all([read(next), comparing]);
    onBlock(events.length);
  }
}

/** Simulates a stored run again in the worker and holds it against what is stored, block by block. */
export async function checkRun(
  ask: AskEngine,
  checker: Checker,
  scope: RunScope,
  onProgress: (progress: CheckProgress) => void = () => undefined,
): Promise<RunCheckResult> {
  const inputs = await ask((engine, signal) => runInputs(engine, scope, signal));
  if (!inputs.ok) return cannot(scope, inputs.error);
  const begun = await checker.ask({ kind: 'begin', inputs: inputs.value });
  if (begun.kind === 'hindered') return cannot(scope, begun.hindrance);
  const allEvents = inputs.value.eventCount;
  let comparedEvents = 0;
  onProgress({ comparedEvents, allEvents });
  for (const table of comparedTables) await sendTable(ask, checker, scope, table);
  await sendEvents(ask, checker, scope, (events) => {
    comparedEvents += events;
    onProgress({ comparedEvents, allEvents });
  });
  const end = await checker.ask({ kind: 'end' });
  if (end.kind !== 'result') throw new Error(`the checking worker answered ${end.kind}`);
  return end.result;
}

/** A run of our lab simulated again, as an answer that is kept. */
export const resimulatedRun = defineQuery({
  name: 'resimulatedRun',
  scope: 'run',
  async run(engine, params: RunScope, signal): Promise<RunCheckResult> {
    const checker = takeChecker();
    const end = (): void => checker.close();
    signal?.addEventListener('abort', end, { once: true });
    try {
      const result = await checkRun((question) => question(engine, signal), checker, params);
      leave(checker);
      return result;
    } catch (cause) {
      checker.close();
      throw cause;
    } finally {
      signal?.removeEventListener('abort', end);
    }
  },
});

/** Runs are asked one after the other: the worker of one serves the next. */
let idle: { readonly checker: Checker; readonly timer: ReturnType<typeof setTimeout> } | undefined;
const idleMs = 5_000;

function takeChecker(): Checker {
  if (idle === undefined) return startBrowserChecker();
  const { checker, timer } = idle;
  clearTimeout(timer);
  idle = undefined;
  return checker;
}

function leave(checker: Checker): void {
  if (idle !== undefined) {
    checker.close();
    return;
  }
  const timer = setTimeout(() => {
    idle = undefined;
    checker.close();
  }, idleMs);
  idle = { checker, timer };
}
