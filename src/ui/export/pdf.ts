import { LineCapStyle, PDFDocument, rgb, type Color, type PDFPageDrawSVGOptions } from 'pdf-lib';
import { appVersion } from '../../lib/appVersion.ts';
import type { Picture, PictureNotes, PicturePath } from './figureSheet.ts';

/**
 * The picture as a PDF of one page of its own size, words as outlines. No dates and no random ids: the same bytes for
 * the same input.
 */
export async function pdfFile(picture: Picture, notes: PictureNotes): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(notes.title, { showInWindowTitleBar: true });
  document.setSubject(notes.provenance.join('\n'));
  document.setCreator(`Iterscope ${appVersion}`);
  document.setProducer('pdf-lib');
  document.setLanguage('en-GB');
  const { width, height, unitPoints: scale } = picture;
  const page = document.addPage([width * scale, height * scale]);
  for (const path of picture.paths) {
    page.drawSvgPath(path.d, { x: 0, y: height * scale, scale, ...looks(path) });
  }
  return new Uint8Array(await document.save());
}

/** The library draws a path without a fill or stroke as filled, and multiplies strokes by the scale itself. */
function looks(path: PicturePath): PDFPageDrawSVGOptions {
  return {
    ...(path.fill === undefined ? {} : { color: colour(path.fill), opacity: path.fillOpacity ?? 1 }),
    ...(path.stroke === undefined
      ? {}
      : {
          borderColor: colour(path.stroke),
          borderWidth: path.strokeWidth ?? 1,
          borderOpacity: path.strokeOpacity ?? 1,
          borderLineCap: LineCapStyle.Round,
          ...(path.dash === undefined ? {} : { borderDashArray: [...path.dash] }),
        }),
  };
}

function colour(hex: string): Color {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return rgb(part(1), part(3), part(5));
}
