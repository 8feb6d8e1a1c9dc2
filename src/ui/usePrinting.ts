import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

let printing = false;
const listeners = new Set<() => void>();

function say(now: boolean): void {
  printing = now;
  // The page is laid out for paper as soon as the handler returns.
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

if (typeof window !== 'undefined') {
  addEventListener('beforeprint', () => say(true));
  addEventListener('afterprint', () => say(false));
}

/** Whether the page is being printed: what is on screen only in part is drawn whole then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => printing,
  );
}
