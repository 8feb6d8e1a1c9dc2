import { useEffect, useState } from 'react';

import { withFonts } from '../../ui/export/fonts.ts';
import { svgFile } from '../../ui/export/figureSheet.ts';
import { paperLook } from './paperFiles.ts';
import type { PaperFigure } from './paperFigures.ts';
import styles from './Paper.module.css';

/** The figure as it will stand in the paper. */
export function FigurePreview({ figure }: { readonly figure: PaperFigure }) {
  const [source, setSource] = useState<string>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    withFonts((fonts) => figure.sheet.draw(paperLook(figure), fonts)).then(
      ({ drawn }) => {
        const svg = svgFile(drawn, { title: figure.name, provenance: [] });
        if (isCurrent) setSource(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [figure]);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  return source === undefined ? null : <img className={styles.figure} src={source} alt={figure.caption} />;
}
