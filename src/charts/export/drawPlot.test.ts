import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';
import { loadFonts, type Fonts } from '../../ui/export/fonts.ts';
import { pdfFile } from '../../ui/export/pdf.ts';
import { withNotes } from '../../ui/export/png.ts';
import { type SheetLook, sizeWords, svgFile } from '../../ui/export/figureSheet.ts';
import { bankA, bankB, fraction, proposal, row } from '../../testing/figureExperiment.ts';
import { figureInput } from '../shape/figureInput.ts';
import { figureModel } from '../shape/figureModel.ts';
import { policyCostSheet } from './experimentSheets.ts';
import { agentColors, experimentColors, outcomeColors } from './plot.ts';
import { wrapped } from './drawPlot.ts';

const fontFolder = path.resolve(import.meta.dirname, '../../../node_modules/@fontsource/inter/files');
let fonts: Fonts;
beforeAll(async () => {
  fonts = await loadFonts(
    async (script, weight) => {
      const bytes = await readFile(path.join(fontFolder, `inter-${script}-${weight}-normal.woff`));
      return new Uint8Array(bytes).buffer;
    },
    ['latin', 'greek'],
  );
});

const input = figureInput({
  agents: [bankA, bankB],
  iterations: [
    row(0, { BANK_A: 5000, BANK_B: 5000 }, { BANK_A: 0.5, BANK_B: 0.5 }),
    row(1, { BANK_A: 3000, BANK_B: 4000 }, { BANK_A: 0.3, BANK_B: 0.4 }),
    row(2, { BANK_A: 1000, BANK_B: 4000 }, { BANK_A: 0.1, BANK_B: 0.4 }),
  ],
  proposals: [
    proposal(0, bankA, 'accepted', { fraction: 0.3, old: 5000, new: 3000 }),
    proposal(1, bankB, 'rejected', { fraction: 0.2, old: 4000, new: 9000 }),
    proposal(1, bankA, 'accepted', { fraction: 0.1, old: 3000, new: 1000 }),
  ],
  runs: [],
});
const look: SheetLook = {
  widthMillimetres: 85,
  heightMillimetres: undefined,
  fontPoints: 7,
  isGrey: false,
  names: 'labels',
  isBeside: false,
  title: undefined,
  footnote: 'results.db 0a1b2c3d · exp1',
  without: new Set(),
};
const notes = { title: 'Policy & cost', provenance: ['File: results.db', 'Link: https://x/#/?a=1&b=2'] };

function draw(changed: Partial<SheetLook> = {}) {
  const model = figureModel(input, {
    parameter: fraction,
    metric: 'cost',
    scale: 'linear',
    hiddenAgents: new Set(),
    showTotal: false,
    selected: undefined,
  });
  const sheet = policyCostSheet(model, input.agents, 'Caption.');
  if (sheet === undefined) throw new Error('nothing to draw');
  return sheet.draw({ ...look, ...changed }, fonts);
}
const textsOf = (changed?: Partial<SheetLook>) => draw(changed).paths.flatMap(({ text }) => text ?? []);

