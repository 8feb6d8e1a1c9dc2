import type { Fonts } from './fonts.ts';
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

/** A finished drawing in units of its own, ready for any format: no fonts, no styles, no links to anything. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Points (1/72 inch) of one unit. */
  readonly unitPoints: number;
  readonly paths: readonly PicturePath[];
}

/** One path; y grows downwards. */
export interface PicturePath {
  /** SVG path data in units of the picture. */
  readonly d: string;
  /** `#rrggbb`. */
  readonly fill?: string;
  readonly fillOpacity?: number;
  readonly stroke?: string;
  /** Units. */
  readonly strokeWidth?: number;
  readonly strokeOpacity?: number;
  readonly dash?: readonly number[];
  /** The words that the path is the outline of. */
  readonly text?: string;
}

export const pointsPerMillimetre = 72 / 25.4;

/** Words that travel with a picture; each format has its own place for them. */
export interface PictureNotes {
  readonly title: string;
  /** One fact a line: file, fingerprint, experiment, release, link. */
  readonly provenance: readonly string[];
}

/** Width and height in whole tenths of a millimetre, as `85 × 76.2 mm`. */
export function sizeWords({ width, height, unitPoints }: Picture): string {
  const millimetres = (units: number): string =>
    String(Math.round((units * unitPoints * 10) / pointsPerMillimetre) / 10);
  return `${millimetres(width)} × ${millimetres(height)} mm`;
}

/** The picture as a stand-alone SVG file in millimetres, words as outlines; the same bytes for the same input. */
export function svgFile(picture: Picture, notes: PictureNotes): string {
  const { width, height, unitPoints } = picture;
  const millimetres = (units: number): string => short((units * unitPoints) / pointsPerMillimetre);
  const notesText = notes.provenance.map(escapeXml).join('\n');
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${millimetres(width)}mm" height="${millimetres(height)}mm" viewBox="0 0 ${short(width)} ${short(height)}" role="img">`,
    `<title>${escapeXml(notes.title)}</title>`,
    `<desc>${notesText}</desc>`,
    `<metadata>${notesText}</metadata>`,
    `<rect width="${short(width)}" height="${short(height)}" fill="#ffffff"/>`,
    ...picture.paths.map(pathElement),
    `</svg>`,
    '',
  ].join('\n');
}

const short = (value: number): string => String(Math.round(value * 1000) / 1000);

function pathElement(path: PicturePath): string {
  const attributes: readonly (readonly [string, string | number | undefined])[] = [
    ['d', path.d],
    ['fill', path.fill ?? 'none'],
    ['fill-opacity', path.fillOpacity],
    ['stroke', path.stroke],
    ['stroke-width', path.strokeWidth],
    ['stroke-opacity', path.strokeOpacity],
    ['stroke-dasharray', path.dash?.join(' ')],
    ['stroke-linecap', path.stroke === undefined ? undefined : 'round'],
    ['stroke-linejoin', path.stroke === undefined ? undefined : 'round'],
    ['aria-label', path.text === undefined ? undefined : escapeXml(path.text)],
  ];
  const written = attributes.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]));
  return `<path ${written.join(' ')}/>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an element or a quoted attribute of XML; what XML 1.0 forbids, half surrogate pairs too, becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
