import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

/** Milliseconds after which a heading that has not come is not waited for any more. */
const PATIENCE_MS = 10_000;

/**
 * After each change of screen the focus goes to its heading, and the change is announced: what is returned belongs in a
 * live region. Search fields (a selection, a sort) are no change of screen. Who has moved the focus meanwhile keeps it,
 * and so does a panel that stays over several screens (`data-keeps-focus`).
 */
export function useArrival(): string {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (path === undefined || path === before.current) return;
    const isFirst = before.current === undefined;
    before.current = path;
    if (isFirst) return;
    const left = document.activeElement;
    const arrive = (): boolean => {
      const heading = document.querySelector<HTMLElement>('#main h1');
      if (heading === null) return false;
      const now = document.activeElement;
      const moved = now !== left && now !== null && now !== document.body;
      if (!moved && now?.closest('[data-keeps-focus], [role=dialog]') == null) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      setSaid(document.title);
      return true;
    };
    if (arrive()) return;
    const stop = (): void => {
      observer.disconnect();
      clearTimeout(timer);
    };
    const observer = new MutationObserver(() => {
      if (arrive()) stop();
    });
    observer.observe(document.getElementById('main') ?? document.body, { childList: true, subtree: true });
    const timer = setTimeout(stop, PATIENCE_MS);
    return stop;
  }, [path]);
  return said;
}
