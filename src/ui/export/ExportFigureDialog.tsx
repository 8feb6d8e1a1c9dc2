import { useEffect, useMemo, useState } from 'react';
import { Button } from '../Button.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Dialog } from '../Dialog.tsx';
import { TextField } from '../TextField.tsx';
import { ToggleGroup } from '../ToggleGroup.tsx';
import { toCsv } from '../grid/toCsv.ts';
import styles from './Export.module.css';
import type { ExportFigureProps } from './ExportButton.tsx';
import type { FigureSheet, SheetLook } from './figureSheet.ts';
import { fileName } from './fileName.ts';
import { withFonts } from './fontFiles.ts';
import { provenanceFootnote, provenanceLines, useOrigin } from './origin.ts';
import { sizeWords, type Picture, type PictureNotes } from './picture.ts';
import { saveFile } from './saveFile.ts';
import { svgFile } from './svg.ts';

const formats = ['SVG', 'PDF', 'PNG'] as const;
type Format = (typeof formats)[number];
const types = { SVG: 'image/svg+xml', PDF: 'application/pdf', PNG: 'image/png' } as const;

const sizes = { column: 85, page: 170 } as const;
type Size = keyof typeof sizes | 'other';

/** Narrower and wider than these nothing can be read, or drawn. */
const [narrowest, widest] = [40, 600];

/** What the reader has chosen. */
interface Choice {
  readonly format: Format;
  readonly size: Size;
  readonly otherWidth: string;
  readonly height: string;
  readonly isGrey: boolean;
  readonly names: SheetLook['names'];
  readonly fontPoints: string;
  readonly hasTitle: boolean;
  readonly hasFootnote: boolean;
  readonly without: ReadonlySet<string>;
}

const first: Choice = {
  format: 'SVG',
  size: 'column',
  otherWidth: '120',
  height: '',
  isGrey: false,
  names: 'labels',
  fontPoints: '7',
  hasTitle: false,
  hasFootnote: true,
  without: new Set(),
};

interface DialogProps extends ExportFigureProps {
  readonly onClose: () => void;
}

/** Format, size and looks of a figure on paper, seen before it is saved. */
export function ExportFigureDialog({ name, sheet: loadSheet, numbers, onClose }: DialogProps) {
  const origin = useOrigin();
  const [choice, setChoice] = useState(first);
  const change = (part: Partial<Choice>): void => setChoice({ ...choice, ...part });
  const [sheet, setSheet] = useState<FigureSheet>();
  const [failure, setFailure] = useState<string>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    loadSheet().then(setSheet, (error: unknown) => setFailure(wordsOf(error)));
    // The figure as it is when the dialog opens: what changes behind it does not change what is being saved.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const problem = problemOf(choice);
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
    saveFile(fileName([origin.subject, name], 'csv'), 'text/csv;charset=utf-8', toCsv(columns, rows));
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
          <Button onClick={saveNumbers}>Numbers as CSV</Button>
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
        <Preview name={name} drawing={drawing} notes={notes} sheet={sheet} failure={failure ?? problem} />
        <Settings choice={choice} change={change} sheet={sheet} />
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
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the notes are not seen in the image
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

interface SettingsProps {
  readonly choice: Choice;
  readonly change: (part: Partial<Choice>) => void;
  readonly sheet: FigureSheet | undefined;
}

function Settings({ choice, change, sheet }: SettingsProps) {
  const toggle = (id: string): void => {
    const without = new Set(choice.without);
    if (!without.delete(id)) without.add(id);
    change({ without });
  };
  return (
    <section aria-label="Settings" className={styles.settings}>
      <Named words="Format">
        <ToggleGroup
          label="Format"
          choices={formats.map((value) => ({ value, label: value }))}
          value={choice.format}
          onChange={(format) => change({ format })}
        />
      </Named>
      <Named words="Width">
        <ToggleGroup
          label="Width"
          choices={[
            { value: 'column', label: `Column ${sizes.column} mm` },
            { value: 'page', label: `Page ${sizes.page} mm` },
            { value: 'other', label: 'Other' },
          ]}
          value={choice.size}
          onChange={(size) => change({ size })}
        />
      </Named>
      {choice.size === 'other' && (
        <TextField
          label="Width in mm"
          type="number"
          value={choice.otherWidth}
          onChange={(otherWidth) => change({ otherWidth })}
        />
      )}
      <TextField
        label="Height in mm"
        type="number"
        placeholder="as needed"
        value={choice.height}
        onChange={(height) => change({ height })}
      />
      <TextField
        label="Text size in pt"
        type="number"
        value={choice.fontPoints}
        onChange={(fontPoints) => change({ fontPoints })}
      />
      <Named words="Look">
        <ToggleGroup
          label="Colour"
          choices={[
            { value: 'colour', label: 'Colour' },
            { value: 'grey', label: 'Grey' },
          ]}
          value={choice.isGrey ? 'grey' : 'colour'}
          onChange={(value) => change({ isGrey: value === 'grey' })}
        />
      </Named>
      <Named words="Names">
        <ToggleGroup
          label="Names"
          choices={[
            { value: 'labels', label: 'At the lines' },
            { value: 'beside', label: 'Beside' },
            { value: 'below', label: 'Below' },
          ]}
          value={choice.names}
          onChange={(names) => change({ names })}
        />
      </Named>
      <fieldset className={styles.boxes}>
        <legend>Show</legend>
        <Box words="Title" isOn={choice.hasTitle} onToggle={() => change({ hasTitle: !choice.hasTitle })} />
        <Box
          words="Footnote of origin"
          isOn={choice.hasFootnote}
          onToggle={() => change({ hasFootnote: !choice.hasFootnote })}
        />
        {sheet?.parts.map(({ id, words }) => (
          <Box key={id} words={words} isOn={!choice.without.has(id)} onToggle={() => toggle(id)} />
        ))}
      </fieldset>
      <p className={styles.note}>
        File, fingerprint, release and link stand in the file’s metadata too. The same settings give the same
        bytes.
      </p>
    </section>
  );
}

function Named({ words, children }: { readonly words: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.named}>
      <span aria-hidden>{words}</span>
      {children}
    </div>
  );
}

interface BoxProps {
  readonly words: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

function Box({ words, isOn, onToggle }: BoxProps) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={onToggle} /> {words}
    </label>
  );
}

const widthOf = ({ size, otherWidth }: Choice): number =>
  size === 'other' ? Number(otherWidth) : sizes[size];

/** What is wrong with the numbers that were typed. */
function problemOf(choice: Choice): string | undefined {
  const width = widthOf(choice);
  if (!(width >= narrowest && width <= widest)) return `The width has to be ${narrowest} to ${widest} mm.`;
  const height = Number(choice.height);
  if (choice.height !== '' && !(height >= 20 && height <= widest))
    return `The height has to be 20 to ${widest} mm, or empty.`;
  const points = Number(choice.fontPoints);
  return points >= 4 && points <= 24 ? undefined : 'The text size has to be 4 to 24 pt.';
}

function lookOf(choice: Choice, name: string, footnote: string): SheetLook {
  return {
    widthMillimetres: widthOf(choice),
    heightMillimetres: choice.height === '' ? undefined : Number(choice.height),
    fontPoints: Number(choice.fontPoints),
    isGrey: choice.isGrey,
    names: choice.names,
    title: choice.hasTitle ? name : undefined,
    footnote: choice.hasFootnote ? footnote : undefined,
    without: choice.without,
  };
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
