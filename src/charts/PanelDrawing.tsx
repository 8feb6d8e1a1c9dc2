import { memo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  XAxis,
  YAxis,
  ZIndexLayer,
  type XAxisTickContentProps,
} from 'recharts';
import { agentStyle } from './shape/agentStyle.ts';
import {
  edgePadding,
  iterationDomain,
  iterationWidth,
  labelText,
  shareOf,
  type Gutters,
  type PanelBox,
} from './shape/geometry.ts';
import type { ChartLine, PanelModel } from './shape/panel.ts';
import { bandPath, linePath, type PlacedMark, placeLabels } from './shape/placed.ts';
import { iterationTicks } from './shape/valueAxis.ts';
import { Glyph } from './Glyph.tsx';

interface PanelDrawingProps {
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly side: Gutters;
  readonly span: readonly [number, number];
  readonly placed: readonly PlacedMark[];
}

/** Above the library's lines (400) and axes (500). */
const marksZIndex = 650;
/** Pixels that a written iteration needs. */
const tickRoom = (iteration: number): number => String(iteration).length * 7 + 20;
/** Pixels from one number of the value axis to the next. */
const leastTickGap = 15;

/** Every second or third tick where a low panel has no room for all. */
function roomyTicks({ ticks }: PanelModel, { top, bottom }: PanelBox): readonly number[] {
  const stride = Math.ceil((ticks.length * leastTickGap) / Math.max(1, bottom - top));
  return stride <= 1 ? ticks : ticks.filter((_, place) => place % stride === 0);
}

/** Numbers and words on and beside the axes of every figure. */
export const axisText = { fill: 'var(--ink-3)', fontSize: 11 };

/** One panel, drawn once per model: nothing that follows the pointer is in here. */
export const PanelDrawing = memo(function PanelDrawing({
  panel,
  box,
  side,
  span,
  placed,
}: PanelDrawingProps) {
  const roomForTicks = Math.floor((box.right - box.left - 2 * edgePadding) / tickRoom(span[1]));
  const { axisY } = box;
  const ticks = roomyTicks(panel, box);
  const below = box.height - box.bottom;
  return (
    <ComposedChart
      // Without values of its own the library draws no axes; lines and marks are ours.
      data={[
        { iteration: span[0], value: 0 },
        { iteration: span[1], value: 1 },
      ]}
      width={box.width}
      height={box.height}
      margin={{
        top: box.top,
        right: box.width - box.right,
        bottom: axisY === undefined ? below : 0,
        left: 0,
      }}
      accessibilityLayer={false}
      tabIndex={-1}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
      <XAxis
        type="number"
        dataKey="iteration"
        domain={[...iterationDomain(span)]}
        padding={{ left: edgePadding, right: edgePadding }}
        ticks={[...iterationTicks(span[0], span[1], roomForTicks)]}
        interval={0}
        hide={axisY === undefined}
        height={below}
        axisLine={false}
        tickLine={false}
        tick={(tick: XAxisTickContentProps) => (
          <text x={tick.x} y={axisY ?? 0} textAnchor="middle" style={axisText}>
            {tick.payload.value}
          </text>
        )}
      />
      <YAxis
        type="number"
        width={box.left}
        // Shares of the domain: the library's own scales overflow near the largest double.
        domain={[0, 1]}
        ticks={ticks.map((tick) => shareOf(panel, tick))}
        interval={0}
        tickFormatter={(_, index: number) => panel.formatTick(ticks[index] ?? 0)}
        axisLine={false}
        tickLine={false}
        tick={axisText}
      />
      {panel.rules.map((rule) => (
        <ReferenceLine
          key={rule.label}
          y={shareOf(panel, rule.value)}
          stroke="var(--ink-3)"
          strokeDasharray={rule.value === 0 ? 'none' : '5 4'}
          label={{ value: rule.label, position: 'insideBottomRight', ...axisText }}
        />
      ))}
      <Line dataKey="value" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
      <ZIndexLayer zIndex={marksZIndex}>
        <Rails panel={panel} box={box} />
        <g data-series>
          <Series panel={panel} box={box} side={side} span={span} placed={placed} />
        </g>
      </ZIndexLayer>
    </ComposedChart>
  );
});

/** One agent's lines, signs and labels over the drawing, which its panel then shows paler. */
export function RaisedSeries(props: PanelDrawingProps & { readonly agentIndex: number }) {
  const { panel, placed, agentIndex } = props;
  return (
    <Series
      {...props}
      panel={{ ...panel, lines: panel.lines.filter((line) => line.agentIndex === agentIndex) }}
      placed={placed.filter(({ mark }) => mark.agentIndex === agentIndex)}
      only={agentIndex}
    />
  );
}

