import { useEffect, useState } from 'react';

import { useSession } from '../../data/SessionContext.tsx';
import type { DroppedFile } from '../../source/arrangeFiles.ts';
import { emptyFolder, readEntries } from '../../source/readFolder.ts';
import { changedOnDisk } from '../../source/refusals.ts';

/** Files and folders dropped anywhere on the page are opened. Returns whether files are being dragged over it. */
export function useDroppedFiles(open: (dropped: readonly DroppedFile[]) => void): boolean {
  const session = useSession();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      session.expectFiles();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Leaving one element for another names the other; leaving the window names none.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      // Entries are gone after the event; a browser without them gives the files.
      const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
      const folder = entries.find((entry) => entry.isDirectory)?.name;
      if (folder === undefined) {
        open([...(event.dataTransfer?.files ?? [])].map((file) => ({ file, folder: '' })));
        return;
      }
      const done = session.beginWork();
      readEntries(entries)
        .then(
          (found) => {
            if (found.length === 0) session.alert(emptyFolder(folder));
            else open(found);
          },
          () => session.alert(changedOnDisk(folder)),
        )
        .finally(done);
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [session, open]);
  return over;
}
