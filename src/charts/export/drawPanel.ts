import type { PicturePath, SheetLook } from '../../ui/export/figureSheet.ts';
import { dashOf } from '../shape/agentStyle.ts';
import {
  edgePadding,
  iterationWidth,
  labelText,
  xOf,
  yOf,
  type Gutters,
  type PanelBox,
} from '../shape/geometry.ts';
import { bandPath, linePath, placeMarks, placeLabels } from '../shape/placed.ts';
import {
  lineDot,
  shapeOf,
  signPath,
  type SeriesLook,
  ink,
  withoutUnit,
  type Plot,
  type PlotPanel,
  type Say,
} from './plot.ts';

interface PanelOnPaper {
  readonly plot: Plot;
  readonly panel: PlotPanel;
  readonly box: PanelBox;
  readonly side: Gutters;
  readonly look: SheetLook;
  /** Units from the sheet's top to the panel's. */
  readonly top: number;
  readonly paths: PicturePath[];
  readonly say: Say;
}

/** Tones that differ most between neighbours; all dark enough for a thin line on white. */
const greys = ['#000000', '#7d7d7d', '#3f3f3f', '#9a9a9a', '#5c5c5c'];

/** How a series looks in colour or grey. The total and other lines without a place are in ink. */
export function seriesLook(plot: Plot, index: number | undefined, isGrey: boolean): SeriesLook {
  const series = index === undefined ? undefined : plot.series[index];
  if (index === undefined || series === undefined) return { color: ink.second, dash: undefined, marker: 0 };
  if (series.isBaseline === true) return { color: ink.text, dash: [5, 4], marker: index };
  const grey = greys[index % greys.length] ?? ink.text;
  const again = dashOf(index);
  const dash = isGrey && plot.panels.every((panel) => panel.bars === undefined) ? greyDash(index) : again;
  return { color: isGrey ? grey : series.color, dash, marker: index };
}

/** In one colour the second of two lines is broken already. */
const greyDash = (index: number): readonly number[] | undefined =>
  index === 0 ? undefined : dashOf(index * 8);

/** One panel: grid, axes, bands, lines, ties, signs, rails, names. */
export function drawPanel(sheet: PanelOnPaper): void {
  const shifted: PicturePath[] = [];
  const say: Say = (words) => sheet.say({ ...words, y: words.y + sheet.top });
  const own = { ...sheet, paths: shifted, say };
  const box: PanelBox = moved(sheet.box, sheet.top);
  drawAxes(own, box);
  drawBars(own, box);
  drawLines(own, box);
  drawMarks(own, box);
  drawRails(own, box);
  drawLabels(own, box);
  drawNotes(own, box);
  sheet.paths.push(...shifted);
}

/** Paths are written where they stand on the sheet. */
function moved(box: PanelBox, by: number): PanelBox {
  return {
    ...box,
    top: box.top + by,
    bottom: box.bottom + by,
    railYs: box.railYs.map((y) => y + by),
    axisY: box.axisY === undefined ? undefined : box.axisY + by,
  };
}

const p = (value: number): string => String(Math.round(value * 100) / 100);

function drawAxes({ plot, panel, top, paths, say }: PanelOnPaper, box: PanelBox): void {
  const { texts } = withoutUnit(panel.ticks.map(panel.formatTick));
  panel.ticks.forEach((tick, index) => {
    const y = yOf(box, panel, tick);
    paths.push({ d: `M${p(box.left)} ${p(y)}H${p(box.right)}`, stroke: ink.line, strokeWidth: 0.8 });
    say({ text: texts[index] ?? '', x: box.left - 6, y: y - top + 4, anchor: 'end' });
  });
  paths.push({ d: `M${p(box.left)} ${p(box.bottom)}H${p(box.right)}`, stroke: ink.text, strokeWidth: 0.9 });
  for (const at of plot.uprights) {
    const x = xOf(box, plot.span, at);
    if (x < box.left || x > box.right) continue;
    paths.push({
      d: `M${p(x)} ${p(box.top)}V${p(box.bottom)}`,
      stroke: ink.edge,
      strokeWidth: 0.7,
      dash: [2, 3],
    });
  }
  for (const rule of panel.rules) {
    const y = yOf(box, panel, rule.value);
    paths.push({
      d: `M${p(box.left)} ${p(y)}H${p(box.right)}`,
      stroke: ink.third,
      strokeWidth: 1,
      ...(rule.value === 0 ? {} : { dash: [5, 4] }),
    });
    if (rule.label !== '')
      say({ text: rule.label, x: box.right - 4, y: y - top - 4, anchor: 'end', color: ink.third });
  }
  const { axisY } = box;
  const widest = Math.max(...plot.span.map((place) => plot.formatX(place).length)) * 7 + 16;
  const count = Math.max(1, Math.floor((box.right - box.left - 2 * edgePadding) / widest));
  for (const place of plot.xTicks(count)) {
    const x = xOf(box, plot.span, place);
    paths.push({ d: `M${p(x)} ${p(box.bottom)}v3`, stroke: ink.text, strokeWidth: 0.9 });
    if (axisY !== undefined) say({ text: plot.formatX(place), x, y: axisY - top, anchor: 'middle' });
  }
}

