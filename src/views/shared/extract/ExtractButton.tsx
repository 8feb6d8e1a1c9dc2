import { lazy, Suspense, useState } from 'react';

import type { ExperimentId, FileId } from '../../../lib/ids.ts';
import { Button } from '../../../ui/Button.tsx';

/** An experiment that is ticked when the dialog opens; without a file that of the first open file that holds it. */
export interface ChosenExperiment {
  readonly fileId: FileId | undefined;
  readonly experimentId: ExperimentId | string;
}

export const ExtractDialogLater = lazy(async () => ({
  default: (await import('./ExtractDialog.tsx')).ExtractDialog,
}));

/** The way of whole experiments out of the page, as a database of their own. */
export function ExtractButton({ chosen }: { readonly chosen: readonly ChosenExperiment[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        title="Chosen experiments in a new, smaller DuckDB file, checked against their source"
        onClick={() => setOpen(true)}
      >
        Export database
      </Button>
      {isOpen && (
        <Suspense>
          <ExtractDialogLater chosen={chosen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
