/**
 * How the page learns that this worker is gone or stuck, as a worker that ends says nothing. It holds a lock that the
 * browser lets go of when it ends for whatever reason, and answers whenever the engine comes back from a step.
 */
import { isOurs, type Alive } from './protocol.ts';

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'are you there') return;
  event.stopImmediatePropagation();
  postMessage({ iterscope: 'alive' } satisfies Alive);
});

/** Resolves when the lock of this worker's name is held; at once where a page has no locks (http on another machine). */
export const holdingLock = new Promise<void>((resolve) => {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) {
    resolve();
    return;
  }
  void locks
    .request(self.name, () => {
      resolve();
      return new Promise(() => undefined);
    })
    .catch(() => resolve());
});
