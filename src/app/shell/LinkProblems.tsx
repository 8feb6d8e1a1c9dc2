import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { changedFiles } from '../../views/open/missingFiles.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { linkNotes } from '../linkNotes.ts';

/**
 * Parts of the link that could not be followed, said once. They are kept here, since the address itself is
 * soon rewritten: without bad values, and with files as they are now.
 */
export function LinkProblems() {
  const { search } = useAddress();
  const problems = useSyncExternalStore(linkNotes.subscribe, linkNotes.get);
  const { files } = useSessionState();
  const [said, setSaid] = useState<ReadonlyMap<string, 'shown' | 'dismissed'>>(new Map());
  const current = useMemo(
    () => [
      ...problems,
      ...changedFiles(search.db ?? [], files).map(
        (name) => `${name} is not the same as when this link was made: the numbers may differ.`,
      ),
    ],
    [problems, search.db, files],
  );
  useEffect(() => {
    setSaid((before) => {
      const fresh = current.filter((problem) => !before.has(problem));
      return fresh.length === 0 ? before : new Map([...before, ...fresh.map((p) => [p, 'shown'] as const)]);
    });
  }, [current]);
  return [...said]
    .filter(([, state]) => state === 'shown')
    .map(([problem]) => (
      <Notice
        key={problem}
        tone="warning"
        live
        actions={
          <Button size="small" onClick={() => setSaid(new Map([...said, [problem, 'dismissed']]))}>
            Dismiss
          </Button>
        }
      >
        {problem}
      </Notice>
    ));
}
