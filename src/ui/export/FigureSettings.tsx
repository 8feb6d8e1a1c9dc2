import { TextField } from '../TextField.tsx';
import { ToggleGroup, Checkbox, Named } from '../ToggleGroup.tsx';
import styles from './Export.module.css';
import type { FigureSheet, SheetLook, SheetRange } from './figureSheet.ts';

interface SettingsProps {
  readonly choice: Choice;
  readonly change: (part: Partial<Choice>) => void;
  readonly sheet: FigureSheet | undefined;
}

/** What the reader can choose about a figure on paper. */
export function FigureSettings({ choice, change, sheet }: SettingsProps) {
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
      {sheet?.cut !== undefined && (
        <div className={styles.pair}>
          <TextField
            label="From"
            type="number"
            placeholder={String(sheet.cut.shown[0])}
            value={choice.from}
            onChange={(from) => change({ from })}
          />
          <TextField
            label="To"
            type="number"
            placeholder={String(sheet.cut.shown[1])}
            note={`of ${sheet.cut.ends[0]} to ${sheet.cut.ends[1]}`}
            value={choice.to}
            onChange={(to) => change({ to })}
          />
        </div>
      )}
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
      <Named words="Panels">
        <ToggleGroup
          label="Panels"
          choices={[
            { value: 'stacked', label: 'Under one another' },
            { value: 'beside', label: 'Side by side' },
          ]}
          value={choice.isBeside ? 'beside' : 'stacked'}
          onChange={(value) => change({ isBeside: value === 'beside' })}
        />
      </Named>
      <fieldset className={styles.boxes}>
        <legend>Show</legend>
        <Checkbox
          words="Title"
          isOn={choice.hasTitle}
          onToggle={() => change({ hasTitle: !choice.hasTitle })}
        />
        <Checkbox
          words="Footnote of origin"
          isOn={choice.hasFootnote}
          onToggle={() => change({ hasFootnote: !choice.hasFootnote })}
        />
        {sheet?.parts.map(({ id, words }) => (
          <Checkbox key={id} words={words} isOn={!choice.without.has(id)} onToggle={() => toggle(id)} />
        ))}
      </fieldset>
      <p className={styles.note}>
        File, fingerprint, release and link stand in the file’s metadata too. The same settings give the same
        bytes.
      </p>
    </section>
  );
}

const formats = ['SVG', 'PDF', 'PNG'] as const;
export type Format = (typeof formats)[number];
export const types = { SVG: 'image/svg+xml', PDF: 'application/pdf', PNG: 'image/png' } as const;

const sizes = { column: 85, page: 170 } as const;
type Size = keyof typeof sizes | 'other';

/** Narrower and wider than these nothing can be read, or drawn. */
const [narrowest, widest] = [40, 600];

/** What the reader has chosen. */
export interface Choice {
  readonly format: Format;
  readonly size: Size;
  readonly otherWidth: string;
  readonly height: string;
  /** First and last place of the axis as typed; empty: as shown. */
  readonly from: string;
  readonly to: string;
  readonly isGrey: boolean;
  readonly names: SheetLook['names'];
  readonly isBeside: boolean;
  readonly fontPoints: string;
  readonly hasTitle: boolean;
  readonly hasFootnote: boolean;
  readonly without: ReadonlySet<string>;
}

export const firstChoice: Choice = {
  format: 'SVG',
  size: 'column',
  otherWidth: '120',
  height: '',
  from: '',
  to: '',
  isGrey: false,
  names: 'labels',
  isBeside: false,
  fontPoints: '7',
  hasTitle: false,
  hasFootnote: true,
  without: new Set(),
};

const widthOf = ({ size, otherWidth }: Choice): number =>
  size === 'other' ? Number(otherWidth) : sizes[size];

/** What is wrong with the numbers that were typed. */
export function sizeProblem(choice: Choice): string | undefined {
  const width = widthOf(choice);
  if (!(width >= narrowest && width <= widest)) return `The width has to be ${narrowest} to ${widest} mm.`;
  const height = Number(choice.height);
  if (choice.height !== '' && !(height >= 20 && height <= widest))
    return `The height has to be 20 to ${widest} mm, or empty.`;
  const points = Number(choice.fontPoints);
  return points >= 4 && points <= 24 ? undefined : 'The text size has to be 4 to 24 pt.';
}

/** The part of the axis that was asked for; undefined: as shown. Words where there is no such part. */
export function rangeOf(
  { from, to }: Pick<Choice, 'from' | 'to'>,
  cut: FigureSheet['cut'],
): SheetRange | string | undefined {
  if (cut === undefined || (from === '' && to === '')) return undefined;
  const [least, most] = cut.ends;
  const [first, last] = [from === '' ? cut.shown[0] : Number(from), to === '' ? cut.shown[1] : Number(to)];
  const isPlace = (place: number): boolean => Number.isInteger(place) && place >= least && place <= most;
  if (isPlace(first) && isPlace(last) && first <= last) return [first, last];
  return `From and To have to be whole numbers from ${least} to ${most}, the smaller one first.`;
}

export function lookOf(choice: Choice, name: string, footnote: string): SheetLook {
  return {
    widthMillimetres: widthOf(choice),
    heightMillimetres: choice.height === '' ? undefined : Number(choice.height),
    fontPoints: Number(choice.fontPoints),
    isGrey: choice.isGrey,
    names: choice.names,
    isBeside: choice.isBeside,
    title: choice.hasTitle ? name : undefined,
    footnote: choice.hasFootnote ? footnote : undefined,
    without: choice.without,
  };
}
