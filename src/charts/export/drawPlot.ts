import {
  pointsPerMillimetre,
  type Picture,
  type PicturePath,
  type SheetLook,
} from '../../ui/export/figureSheet.ts';
import type { Fonts } from '../../ui/export/fonts.ts';
import { panelBox, type Gutters } from '../shape/geometry.ts';
import { drawPanel, seriesLook } from './drawPanel.ts';
import {
  lineDot,
  signPath,
  ink,
  withoutUnit,
  type Plot,
  type PlotKey,
  type PlotPanel,
  type Say,
} from './plot.ts';
/** Pixels of axis text on screen, on which the shared geometry of panels is measured. */
const axisSize = 11;
const titleSize = 12;
const footnoteSize = 8;
const lineRoom = 15;
/** Heights of plots as drawn when the reader gives none. */
const defaultHeights = (count: number): readonly number[] =>
  count === 1 ? [170] : count === 2 ? [105, 150] : Array.from({ length: count }, () => 78);
const lowestPlot = 28;

/** The plot on paper at a look: white, without anything of the screen. */
export function drawPlot(plot: Plot, look: SheetLook, fonts: Fonts): Picture {
  const unitPoints = look.fontPoints / axisSize;
  const units = (millimetres: number): number => (millimetres * pointsPerMillimetre) / unitPoints;
  const width = units(look.widthMillimetres);
  const paths: PicturePath[] = [];
  const say: Say = ({ text, x, y, size = axisSize, isBold = false, color = ink.text, anchor = 'start' }) => {
    const room = anchor === 'start' ? 0 : fonts.widthOf(text, size, isBold) / (anchor === 'end' ? 1 : 2);
    const d = fonts.outline(text, x - room, y, size, isBold);
    if (d !== '') paths.push({ d, fill: color, text });
  };
  const wrap = (text: string, size: number, room: number) =>
    wrapped(text, room, (t) => fonts.widthOf(t, size, false));

  const drawn = { ...plot, panels: plot.panels.map((panel) => panelWithout(panel, look.without)) };
  const names = entriesOf(drawn, look);
  const besideWidth =
    look.names === 'beside' && names.length > 0
      ? Math.min(
          width * 0.35,
          Math.max(...names.map(({ words }) => fonts.widthOf(words, axisSize, false))) + 34,
        )
      : 0;
  const room = width - besideWidth;
  const isBeside = look.isBeside && drawn.panels.length > 1;
  const columnWidth = isBeside ? room / drawn.panels.length : room;
  const side = sideOf(drawn, look, fonts, columnWidth);

  const titleLines = look.title === undefined ? [] : wrap(look.title, titleSize, width - 8);
  const footLines = look.footnote === undefined ? [] : wrap(look.footnote, footnoteSize, width - 8);
  const below = look.names === 'beside' ? [] : rowsOf(names, width - 8, fonts);
  const around =
    6 +
    titleLines.length * lineRoom +
    lineRoom +
    below.length * lineRoom +
    footLines.length * (footnoteSize + 3) +
    8;
  const heights = plotHeights(drawn, look, units, around);

  let top = 6;
  for (const text of titleLines) {
    say({ text, x: 4, y: top + 11, size: titleSize, isBold: true });
    top += lineRoom;
  }
  const firstTop = top;
  const lastDrawing = drawn.panels.findLastIndex((panel) => panel.emptyText === undefined);
  let lowest = top;
  for (const [index, panel] of drawn.panels.entries()) {
    const from = isBeside ? index * columnWidth : 0;
    if (isBeside) top = firstTop;
    const letter = drawn.panels.length > 1 ? String.fromCharCode(97 + index) : undefined;
    const titleX = from + side.left;
    const sayLines = (text: string, color: string): void => {
      for (const words of wrap(text, axisSize, columnWidth - side.left - 4)) {
        say({ text: words, x: titleX, y: top + 12, color });
        top += lineRoom;
      }
    };
    if (letter !== undefined) say({ text: letter, x: titleX - 14, y: top + 12, isBold: true });
    sayLines(axisTitle(panel), ink.text);
    if (panel.emptyText !== undefined) {
      sayLines(panel.emptyText, ink.second);
      top += 6;
    } else {
      const isLast = isBeside || index === lastDrawing;
      const narrow = panelBox(panel, columnWidth, heights[index] ?? lowestPlot, side, isLast);
      const box = { ...narrow, left: narrow.left + from, right: narrow.right + from };
      drawPanel({ plot: drawn, panel, box, side, look, top, paths, say });
      top += box.height;
      if (isLast) {
        say({ text: plot.xTitle, x: (box.left + box.right) / 2, y: top + 10, anchor: 'middle' });
        top += lineRoom;
      }
    }
    lowest = Math.max(lowest, top);
  }
  top = lowest;
  if (look.names === 'beside') {
    names.forEach((entry, row) =>
      drawEntry(entry, width - besideWidth + 8, firstTop + 22 + row * lineRoom, look, plot, paths, say),
    );
    top = Math.max(top, firstTop + 22 + names.length * lineRoom);
  }
  for (const row of below) {
    for (const { entry, x } of row) drawEntry(entry, x + 4, top + 10, look, plot, paths, say);
    top += lineRoom;
  }
  for (const text of footLines) {
    say({ text, x: 4, y: top + 9, size: footnoteSize, color: ink.third });
    top += footnoteSize + 3;
  }
  const height = Math.max(top + 8, look.heightMillimetres === undefined ? 0 : units(look.heightMillimetres));
  return { width, height, unitPoints, paths };
}

