import { useCallback, useState, type ReactNode } from 'react';

import { useSession } from '../../data/SessionContext.tsx';
import type { DroppedFile } from '../../source/arrangeFiles.ts';
import { countDatabases } from '../../source/readFolder.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** More than this is asked about: each is attached, and a folder may hold hundreds. */
const unaskedCount = 20;

/** Opens what was dropped; many databases only when the reader says so, in the dialog that is returned. */
export function useOpenDropped(): {
  readonly openDropped: (dropped: readonly DroppedFile[]) => void;
  readonly question: ReactNode;
} {
  const session = useSession();
  const [asked, setAsked] = useState<readonly DroppedFile[]>();
  const openDropped = useCallback(
    (dropped: readonly DroppedFile[]) => {
      if (countDatabases(dropped) > unaskedCount) setAsked(dropped);
      else void session.openDropped(dropped);
    },
    [session],
  );
  const close = (): void => setAsked(undefined);
  const count = countDatabases(asked ?? []);
  const question = (
    <Dialog
      title={`Open ${count} databases?`}
      role="alertdialog"
      open={asked !== undefined}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              close();
              void session.openDropped(asked ?? []);
            }}
          >
            Open {count} databases
          </Button>
        </>
      }
    >
      <p>They are opened one after the other, which may take a while; it can be stopped at any moment.</p>
    </Dialog>
  );
  return { openDropped, question };
}
