import { parse, type Font } from 'opentype.js';

/** Turns words into outlines, so that a figure looks the same wherever it is opened and needs no font. */
export interface Fonts {
  readonly widthOf: (text: string, size: number, isBold: boolean) => number;
  /** SVG path data of the words, beginning at `x` on the baseline `y`. */
  readonly outline: (text: string, x: number, y: number, size: number, isBold: boolean) => string;
  /** Characters asked for that no font has; a box stands in their place. */
  readonly missing: ReadonlySet<string>;
}

/** Scripts in order of trial, as the font's package names its files. */
export const fontScripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;
export type FontScript = (typeof fontScripts)[number];
type Weight = 400 | 600;

/** Hands over the bytes of one WOFF file of the font. */
export type ReadFont = (script: FontScript, weight: Weight) => Promise<ArrayBuffer>;

/** The font in two weights. Throws when a file cannot be read. */
export async function loadFonts(read: ReadFont, scripts: readonly FontScript[]): Promise<Fonts> {
  const load = (weight: Weight): Promise<readonly Font[]> =>
    Promise.all(scripts.map(async (script) => parse(await read(script, weight))));
  const [regular, bold] = await Promise.all([load(400), load(600)]);
  const missing = new Set<string>();

  const glyphsOf = (text: string, isBold: boolean) =>
    Array.from(text, (character) => {
      const fonts = isBold ? bold : regular;
      const font = fonts.find((one) => one.charToGlyphIndex(character) > 0) ?? fonts[0];
      if (font === undefined) throw new Error('no font was loaded');
      if (font.charToGlyphIndex(character) <= 0) missing.add(character);
      const glyph = font.charToGlyph(character);
      return { glyph, advance: (glyph.advanceWidth ?? 0) / font.unitsPerEm };
    });

  return {
    missing,
    widthOf: (text, size, isBold) =>
      glyphsOf(text, isBold).reduce((sum, { advance }) => sum + advance * size, 0),
    outline: (text, x, y, size, isBold) => {
      let at = x;
      return glyphsOf(text, isBold)
        .map(({ glyph, advance }) => {
          const d = glyph.getPath(at, y, size).toPathData(2);
          at += advance * size;
          return d;
        })
        .join('');
    },
  };
}
