import { useIsFetching } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore, type ReactNode, useEffect } from 'react';

import type { Session } from './session/session.ts';
import type { SessionState } from './session/state.ts';

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The engines and open files; every screen shares one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession outside SessionProvider');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** The open files alone: whoever shows no more is not drawn again with each step of an opening. */
export function useOpenFiles(): SessionState['files'] {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => session.getState().files);
}

/** Marks the page busy while the calling component is on screen. */
export function useBusyWhileShown(): void {
  const session = useSession();
  useEffect(() => session.beginWork(), [session]);
}

/** In the place of something whose script is being fetched, where nothing is to be seen for that moment. */
export function Busy(): null {
  useBusyWhileShown();
  return null;
}

type PageStatus = 'booting' | 'busy' | 'idle';

/**
 * `document.documentElement.dataset.status` for scripts and tests: `idle` means that nothing is loading and
 * what is on screen is final. It turns busy at once and idle only after the last answer was painted. A component, so that
 * nothing else is drawn again whenever a question is asked or answered.
 */
export function PageStatus(): null {
  const { boot, opening, asked, otherWork } = useSessionState();
  const fetching = useIsFetching();
  // What waits for an answer of the reader is final until then.
  const isOpening = opening !== undefined && asked === undefined;
  const busy = isOpening || fetching > 0 || otherWork > 0;
  const status: PageStatus = busy ? 'busy' : boot.phase === 'booting' ? 'booting' : 'idle';
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (status !== 'idle') {
      dataset.status = status;
      return undefined;
    }
    // Two frames: the first paints the answer, the second proves that nothing followed from it.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        dataset.status = 'idle';
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [status]);
  return null;
}