function drawBars({ plot, panel, look, paths }: PanelOnPaper, box: PanelBox): void {
  for (const { fromX, toX, low, high, series } of panel.bars ?? []) {
    const [left, right] = [xOf(box, plot.span, fromX), xOf(box, plot.span, toX)];
    const [upper, lower] = [yOf(box, panel, high), yOf(box, panel, low)];
    paths.push({
      d: `M${p(left)} ${p(upper)}H${p(right)}V${p(lower)}H${p(left)}Z`,
      fill: seriesLook(plot, series, look.isGrey).color,
      stroke: '#ffffff',
      strokeWidth: 0.6,
    });
  }
}

function drawLines({ plot, panel, look, paths }: PanelOnPaper, box: PanelBox): void {
  for (const line of panel.lines) {
    const d = bandPath(line, panel, box, plot.span);
    const { color } = seriesLook(plot, line.agentIndex, look.isGrey);
    if (d !== '') paths.push({ d, fill: color, fillOpacity: 0.16 });
  }
  for (const line of panel.lines) {
    const d = linePath(line, panel, box, plot.span);
    if (d === '') continue;
    const { color, dash } = seriesLook(plot, line.agentIndex, look.isGrey);
    const isAgain = line.role === 'remeasured';
    const pattern = isAgain ? [3, 3] : dash;
    paths.push({
      d,
      stroke: color,
      strokeWidth: line.look?.isThin === true ? 0.8 : isAgain ? 1.2 : 1.8,
      ...(pattern === undefined ? {} : { dash: pattern }),
    });
  }
}

const closeTogether = 12;

function drawMarks({ plot, panel, look, paths }: PanelOnPaper, box: PanelBox): void {
  const placed = placeMarks(panel, box, plot.span);
  const isClose = iterationWidth(box, plot.span) < closeTogether;
  const radius = isClose ? 2.6 : 3.6;
  for (const { mark, x, y, tieY } of placed) {
    if (tieY === undefined) continue;
    const { color } = seriesLook(plot, mark.agentIndex, look.isGrey);
    paths.push({
      d: `M${p(x)} ${p(tieY)}V${p(y)}`,
      stroke: color,
      strokeWidth: 0.8,
      strokeOpacity: 0.6,
      dash: [2, 3],
    });
  }
  for (const { mark, x, y } of placed) {
    const style = seriesLook(plot, mark.agentIndex, look.isGrey);
    const [at, height] = [Math.round(x * 100) / 100, Math.round(Math.max(box.top - 4, y) * 100) / 100];
    paths.push(
      mark.kind === 'policy' && plot.hasLineDots
        ? lineDot(style, at, height, isClose ? 2 : 3.2)
        : signPath(shapeOf(mark.kind), at, height, radius, style.color),
    );
  }
}

function drawRails({ panel, top, paths, say }: PanelOnPaper, box: PanelBox): void {
  panel.rails.forEach((rail, index) => {
    const y = box.railYs[index] ?? box.bottom;
    paths.push({
      d: `M${p(box.left)} ${p(y)}H${p(box.right)}`,
      stroke: ink.edge,
      strokeWidth: 0.7,
      dash: [1, 3],
    });
    say({ text: rail.label, x: box.left, y: y - top - 7, size: 10, color: ink.third });
  });
}

function drawLabels({ plot, panel, side, look, top, say }: PanelOnPaper, box: PanelBox): void {
  if (look.names !== 'labels' || !side.amountsFit) return;
  for (const { label, y } of placeLabels(panel, box)) {
    const { color } = seriesLook(plot, label.agentIndex, look.isGrey);
    const text = labelText(label, side.nameLetters);
    say({ text, x: box.right + 5, y: y - top + 4, isBold: true, color });
  }
}

/** Words at points, right above them. */
function drawNotes({ plot, panel, top, say }: PanelOnPaper, box: PanelBox): void {
  for (const { iteration, value, text } of panel.notes ?? []) {
    say({
      text,
      x: xOf(box, plot.span, iteration),
      y: yOf(box, panel, value) - top - 7,
      size: 9,
      anchor: 'middle',
      color: ink.second,
    });
  }
}
