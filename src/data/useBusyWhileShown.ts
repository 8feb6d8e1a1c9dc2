import { useEffect } from 'react';

import { useSession } from './SessionContext.tsx';

/** Marks the page busy while the calling component is on screen. */
export function useBusyWhileShown(): void {
  const session = useSession();
  useEffect(() => session.beginWork(), [session]);
}
