import { useEffect, useRef, useState } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { useSamples } from '../../data/useSamples.ts';
import { loadPreference, markTab, savePreference } from '../../storage/preferences.ts';
import { useAddress } from '../../views/shared/useAddress.ts';

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
