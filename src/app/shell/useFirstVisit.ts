import { useEffect, useRef, useState } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { useSamples } from '../../data/useSamples.ts';
import { loadPreference, savePreference } from '../../storage/preferences.ts';
import { useAddress } from '../../views/shared/useAddress.ts';

/**
 * The first visit with a bare address opens the sample, once in a browser. A reader who was quicker, with a
 * file or a link, is left alone; a sample that the reader went into stays beside what is opened later.
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
    if (isSomethingOpen) savePreference('visited', 'yes');
  }, [isSomethingOpen]);

  const wentInto = introduced && path !== '/' && path !== '/experiments';
  useEffect(() => {
    if (wentInto) session.keepIntroduction();
  }, [session, wentInto]);
}