describe('the hero figure on paper', () => {
  test('is as wide as asked for, and says axes with units, names, signs and origin', () => {
    expect(sizeWords(draw()).startsWith('85 × ')).toBe(true);
    expect(sizeWords(draw({ widthMillimetres: 170, heightMillimetres: 90 }))).toBe('170 × 90 mm');
    const texts = textsOf();
    expect(texts).toContain('Initial liquidity fraction (%)');
    expect(texts).toContain('Cost per agent ($)');
    expect(texts).toContain('Iteration');
    expect(texts).toContain('BANK_A $10.00');
    expect(texts).toContain('BANK_B 40 %');
    expect(texts).toContain('rejected proposal');
    expect(texts).toContain('results.db 0a1b2c3d · exp1');
    // Ticks carry no unit: it stands in the title.
    expect(texts.filter((text) => /^\$\d+$|^\d+ %$/.test(text))).toEqual([]);
  });

  test('has a list of names beside or below instead of those at the lines, and a title', () => {
    for (const names of ['beside', 'below'] as const) {
      const texts = textsOf({ names, title: 'Policy and cost' });
      expect(texts).toContain('BANK_A');
      expect(texts).not.toContain('BANK_A $10.00');
      expect(texts).toContain('Policy and cost');
    }
  });

  test('leaves out what the reader does not want', () => {
    expect(textsOf({ without: new Set(['rejected']) })).not.toContain('rejected proposal');
    expect(draw({ without: new Set(['rejected']) }).paths.length).toBeLessThan(draw().paths.length);
  });

  test('has no colour when grey, and tells the agents apart by tone, dash and dot', () => {
    const grey = draw({ isGrey: true });
    const colours = new Set(grey.paths.flatMap(({ fill, stroke }) => [fill ?? [], stroke ?? []].flat()));
    for (const colour of agentColors) expect(colours).not.toContain(colour);
    const lines = grey.paths.filter(({ strokeWidth, text }) => strokeWidth === 1.8 && text === undefined);
    expect(new Set(lines.map(({ dash }) => dash?.join(' ') ?? 'solid')).size).toBeGreaterThan(1);
    expect(new Set(lines.map(({ stroke }) => stroke)).size).toBe(2);
  });

  test('gives the same bytes for the same settings, in every format', async () => {
    expect(svgFile(draw(), notes)).toBe(svgFile(draw(), notes));
    expect(svgFile(draw(), notes)).not.toBe(svgFile(draw({ isGrey: true }), notes));
    const [once, again] = [await pdfFile(draw(), notes), await pdfFile(draw(), notes)];
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
    expect(Buffer.from(once.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(Buffer.from(once).includes('CreationDate')).toBe(false);
  });

  test('an SVG is in millimetres, needs no font and carries its origin', () => {
    const svg = svgFile(draw(), notes);
    expect(svg).toContain('width="85mm"');
    expect(svg).not.toContain('<text');
    expect(svg).toContain('<title>Policy &amp; cost</title>');
    expect(svg).toContain('Link: https://x/#/?a=1&amp;b=2');
  });
});

test('a PNG keeps its first chunk first and gets notes with right checksums', () => {
  // The smallest image: one grey dot.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64',
  );
  const noted = Buffer.from(withNotes(new Uint8Array(png), notes));
  expect(noted.subarray(12, 16).toString()).toBe('IHDR');
  expect(noted.subarray(37, 41).toString()).toBe('pHYs');
  // 600 dots per inch are 23,622 a metre.
  expect(noted.readUInt32BE(41)).toBe(23622);
  expect(noted.includes('File: results.db')).toBe(true);
  // IEND has a checksum that everybody knows; ours of pHYs is taken by another implementation.
  expect(noted.readUInt32BE(50)).toBe(crc(noted.subarray(37, 50)));
});

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    let rest = (sum ^ byte) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    sum = (sum >>> 8) ^ rest;
  }
  return ~sum >>> 0;
}

test('words of another script find their font; what none has is named', () => {
  expect(fonts.outline('Ω', 0, 10, 11, false)).not.toBe('');
  expect(fonts.missing.size).toBe(0);
  fonts.widthOf('漢', 11, false);
  expect([...fonts.missing]).toEqual(['漢']);
});

test('lines are broken between words, long words where they have to be', () => {
  const widthOf = (text: string) => text.length;
  expect(wrapped('one two three', 7, widthOf)).toEqual(['one two', 'three']);
  expect(wrapped('abcdefghij k', 4, widthOf)).toEqual(['abcd', 'efgh', 'ij k']);
});

test('colours on paper are the light ones of the screen', async () => {
  const tokens = await readFile(path.resolve(import.meta.dirname, '../../ui/tokens.css'), 'utf8');
  const light = (name: string) => new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}),`).exec(tokens)?.[1];
  agentColors.forEach((colour, index) => expect(light(`agent-${index + 1}`)).toBe(colour));
  experimentColors.forEach((colour, index) => expect(light(`x-${index + 1}`)).toBe(colour));
  for (const [name, colour] of Object.entries(outcomeColors)) expect(light(name)).toBe(colour);
});
