import type { Fonts } from './fonts.ts';
import type { Picture } from './picture.ts';
import type { TableModel } from './tableModel.ts';

/** How a figure is to look on paper. */
export interface SheetLook {
  readonly widthMillimetres: number;
  /** Undefined: as high as it needs. */
  readonly heightMillimetres: number | undefined;
  /** Size of axis text. */
  readonly fontPoints: number;
  readonly isGrey: boolean;
  /** Names of the lines at their ends, in a list beside the panels, or in one below. */
  readonly names: 'labels' | 'beside' | 'below';
  /** Panels beside one another instead of under one another. */
  readonly isBeside: boolean;
  readonly title: string | undefined;
  readonly footnote: string | undefined;
  /** Ids of `FigureSheet.parts` that are left out. */
  readonly without: ReadonlySet<string>;
}

/** A part of a figure's axis, both ends included. */
export type SheetRange = readonly [first: number, last: number];

/** A part of the figure, drawn as one of its own, and the numbers behind it. */
interface SheetPart {
  readonly sheet: FigureSheet;
  /** In whole cents. */
  readonly numbers: () => TableModel;
}

/** A figure as it leaves: pure, so that the same look gives the same picture. */
export interface FigureSheet {
  readonly draw: (look: SheetLook, fonts: Fonts) => Picture;
  /** What may be left out of the drawing. */
  readonly parts: readonly { readonly id: string; readonly words: string }[];
  /** Sentences under the figure. */
  readonly caption: string;
  /** Which part of the subject is drawn, as `iterations 0 to 9`. */
  readonly part: string | undefined;
  /** Where the axis can be cut: its whole places, those that are drawn, and the figure of a part. */
  readonly cut?:
    | {
        readonly ends: SheetRange;
        readonly shown: SheetRange;
        readonly to: (range: SheetRange) => SheetPart | undefined;
      }
    | undefined;
}
