import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { useSamples } from '../../data/useSamples.ts';
import { loadPreference, markTab, savePreference } from '../../storage/preferences.ts';
import { askForPlace, noteArrival, wasAskedFor, useAddress } from '../../views/shared/useAddress.ts';
/** Milliseconds after which what has not come is not waited for any more. */
const PATIENCE_MS = 10_000;

/** How the reader left a screen. */
interface Left {
  scrollY: number;
  /** Address of the link that led away. */
  link?: string | undefined;
}

/**
 * After each change of screen the focus goes to its heading, and the change is announced: what is returned belongs in a
 * live region. Search fields (a selection, a sort) are no change of screen. Who has moved the focus meanwhile keeps it,
 * and so does a panel that stays over several screens (`data-keeps-focus`). Back and Forward bring the reader to where
 * they left: the same scroll, and the focus on the link that led away.
 */
export function useArrival(): string {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  const [said, setSaid] = useState('');
  const leftAt = useLeftPlaces(path);
  useEffect(() => {
    if (path === undefined || path === before.current) return;
    const isFirst = before.current === undefined;
    before.current = path;
    const left = wasAskedFor() ? undefined : leftAt(path);
    noteArrival(left !== undefined);
    if (isFirst) return;
    const focusedBefore = document.activeElement;
    return untilDone(() => {
      const heading = document.querySelector<HTMLElement>('#main h1');
      if (heading === null) return false;
      const link = left?.link === undefined ? undefined : linkTo(left.link);
      // What the reader left is perhaps still being read.
      if (left !== undefined && document.documentElement.dataset.status !== 'idle' && link === undefined)
        return false;
      const now = document.activeElement;
      const moved = now !== focusedBefore && now !== null && now !== document.body;
      if (!moved && now?.closest('[data-keeps-focus], [role=dialog]') == null) {
        if (link === undefined) heading.tabIndex = -1;
        (link ?? heading).focus({ preventScroll: true });
      }
      if (left !== undefined) scrollTo(0, left.scrollY);
      setSaid(document.title);
      return true;
    });
  }, [path, leftAt]);
  return said;
}

function linkTo(href: string): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`#main a[href="${CSS.escape(href)}"]`) ?? undefined;
}

/** Tries once a frame, until it is done or the reader does something else. */
function untilDone(attempt: () => boolean): () => void {
  let frame = 0;
  const end = performance.now() + PATIENCE_MS;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    removeEventListener('wheel', stop);
    removeEventListener('pointerdown', stop);
  };
  const look = (): void => {
    if (attempt() || performance.now() > end) stop();
    else frame = requestAnimationFrame(look);
  };
  addEventListener('wheel', stop, { passive: true });
  addEventListener('pointerdown', stop);
  look();
  return stop;
}

/** Remembers, for as long as the page lives, where the reader was on each screen when they left it. */
function useLeftPlaces(path: string | undefined): (path: string) => Left | undefined {
  const places = useRef(new Map<string, Left>());
  const current = useRef(path);
  useEffect(() => {
    current.current = path;
  }, [path]);
  useEffect(() => {
    const here = (): Left => {
      const place = places.current.get(current.current ?? '') ?? { scrollY: 0 };
      places.current.set(current.current ?? '', place);
      return place;
    };
    const onScroll = (): void => {
      // The browser scrolls by itself between two screens.
      if (location.hash.split('?')[0] === `#${current.current ?? ''}`) here().scrollY = scrollY;
    };
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
      if (link === null) return;
      askForPlace();
      here().link = link.closest('#main') === null ? undefined : (link.getAttribute('href') ?? undefined);
    };
    addEventListener('scroll', onScroll, { passive: true });
    document.addEventListener('click', onClick, true);
    return () => {
      removeEventListener('scroll', onScroll);
      document.removeEventListener('click', onClick, true);
    };
  }, []);
  const [read] = useState(() => (wanted: string) => {
    const place = places.current.get(wanted);
    return place === undefined ? undefined : { ...place };
  });
  return read;
}

/**
 * The first visit with a bare address opens the sample, once in a browser. A reader who was quicker, with a
 * file or a link, is left alone. The tab remembers that nobody asked for the sample, so that it gives way to the
 * reader's own files after a reload too (`useLinkedFiles`).
 */
export function useFirstVisit(): void {
  const session = useSession();
  const { files, opening, alerts, introduced } = useSessionState();
  const { path, isBare } = useAddress();
  const [isFirst] = useState(
    () => path === '/' && isBare && loadPreference('visited', ['yes']) === undefined,
  );
  const decided = useRef(!isFirst);
  const [sample] = useSamples(isFirst);
  const wasQuicker = files.length > 0 || opening !== undefined || alerts.length > 0;

  useEffect(() => {
    if (decided.current || (sample === undefined && !wasQuicker)) return;
    decided.current = true;
    if (sample === undefined || wasQuicker) return;
    savePreference('visited', 'yes');
    void session.introduce(sample.source);
  }, [session, sample, wasQuicker]);

  const isSomethingOpen = files.length > 0;
  useEffect(() => {
    if (!isSomethingOpen) return;
    savePreference('visited', 'yes');
    markTab('sampleUnasked', introduced);
  }, [isSomethingOpen, introduced]);
}
