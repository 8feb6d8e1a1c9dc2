/** The page's side of the service worker: has the build kept in this browser, and knows of versions newer than this page. */
import { useEffect, useState, useSyncExternalStore } from 'react';

import { useOpenFiles } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { recentFiles } from '../../storage/recentFiles.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { OfPage } from './messages.ts';

/**
 * `new version`: there is one, and it waits for the reader's word. `taken elsewhere`: another window has loaded it, this
 * one still shows the version before.
 */
type KeptBuild = 'unknown' | 'kept' | 'new version' | 'taken elsewhere';

let state: KeptBuild = 'unknown';
let registration: ServiceWorkerRegistration | undefined;
let isWanted = false;
const listeners = new Set<() => void>();

const keptBuild = {
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
function takeNewVersion(): void {
  const waiting = registration?.waiting;
  // Another window has it at work already.
  if (!waiting) {
    location.reload();
    return;
  }
  isWanted = true;
  tell(waiting, 'take over');
}

/** Says that a newer version of the app is there; it is loaded on the reader's word alone. */
export function NewVersion() {
  const state = useSyncExternalStore(keptBuild.subscribe, keptBuild.get);
  const [isLater, setIsLater] = useState(false);
  const isNew = state === 'new version' || state === 'taken elsewhere';
  const unkept = useUnkept(isNew);
  if (!isNew || isLater) return null;
  return (
    <Notice
      live
      code="new-version"
      actions={
        <>
          <Button size="small" onClick={takeNewVersion}>
            Load it
          </Button>
          <Button size="small" variant="ghost" onClick={() => setIsLater(true)}>
            Later
          </Button>
        </>
      }
    >
      {state === 'new version'
        ? 'A new version of Iterscope is there.'
        : 'A new version of Iterscope was loaded in another window.'}{' '}
      {unkept.length === 0
        ? 'It opens this view again, with the same files and judgements.'
        : `It opens this view again; this browser keeps no copy of ${unkept.join(' and ')}, so choose ${unkept.length === 1 ? 'it' : 'them'} again then.`}
    </Notice>
  );
}

/** Names of open files of this machine that a reload cannot open again by itself. */
function useUnkept(isAsked: boolean): readonly string[] {
  const files = useOpenFiles();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!isAsked) return undefined;
    let isWanted = true;
    void recentFiles().then((recent) => {
      const isKept = ({ linkToken, source }: OpenFile): boolean =>
        source.kind === 'url' ||
        recent.some(({ token, way }) => token === linkToken && (way === 'copy' || way === 'handle'));
      if (isWanted) setNames(files.filter((file) => !isKept(file)).map(({ name }) => name));
    });
    return () => {
      isWanted = false;
    };
  }, [isAsked, files]);
  return names;
}
