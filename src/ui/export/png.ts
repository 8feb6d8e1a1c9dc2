import { appVersion } from '../../lib/appVersion.ts';
import { type Picture, type PictureNotes, svgFile } from './figureSheet.ts';

/** Dots per inch: what journals ask for of line art in colour. */
const resolution = 600;

/** The picture in dots, with its size and its notes in the file. Needs a browser's canvas. */
export async function pngFile(picture: Picture, notes: PictureNotes): Promise<Uint8Array<ArrayBuffer>> {
  const dots = (units: number): number => Math.round((units * picture.unitPoints * resolution) / 72);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [dots(picture.width), dots(picture.height)];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser cannot draw so large an image.');
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(picture, notes))}`;
  await image.decode();
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser cannot make so large an image.');
  return withNotes(new Uint8Array(await blob.arrayBuffer()), notes);
}

/** Signature and IHDR: notes come right after them. */
const headBytes = 8 + 25;

/** A PNG with its resolution (pHYs) and notes (iTXt) put in after its head. */
export function withNotes(png: Uint8Array<ArrayBuffer>, notes: PictureNotes): Uint8Array<ArrayBuffer> {
  const perMetre = Math.round(resolution / 0.0254);
  const physical = new DataView(new ArrayBuffer(9));
  physical.setUint32(0, perMetre);
  physical.setUint32(4, perMetre);
  physical.setUint8(8, 1);
  const chunks = [
    chunk('pHYs', new Uint8Array(physical.buffer)),
    textChunk('Title', notes.title),
    textChunk('Description', notes.provenance.join('\n')),
    textChunk('Software', `Iterscope ${appVersion}`),
  ];
  return joined([png.subarray(0, headBytes), ...chunks, png.subarray(headBytes)]);
}

const utf8 = new TextEncoder();

/** `iTXt`: keyword, not compressed, no language, text in UTF-8. */
function textChunk(keyword: string, text: string): Uint8Array {
  return chunk('iTXt', joined([utf8.encode(keyword), new Uint8Array(5), utf8.encode(text)]));
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = joined([utf8.encode(type), content]);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, content.length);
  frame.setUint32(4, crc32(named));
  const bytes = new Uint8Array(frame.buffer);
  return joined([bytes.subarray(0, 4), named, bytes.subarray(4)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The checksum of the PNG specification (ISO 3309), bit by bit: the chunks are short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
