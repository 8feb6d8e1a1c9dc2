import type { RemoteFile } from '../../../source/remote/fault.ts';
import { EngineError, type FailedRead } from '../../errors.ts';
import { isOurs, type RemoteFileGiven } from '../worker/protocol.ts';
import { engineAddress } from './engineAddress.ts';

/** What the page knows of the remote files of one engine. */
export interface RemoteFiles {
  /** Makes a file readable in the worker; gives the address that stands for it there. */
  register(name: string, file: RemoteFile): string;
  /** A failed statement with the read that failed it, where there is one. */
  explain(failure: EngineError): EngineError;
}

/** To be called before the library is given the worker, so that our messages stay ours. */
export function remoteFilesOf(worker: Worker): RemoteFiles {
  const failedReads = new Map<string, FailedRead>();
  let latest: FailedRead | undefined;
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isOurs(event.data) || event.data.iterscope !== 'remote read failed') return;
    event.stopImmediatePropagation();
    latest = { name: event.data.name, fault: event.data.fault };
    failedReads.set(latest.name, latest);
  });
  return {
    register(name, file) {
      worker.postMessage({ iterscope: 'remote file', name, file } satisfies RemoteFileGiven);
      return engineAddress(name);
    },
    explain(failure) {
      if (latest === undefined || (failure.kind !== 'query' && failure.kind !== 'crashed')) return failure;
      const named = [...failedReads.values()].find(({ name }) =>
        failure.message.includes(engineAddress(name)),
      );
      // The engine closes a database whose read failed, and later says only that it is closed.
      const isClosed = failure.kind === 'crashed' || /invalidated|fatal/i.test(failure.message);
      const failedRead = named ?? (isClosed ? latest : undefined);
      if (failedRead === undefined) return failure;
      return new EngineError('host', failure.message, failure.sql, failure.cause, failedRead);
    },
  };
}