/** Parts that a reader may leave out: signs of proposals, the re-measured line, bands. */
export function plotParts(plot: Plot): readonly { readonly id: string; readonly words: string }[] {
  const lines = plot.panels.flatMap((panel) => panel.lines);
  const marks = plot.panels.flatMap((panel) => panel.marks);
  return [
    ...(marks.some(({ kind }) => kind === 'rejected')
      ? [{ id: 'rejected', words: 'Rejected proposals' }]
      : []),
    ...(marks.some(({ kind }) => kind !== 'rejected' && kind !== 'policy')
      ? [{ id: 'other', words: 'Other proposals' }]
      : []),
    ...(lines.some(({ role }) => role === 'remeasured')
      ? [{ id: 'remeasured', words: 'Policy re-measured' }]
      : []),
    ...(lines.some(({ points }) => points.some(({ interval }) => interval !== undefined))
      ? [{ id: 'band', words: '95 % interval' }]
      : []),
  ];
}

function panelWithout(panel: PlotPanel, without: ReadonlySet<string>): PlotPanel {
  if (without.size === 0) return panel;
  const isLeftOut = (kind: string): boolean =>
    kind !== 'policy' && without.has(kind === 'rejected' ? 'rejected' : 'other');
  const marks = panel.marks.filter(({ kind }) => !isLeftOut(kind));
  return {
    ...panel,
    marks,
    rails: panel.rails.filter(({ id }) =>
      marks.some(({ place }) => place.on === 'rail' && place.rail === id),
    ),
    lines: panel.lines
      .filter(({ role }) => role !== 'remeasured' || !without.has('remeasured'))
      .map((line) =>
        without.has('band')
          ? { ...line, points: line.points.map((point) => ({ ...point, interval: undefined })) }
          : line,
      ),
  };
}

/** The panel's title with the unit of its axis. */
function axisTitle(panel: PlotPanel): string {
  const { unit } = withoutUnit(panel.ticks.map(panel.formatTick));
  const words = [...(unit === undefined ? [] : [unit]), ...(panel.scale === 'log' ? ['log scale'] : [])];
  return words.length === 0 ? panel.title : `${panel.title} (${words.join(', ')})`;
}

function sideOf(plot: Plot, look: SheetLook, fonts: Fonts, width: number): Gutters {
  const widest = (texts: readonly string[], isBold: boolean): number =>
    Math.max(0, ...texts.map((text) => fonts.widthOf(text, axisSize, isBold)));
  const ticks = plot.panels.flatMap((panel) => withoutUnit(panel.ticks.map(panel.formatTick)).texts);
  const left = Math.max(30, widest(ticks, false) + 12);
  const labels = look.names === 'labels' ? plot.panels.flatMap((panel) => panel.labels) : [];
  const named =
    widest(
      labels.map(({ name, text }) => `${name} ${text}`.trim()),
      true,
    ) + 10;
  const amounts =
    widest(
      labels.map(({ text }) => text),
      true,
    ) + 10;
  const namesFit = named <= width * 0.36;
  const right = labels.length === 0 ? 12 : namesFit ? named : Math.min(amounts, width * 0.4);
  const nameLetters = namesFit ? Math.max(0, ...labels.map(({ name }) => name.length)) : 0;
  return { left, right, nameLetters, amountsFit: labels.length > 0 && (namesFit || amounts <= width * 0.4) };
}

