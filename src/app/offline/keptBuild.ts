/** The page's side of the service worker: has the build kept in this browser, and knows of versions newer than this page. */
import type { OfPage } from './messages.ts';

/**
 * `new version`: there is one, and it waits for the reader's word. `taken elsewhere`: another window has loaded it, this
 * one still shows the version before.
 */
export type KeptBuild = 'unknown' | 'kept' | 'new version' | 'taken elsewhere';

let state: KeptBuild = 'unknown';
let registration: ServiceWorkerRegistration | undefined;
let isWanted = false;
const listeners = new Set<() => void>();

export const keptBuild = {
  get: (): KeptBuild => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function say(next: KeptBuild): void {
  state = next;
  for (const listener of listeners) listener();
}

/** A page may stay open for days: a newer version is looked for this often, when the reader comes back to it. */
const lookEveryMs = 3_600_000;

/**
 * Registers the service worker. Resolves when that is done or cannot be: private windows, pages without https and full
 * disks keep nothing, and the page then works with a network alone.
 */
export async function keepBuild(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const wasServed = serviceWorker.controller !== null;
  try {
    registration = await serviceWorker.register(new URL('serviceWorker.js', document.baseURI), {
      updateViaCache: 'none',
    });
  } catch {
    return;
  }
  // Extensions and test runners that block workers put a function in place that gives nothing.
  if ((registration as ServiceWorkerRegistration | undefined) === undefined) return;
  const { installing, waiting } = registration;
  if (waiting !== null) say('new version');
  if (installing !== null) watch(installing);
  registration.addEventListener('updatefound', () => {
    if (registration?.installing) watch(registration.installing);
  });
  serviceWorker.addEventListener('controllerchange', () => {
    if (isWanted) location.reload();
    // Served for the first time, this page is not older than what serves it.
    else if (wasServed) say('taken elsewhere');
  });
  let lookedAt = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - lookedAt < lookEveryMs) return;
    lookedAt = Date.now();
    // Without a network there is nothing to be found.
    registration?.update().catch(() => undefined);
  });
  const { active } = await serviceWorker.ready;
  tell(active, 'page started');
  if (state === 'unknown') say('kept');
}

/** When a worker has everything, it waits where an earlier one is at work. */
function watch(installing: ServiceWorker): void {
  installing.addEventListener('statechange', () => {
    if (installing.state === 'installed' && registration?.active) say('new version');
  });
}

const tell = (worker: ServiceWorker | null, iterscope: OfPage['iterscope']): void =>
  worker?.postMessage({ iterscope } satisfies OfPage);

/** Loads the new version, at the same address. */
export function takeNewVersion(): void {
  const waiting = registration?.waiting;
  // Another window has it at work already.
  if (!waiting) {
    location.reload();
    return;
  }
  isWanted = true;
  tell(waiting, 'take over');
}
