import { escapeXml } from '../../lib/escapeXml.ts';
import { pointsPerMillimetre, type Picture, type PictureNotes, type PicturePath } from './picture.ts';

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
