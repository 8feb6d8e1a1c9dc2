import { useEffect, useState } from 'react';

import { useSession } from '../../data/SessionContext.tsx';

/** Files dropped anywhere on the page are opened. Returns whether files are being dragged over it. */
export function useDroppedFiles(): boolean {
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
      void session.openFiles([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [session]);
  return over;
}
