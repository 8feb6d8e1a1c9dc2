import { useIsFetching } from '@tanstack/react-query';
import { useEffect } from 'react';

import { useSessionState } from './SessionContext.tsx';

type PageStatus = 'booting' | 'busy' | 'idle';

/**
 * `document.documentElement.dataset.status` for scripts and tests: `idle` means that nothing is loading and
 * what is on screen is final. It turns busy at once and idle only after the last answer was painted.
 */
export function usePageStatus(): void {
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
}
