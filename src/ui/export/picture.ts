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
