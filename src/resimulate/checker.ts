import type { Reply, Request } from './protocol.ts';

/** What a worker is to us; tests put a plain object in its place. */
export interface CheckWorker {
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
