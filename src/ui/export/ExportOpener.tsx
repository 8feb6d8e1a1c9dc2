import Download from 'lucide-react/icons/download';
import { Suspense, useState, type ReactNode } from 'react';
import { Button } from '../Button.tsx';

interface ExportOpenerProps {
  /** Of the figure or grid. */
  readonly name: string;
  readonly dialog: (close: () => void) => ReactNode;
}

/** The way of a figure or a grid out of the page: its button, and the dialog when it is asked for. */
export function ExportOpener({ name, dialog }: ExportOpenerProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="small"
        icon={<Download size={14} aria-hidden />}
        aria-label={`Export ${name}`}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      {isOpen && <Suspense>{dialog(() => setOpen(false))}</Suspense>}
    </>
  );
}
