import { useEffect, useMemo, useState } from 'react';
import { Button } from '../Button.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Dialog } from '../Dialog.tsx';
import { ToggleGroup } from '../ToggleGroup.tsx';
import styles from './Export.module.css';
import type { ExportFigureProps } from './ExportButtons.tsx';
import {
  FigureSettings,
  firstChoice,
  lookOf,
  sizeProblem,
  rangeOf,
  types,
  type Choice,
  type Format,
} from './FigureSettings.tsx';
import { fileName, saveFile } from '../files.ts';
import { withFonts } from './fonts.ts';
import { provenanceFootnote, provenanceLines, useOrigin } from './origin.ts';
import {
  type FigureSheet,
  type SheetLook,
  sizeWords,
  type Picture,
  type PictureNotes,
  svgFile,
} from './figureSheet.ts';
import { tableModel, csvText } from './tableModel.ts';

interface DialogProps extends ExportFigureProps {
  readonly onClose: () => void;
}

/** Format, size and looks of a figure on paper, seen before it is saved. */
export function ExportFigureDialog({ name, sheet: loadSheet, numbers, onClose }: DialogProps) {
  const origin = useOrigin();
  const [choice, setChoice] = useState(firstChoice);
  const change = (part: Partial<Choice>): void => setChoice({ ...choice, ...part });
  const [asShown, setSheet] = useState<FigureSheet>();
  const [failure, setFailure] = useState<string>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    loadSheet().then(setSheet, (error: unknown) => setFailure(wordsOf(error)));
    // The figure as it is when the dialog opens: what changes behind it does not change what is being saved.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const { from, to } = choice;
  const part = useMemo(() => {
    const range = rangeOf({ from, to }, asShown?.cut);
    return typeof range === 'object' ? asShown?.cut?.to(range) : range;
  }, [asShown, from, to]);
  const sheet = typeof part === 'object' ? part.sheet : asShown;
  const problem = sizeProblem(choice) ?? (typeof part === 'string' ? part : undefined);
  const look = useMemo(
    () => (problem === undefined ? lookOf(choice, name, provenanceFootnote(origin, sheet?.part)) : undefined),
    [choice, problem, name, origin, sheet],
  );
  const drawing = useDrawing(sheet, look, setFailure);
  const notes: PictureNotes = {
    title: [name, origin.subject].filter((words) => words !== undefined).join(', '),
    provenance: provenanceLines(origin, sheet?.part, window.location.href),
  };
  const file = fileName([origin.subject, name], choice.format.toLowerCase());

  const act = (doing: () => Promise<string>): void => {
    doing().then(setSaid, (error: unknown) => setFailure(wordsOf(error)));
  };
  const save = (picture: Picture): void =>
    act(async () => {
      saveFile(file, types[choice.format], await bytesOf(choice.format, picture, notes));
      return `Saved ${file}`;
    });
  const copy = (picture: Picture): void =>
    act(async () => {
      await copyPicture(choice.format, picture, notes);
      return 'Copied';
    });
  const saveNumbers = (): void => {
    const { columns, rows } = numbers();
    const model = typeof part === 'object' ? part.numbers() : tableModel(columns, rows, 'cents');
    saveFile(fileName([origin.subject, name], 'csv'), 'text/csv;charset=utf-8', csvText(model, false));
  };

  return (
    <Dialog
      title="Export"
      open
      wide
      onClose={onClose}
      actions={
        <>
          <span className={styles.file}>
            {file} {drawing === undefined ? '' : sizeWords(drawing.picture)}
          </span>
          <Button disabled={drawing === undefined} onClick={() => drawing && copy(drawing.picture)}>
            {choice.format === 'SVG' ? 'Copy SVG' : 'Copy image'}
          </Button>
          <Button disabled={typeof part === 'string'} onClick={saveNumbers}>
            Numbers as CSV
          </Button>
          <Button
            variant="primary"
            disabled={drawing === undefined}
            onClick={() => drawing && save(drawing.picture)}
          >
            Download
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <Preview name={name} drawing={drawing} notes={notes} sheet={sheet} failure={problem ?? failure} />
        <FigureSettings choice={choice} change={change} sheet={asShown} />
      </div>
      <p role="status" className={styles.said}>
        {said}
      </p>
    </Dialog>
  );
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Drawing {
  readonly picture: Picture;
  /** Characters that no font has. */
  readonly missing: string;
}

/** The picture at a look, drawn again whenever the look changes. */
function useDrawing(
  sheet: FigureSheet | undefined,
  look: SheetLook | undefined,
  onFailure: (words: string) => void,
): Drawing | undefined {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    if (sheet === undefined || look === undefined) return undefined;
    let isCurrent = true;
    withFonts((fonts) => sheet.draw(look, fonts)).then(
      ({ drawn, missing }) => {
        if (isCurrent) setDrawing({ picture: drawn, missing });
      },
      (error: unknown) => onFailure(wordsOf(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [sheet, look, onFailure]);
  return drawing;
}

interface PreviewProps {
  readonly name: string;
  readonly drawing: Drawing | undefined;
  readonly notes: PictureNotes;
  readonly sheet: FigureSheet | undefined;
  readonly failure: string | undefined;
}

type Zoom = 'fit' | 'actual';

function Preview({ name, drawing, notes, sheet, failure }: PreviewProps) {
  const [zoom, setZoom] = useState<Zoom>('fit');
  const source = useMemo(
    () =>
      drawing === undefined
        ? undefined
        : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(drawing.picture, notes))}`,
    // oxlint-disable-next-line react/exhaustive-deps -- the notes are not seen in the image
    [drawing],
  );
  return (
    <section aria-label="Preview" className={styles.preview}>
      <div className={styles.bar}>
        <span>Preview, as saved</span>
        <ToggleGroup
          label="Size of the preview"
          choices={[
            { value: 'fit', label: 'Fit' },
            { value: 'actual', label: '100 %' },
          ]}
          value={zoom}
          onChange={setZoom}
        />
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {source !== undefined && (
        <div className={styles.paper} tabIndex={0} role="group" aria-label="Figure on paper">
          <img
            src={source}
            alt={`${name} as it will be saved`}
            className={zoom === 'fit' ? styles.fit : undefined}
          />
        </div>
      )}
      {drawing !== undefined && <Fitness drawing={drawing} />}
      {sheet !== undefined && (
        <div className={styles.caption}>
          <div className={styles.bar}>
            <span>Caption</span>
            <CopyButton text={sheet.caption} what="caption" />
          </div>
          <p>{sheet.caption}</p>
        </div>
      )}
    </section>
  );
}

/** Journals refuse thinner lines. */
const thinnestLine = 0.25;

function Fitness({ drawing: { picture, missing } }: { readonly drawing: Drawing }) {
  const lines = picture.paths.flatMap(({ stroke, strokeWidth }) =>
    stroke === undefined ? [] : [(strokeWidth ?? 1) * picture.unitPoints],
  );
  const thinnest = Math.min(...lines);
  return (
    <p className={styles.fitness}>
      {Number.isFinite(thinnest) &&
        `Thinnest line ${thinnest.toFixed(2)} pt${thinnest < thinnestLine ? ', too thin for most journals' : ''}. `}
      Words are outlines: no font is needed to open the file.
      {missing !== '' && ` No font here has ${missing}; a box stands for it.`}
    </p>
  );
}

async function bytesOf(format: Format, picture: Picture, notes: PictureNotes): Promise<BlobPart> {
  switch (format) {
    case 'SVG':
      return svgFile(picture, notes);
    case 'PDF':
      return (await import('./pdf.ts')).pdfFile(picture, notes);
    case 'PNG':
      return (await import('./png.ts')).pngFile(picture, notes);
  }
}

/** An SVG as text, everything else as an image: clipboards take no PDF. */
async function copyPicture(format: Format, picture: Picture, notes: PictureNotes): Promise<void> {
  if (format === 'SVG') return navigator.clipboard.writeText(svgFile(picture, notes));
  const { pngFile } = await import('./png.ts');
  const image = new Blob([await pngFile(picture, notes)], { type: types.PNG });
  return navigator.clipboard.write([new ClipboardItem({ [types.PNG]: image })]);
}
