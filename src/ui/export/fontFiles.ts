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
import { fontScripts, loadFonts, type Fonts, type ReadFont } from './fonts.ts';

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
