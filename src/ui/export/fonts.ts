import cyrillic400 from '@fontsource/inter/files/inter-cyrillic-400-normal.woff?url';
import cyrillic600 from '@fontsource/inter/files/inter-cyrillic-600-normal.woff?url';
import greek400 from '@fontsource/inter/files/inter-greek-400-normal.woff?url';
import greek600 from '@fontsource/inter/files/inter-greek-600-normal.woff?url';
import latin400 from '@fontsource/inter/files/inter-latin-400-normal.woff?url';
import latin600 from '@fontsource/inter/files/inter-latin-600-normal.woff?url';
import latinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff?url';
import latinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff?url';
import vietnamese400 from '@fontsource/inter/files/inter-vietnamese-400-normal.woff?url';
import vietnamese600 from '@fontsource/inter/files/inter-vietnamese-600-normal.woff?url';
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
const fontScripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;
type FontScript = (typeof fontScripts)[number];
type Weight = 400 | 600;

/** Hands over the bytes of one WOFF file of the font. */
type ReadFont = (script: FontScript, weight: Weight) => Promise<ArrayBuffer>;

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

/** The screen's own files are variable WOFF2, which the outliner does not read. */
const files = {
  latin: { 400: latin400, 600: latin600 },
  'latin-ext': { 400: latinExt400, 600: latinExt600 },
  greek: { 400: greek400, 600: greek600 },
  cyrillic: { 400: cyrillic400, 600: cyrillic600 },
  vietnamese: { 400: vietnamese400, 600: vietnamese600 },
} as const;

const fetchFont: ReadFont = async (script, weight) => {
  const answer = await fetch(files[script][weight]);
  if (!answer.ok) throw new Error(`The font for exports could not be loaded (${answer.status}).`);
  return answer.arrayBuffer();
};

let latin: Promise<Fonts> | undefined;
let all: Promise<Fonts> | undefined;

/** Draws with the fonts that its words need: Latin, and the other scripts where a character is not in it. */
export async function withFonts<T>(draw: (fonts: Fonts) => T): Promise<{ drawn: T; missing: string }> {
  latin ??= loadFonts(fetchFont, ['latin']);
  const drawn = draw(await latin);
  if ((await latin).missing.size === 0) return { drawn, missing: '' };
  all ??= loadFonts(fetchFont, fontScripts);
  const fonts = await all;
  return { drawn: draw(fonts), missing: [...fonts.missing].join('') };
}
