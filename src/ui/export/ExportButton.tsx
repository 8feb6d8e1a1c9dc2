import Download from 'lucide-react/icons/download';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../Button.tsx';
import type { FigureTable } from '../Figure.tsx';
import type { FigureSheet } from './figureSheet.ts';

const ExportFigureDialog = lazy(async () => ({
  default: (await import('./ExportFigureDialog.tsx')).ExportFigureDialog,
}));

export interface ExportFigureProps {
  /** The figure's name. */
  readonly name: string;
  readonly sheet: () => Promise<FigureSheet | undefined>;
  readonly numbers: () => FigureTable<unknown>;
}

/** The way of a figure out of the page. */
export function ExportFigure(props: ExportFigureProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="small"
        icon={<Download size={14} aria-hidden />}
        aria-label={`Export ${props.name}`}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      {isOpen && (
        <Suspense>
          <ExportFigureDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