/** What stands for values: lines, signs, and the words at the ends. */
function Series({ panel, box, side, span, placed, only }: PanelDrawingProps & { readonly only?: number }) {
  return (
    <>
      <Lines panel={panel} box={box} span={span} isStrong={only !== undefined} />
      <MarksLayer placed={placed} room={iterationWidth(box, span)} />
      {side.amountsFit && <EndLabels panel={panel} box={box} nameLetters={side.nameLetters} only={only} />}
    </>
  );
}

interface LinesProps {
  /** Drawn heavier. */
  readonly isStrong: boolean;
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly span: readonly [number, number];
}

/** One path a line, and one a band: the library's own lines took seconds for 500 agents. */
function Lines({ panel, box, span, isStrong }: LinesProps) {
  const bands = panel.lines.map((line, index) => ({ line, index, d: bandPath(line, panel, box, span) }));
  return (
    <g fill="none" strokeLinecap="round">
      {bands.map(
        ({ line, index, d }) =>
          d !== '' && <path key={`band ${index}`} d={d} fill={colorOf(line)} fillOpacity={0.14} />,
      )}
      {panel.lines.map((line, index) => {
        const isAgain = line.role === 'remeasured';
        const agentDash =
          line.look?.dash ?? (line.agentIndex === undefined ? undefined : agentStyle(line.agentIndex).dash);
        const isThin = line.look?.isThin === true;
        return (
          <path
            key={index}
            data-line={line.role}
            d={linePath(line, panel, box, span)}
            stroke={colorOf(line)}
            strokeWidth={(isThin ? 1 : isAgain ? 1.4 : 2) + (isStrong ? 0.8 : 0)}
            strokeDasharray={isAgain ? '4 4' : agentDash}
            strokeOpacity={isThin ? 0.6 : isAgain ? 0.85 : 1}
          />
        );
      })}
    </g>
  );
}

function colorOf({ look, agentIndex }: Pick<ChartLine, 'look' | 'agentIndex'>): string {
  return look?.color ?? (agentIndex === undefined ? 'var(--ink-2)' : agentStyle(agentIndex).color);
}

/** Thin lines under the plot with their names: marks on them have no place on the value axis. */
function Rails({ panel, box }: { readonly panel: PanelModel; readonly box: PanelBox }) {
  return panel.rails.map((rail, index) => {
    const y = box.railYs[index] ?? box.bottom;
    return (
      <g key={rail.id} data-rail={rail.id}>
        <line x1={box.left} x2={box.right} y1={y} y2={y} stroke="var(--line-2)" strokeDasharray="1 3" />
        <text x={box.left} y={y - 9} {...axisText}>
          {rail.label}
        </text>
      </g>
    );
  });
}

interface EndLabelsProps {
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly nameLetters: number;
  /** One agent's alone, where it stands among all. */
  readonly only: number | undefined;
}

/** Pixels between the grid and a label. */
const labelGap = 4;

/** Names and last values at the ends of the lines. */
function EndLabels({ panel, box, nameLetters, only }: EndLabelsProps) {
  const placed = placeLabels(panel, box);
  const shown = only === undefined ? placed : placed.filter(({ label }) => label.agentIndex === only);
  return shown.map(({ label, y }) => (
    <text
      key={label.agentIndex ?? label.name}
      x={box.right + labelGap}
      y={y + 4}
      {...axisText}
      fontWeight="var(--weight-bold)"
      fill={colorOf(label)}
    >
      {labelText(label, nameLetters)}
    </text>
  ));
}

/** Pixels per iteration below which dots shrink. */
const closeTogether = 12;

interface MarksLayerProps {
  readonly placed: readonly PlacedMark[];
  /** Pixels between two iterations. */
  readonly room: number;
}

/** Dotted ties below, signs above; every sign says in `data-` what it stands for. */
function MarksLayer({ placed, room }: MarksLayerProps) {
  const radius = room < closeTogether ? 3 : 4;
  return (
    <g>
      <Ties placed={placed} />
      {placed.map(({ mark, x, y }) => (
        <g
          key={`${mark.kind} ${mark.agentIndex} ${mark.iteration}`}
          data-mark={mark.kind}
          data-agent={mark.agentId}
          data-iteration={mark.iteration}
        >
          <Glyph
            kind={mark.kind}
            x={x}
            y={y}
            color={colorOf(mark)}
            radius={mark.kind === 'policy' && room < closeTogether ? 2.4 : radius}
          />
        </g>
      ))}
    </g>
  );
}

/** One path per agent: hundreds of ties cost no more than one. */
function Ties({ placed }: Pick<MarksLayerProps, 'placed'>) {
  const paths = new Map<number, string>();
  for (const { mark, x, y, tieY } of placed) {
    if (tieY === undefined) continue;
    paths.set(mark.agentIndex, `${paths.get(mark.agentIndex) ?? ''}M${x} ${tieY}V${y}`);
  }
  return [...paths].map(([agentIndex, d]) => (
    <path
      key={agentIndex}
      d={d}
      stroke={agentStyle(agentIndex).color}
      strokeDasharray="2 3"
      strokeOpacity={0.6}
      fill="none"
    />
  ));
}
