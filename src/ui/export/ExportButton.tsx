import { lazy } from 'react';
import type { FigureTable } from '../Figure.tsx';
import { ExportOpener } from './ExportOpener.tsx';
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
  return (
    <ExportOpener name={props.name} dialog={(close) => <ExportFigureDialog {...props} onClose={close} />} />
  );
}
