import type { FigureSheet, SheetLook, SheetRange } from './figureSheet.ts';

export const formats = ['SVG', 'PDF', 'PNG'] as const;
export type Format = (typeof formats)[number];
export const types = { SVG: 'image/svg+xml', PDF: 'application/pdf', PNG: 'image/png' } as const;

export const sizes = { column: 85, page: 170 } as const;
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
export function problemOf(choice: Choice): string | undefined {
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