function plotHeights(
  plot: Plot,
  look: SheetLook,
  units: (millimetres: number) => number,
  around: number,
): readonly number[] {
  if (look.isBeside && plot.panels.length > 1) {
    const height =
      look.heightMillimetres === undefined ? 150 : units(look.heightMillimetres) - around - lineRoom - 60;
    return plot.panels.map(() => Math.max(lowestPlot, height));
  }
  const wanted = defaultHeights(plot.panels.length);
  if (look.heightMillimetres === undefined) return wanted;
  // Titles, tops, rails and axes of the panels stay as they are; the plots share what is left.
  const fixed = plot.panels.reduce((sum, panel) => sum + lineRoom + 10 + 34 * panel.rails.length + 8, 14);
  const room = Math.max(0, units(look.heightMillimetres) - around - fixed);
  const sum = wanted.reduce((all, height) => all + height, 0);
  return wanted.map((height) => Math.max(lowestPlot, (height / sum) * room));
}

/** One sample with its words in a list of names. */
type Entry = { readonly words: string } & (
  | { readonly series: number }
  | { readonly sample: PlotKey['sample'] }
);

/** Names of lines where their ends do not carry them, then what the signs that are drawn mean. */
function entriesOf(plot: Plot, look: SheetLook): readonly Entry[] {
  const marks = plot.panels.flatMap((panel) => panel.marks);
  const labelled = new Set(plot.panels.flatMap((panel) => panel.labels.map(({ agentIndex }) => agentIndex)));
  const drawnSeries = new Set([
    ...plot.panels.flatMap((panel) => panel.lines.map(({ agentIndex }) => agentIndex)),
    ...plot.panels.flatMap((panel) => (panel.bars ?? []).map(({ series }) => series)),
  ]);
  const ofSeries = plot.series.flatMap((series, index): readonly Entry[] =>
    series.name !== '' && drawnSeries.has(index) && (look.names !== 'labels' || !labelled.has(index))
      ? [{ words: series.name, series: index }]
      : [],
  );
  const shown = plot.key.filter(({ sample }) => {
    if (sample === 'remeasured') return !look.without.has('remeasured');
    if (sample === 'band') return !look.without.has('band');
    if (sample === 'cross')
      return !look.without.has('rejected') || !marks.every(({ kind }) => kind !== 'rejected');
    return !look.without.has('other') || sample === 'dot';
  });
  return [...ofSeries, ...shown.map(({ sample, words }): Entry => ({ words, sample }))];
}

interface PlacedEntry {
  readonly entry: Entry;
  readonly x: number;
}

const sampleRoom = 24;

function rowsOf(entries: readonly Entry[], room: number, fonts: Fonts): readonly (readonly PlacedEntry[])[] {
  const rows: PlacedEntry[][] = [];
  let x = Infinity;
  for (const entry of entries) {
    const own = sampleRoom + fonts.widthOf(entry.words, axisSize, false) + 12;
    if (x + own > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, x });
    x += own;
  }
  return rows;
}

function drawEntry(
  entry: Entry,
  x: number,
  y: number,
  look: SheetLook,
  plot: Plot,
  paths: PicturePath[],
  say: Say,
): void {
  const middle = y - 4;
  if ('series' in entry) {
    const style = seriesLook(plot, entry.series, look.isGrey);
    const isBars = plot.panels.some((panel) => (panel.bars?.length ?? 0) > 0);
    if (isBars) paths.push({ d: `M${x} ${middle - 5}H${x + 14}V${middle + 5}H${x}Z`, fill: style.color });
    else {
      paths.push({
        d: `M${x} ${middle}H${x + 18}`,
        stroke: style.color,
        strokeWidth: 1.8,
        ...dashed(style.dash),
      });
      if (plot.hasLineDots) paths.push(lineDot(style, x + 9, middle, 3.4));
    }
  } else if (entry.sample === 'remeasured') {
    paths.push({ d: `M${x} ${middle}H${x + 18}`, stroke: ink.second, strokeWidth: 1.4, dash: [4, 4] });
  } else if (entry.sample === 'band') {
    paths.push({
      d: `M${x} ${middle - 5}H${x + 18}V${middle + 5}H${x}Z`,
      fill: ink.second,
      fillOpacity: 0.25,
    });
  } else paths.push(signPath(entry.sample, x + 9, middle, 3.6, ink.second));
  say({ text: entry.words, x: x + sampleRoom, y });
}

const dashed = (dash: readonly number[] | undefined): Pick<PicturePath, 'dash'> =>
  dash === undefined ? {} : { dash };

/** Lines of at most `room`, broken between words; a word that is longer alone is broken where it has to be. */
export function wrapped(text: string, room: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > room && line.length > 1) {
      let cut = line.length - 1;
      while (cut > 1 && widthOf(line.slice(0, cut)) > room) cut -= 1;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  return line === '' ? lines : [...lines, line];
}
