import { useEffect } from 'react';

import { useSession } from './SessionContext.tsx';

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
