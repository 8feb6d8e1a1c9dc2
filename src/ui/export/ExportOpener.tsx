import Download from 'lucide-react/icons/download';
import Database from 'lucide-react/icons/database';
import { Suspense, use, useState, type ReactNode } from 'react';
import { Button } from '../Button.tsx';
import { QueryBehindContext } from './origin.ts';

interface ExportOpenerProps {
  /** Of the figure or grid. */
  readonly name: string;
  readonly dialog: (close: () => void) => ReactNode;
}

/** The way of a figure or a grid out of the page, and to the query behind it: buttons, and the dialog when it is asked for. */
export function ExportOpener({ name, dialog }: ExportOpenerProps) {
  const [isOpen, setOpen] = useState(false);
  const openQuery = use(QueryBehindContext);
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
      {openQuery !== undefined && (
        <Button
          variant="ghost"
          size="small"
          icon={<Database size={14} aria-hidden />}
          aria-label={`Query behind ${name}`}
          title="Query behind this, in the SQL editor"
          onClick={() => openQuery(name)}
        >
          Query
        </Button>
      )}
      {isOpen && <Suspense>{dialog(() => setOpen(false))}</Suspense>}
    </>
  );
}
