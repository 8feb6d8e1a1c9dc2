import { EngineFileError } from '../errors.ts';
import { answerOf, watchedFetch } from './watchedFetch.ts';
import { isOurs } from './worker/protocol.ts';

/** After so long without a sign of the worker its script is fetched a second time, to see what the host does. */
const patienceMs = 5_000;
/** A script that is known to have arrived runs within this time, on a busy machine too. */
const startMs = 30_000;

export interface StartingWorker {
  readonly worker: Worker;
  /** Resolves when the script runs; rejects with `EngineFileError` where it cannot be had. */
  readonly ready: Promise<void>;
  /** Ends the worker; `ready` then never settles. */
  readonly stop: () => void;
}

/**
 * Starts a worker of the script at `entryUrl`, which loads the one at `libraryUrl`. A browser never says why a worker
 * does not start, so the host is asked for both.
 */
export function startWorker(entryUrl: string, libraryUrl: string): StartingWorker {
  const worker = new Worker(entryUrl, { type: 'module' });
  const hostFault = async (): Promise<EngineFileError | undefined> =>
    (await scriptFault(entryUrl)) ?? (await scriptFault(libraryUrl));
  let stopListening: () => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (failure: EngineFileError): void => {
      stopListening();
      reject(failure);
    };
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (!isOurs(event.data)) return;
      // The library would take it for an answer to a request that it never made.
      event.stopImmediatePropagation();
      if (event.data.iterscope === 'failed') onError(event.data);
      if (event.data.iterscope !== 'ready') return;
      stopListening();
      resolve();
    };
    const onError = ({ message }: { readonly message?: string }): void => {
      const words =
        message === undefined || message === '' ? 'the browser did not start the script' : message;
      void hostFault().then((fault) => fail(fault ?? new EngineFileError('not-started', entryUrl, words)));
    };
    let timer = setTimeout(() => {
      void hostFault().then((fault) => {
        const late = `the script has arrived, but does not run after ${startMs / 1000} seconds`;
        if (fault !== undefined) fail(fault);
        else timer = setTimeout(() => fail(new EngineFileError('not-started', entryUrl, late)), startMs);
      });
    }, patienceMs);
    stopListening = () => {
      clearTimeout(timer);
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
    };
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
  });
  const stop = (): void => {
    stopListening();
    worker.terminate();
  };
  return { worker, ready, stop };
}

/** What is wrong with the host's answer to a request for a script, if anything. */
async function scriptFault(url: string): Promise<EngineFileError | undefined> {
  try {
    const { answer } = await watchedFetch(url);
    const words = answerOf(answer);
    const isScript = /javascript|ecmascript/i.test(answer.headers.get('Content-Type') ?? '');
    await answer.arrayBuffer();
    return isScript ? undefined : new EngineFileError('not-script', url, words);
  } catch (cause) {
    if (cause instanceof EngineFileError) return cause;
    return new EngineFileError('unreachable', url, cause instanceof Error ? cause.message : String(cause));
  }
}
