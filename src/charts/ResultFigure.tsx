import { useMemo, type PointerEvent } from 'react';

import { plural } from '../lib/format.ts';
import { Figure, type FigureTable } from '../ui/Figure.tsx';
import { agentStyle } from './shape/agentStyle.ts';
import {
  resultAxis,
  resultChartModel,
  resultTick,
  type ChartColumn,
  type ChartRoles,
  type ResultChartModel,
} from './shape/resultChart.ts';
import { niceTicks } from './shape/valueAxis.ts';
import { ColorSample, FigureLegend, LegendEntry, LineSample } from './FigureLegend.tsx';
import { Measured, PanelStage } from './PanelStage.tsx';
import { axisText } from './PanelDrawing.tsx';
import { ReadoutCard } from './ReadoutCard.tsx';
import { moveAlong, usePointing } from './usePointing.ts';

interface ResultFigureProps<Row> {
  readonly name: string;
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly (string | number | bigint | boolean | undefined)[])[];
  readonly roles: ChartRoles;
  /** What is not drawn besides what is thinned out, in a sentence. */
  readonly note: string;
  readonly table: FigureTable<Row>;
}

/** Any table as lines, points or bars. */
export function ResultFigure<Row>({ name, columns, rows, roles, note, table }: ResultFigureProps<Row>) {
  const model = useMemo(() => resultChartModel(columns, rows, roles), [columns, rows, roles]);
  const [xName, yName] = [columns[roles.x]?.name ?? '', columns[roles.y]?.name ?? ''];
  const caption = captionOf(model, xName, yName, note);
  return (
    <Figure
      name={name}
      caption={caption}
      table={table}
      sheet={async () => {
        const { resultSheet } = await import('./export/tableSheets.ts');
        return resultSheet({ model, kind: roles.kind, xName, yName, caption });
      }}
    >
      <Measured className={undefined}>
        {(width) => <Drawing name={name} model={model} roles={roles} width={width} xName={xName} />}
      </Measured>
      {model.series.length > 1 && (
        <FigureLegend isLong={model.series.length > 12}>
          {model.series.map((series, i) => (
            <LegendEntry
              key={series.name}
              sample={
                roles.kind === 'line' ? (
                  <LineSample color={agentStyle(i).color} dash={agentStyle(i).dash} />
                ) : (
                  <ColorSample color={agentStyle(i).color} />
                )
              }
            >
              {series.name}
            </LegendEntry>
          ))}
        </FigureLegend>
      )}
    </Figure>
  );
}

function captionOf(model: ResultChartModel, x: string, y: string, note: string): string {
  const left =
    model.leftOut === 0 ? '' : ` ${plural(model.leftOut, 'row has', 'rows have')} no number to draw.`;
  const thinned =
    model.thinned === 0
      ? ''
      : ` ${plural(model.thinned, 'point is', 'points are')} not drawn; the lowest and highest of each stretch are.`;
  return `${y} by ${x}.${left}${thinned}${note}`;
}

interface DrawingProps {
  readonly name: string;
  readonly model: ResultChartModel;
  readonly roles: ChartRoles;
  readonly width: number;
  readonly xName: string;
}

const height = 280;
const [top, bottom, left, right] = [10, 30, 78, 14];
const keys =
  'Left and right arrow keys move over the places of the horizontal axis, Page keys by ten, Home and End to the first and last. Escape leaves.';

/** The drawing under one pointer and one keyboard cursor; a spot is a place in `stops`. */
function Drawing({ name, model, roles, width, xName }: DrawingProps) {
  const stops = useMemo(
    () => [...new Set(model.series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b),
    [model],
  );
  const pointing = usePointing<number>({
    move: (from, key) => moveAlong(from, key, stops.length),
    isSame: (a, b) => a === b,
    stillThere: (index) => (index < stops.length ? index : undefined),
  });
  const scale = scaleOf(model, roles, width);
  if (stops.length === 0) return <svg width={width} height={height} aria-hidden />;
  const spot = pointing.active?.spot;
  const at = spot === undefined ? undefined : stops[spot];
  const read = at === undefined ? undefined : readAt(model, at);
  const nearest = (event: PointerEvent<HTMLElement>): number => {
    const wanted = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return stops.reduce(
      (best, stop, i) =>
        Math.abs(scale.x(stop) - wanted) < Math.abs(scale.x(stops[best] ?? 0) - wanted) ? i : best,
      0,
    );
  };
  return (
    <PanelStage
      name={name}
      keys={keys}
      width={width}
      pointing={pointing}
      readout={
        at === undefined || read === undefined
          ? undefined
          : {
              x: scale.x(at),
              blockCount: 1,
              content: (room) => (
                <ReadoutCard
                  title={`${xName} ${read.title}`}
                  blocks={[{ name: 'Values', agentIndex: undefined, facts: read.facts }]}
                  room={room}
                />
              ),
              speech: `${xName} ${read.title}: ${read.facts.map(({ label, text }) => `${label} ${text}`).join(', ')}.`,
            }
      }
    >
      <div
        onPointerMove={(event) => pointing.pointAt(nearest(event))}
        onPointerDown={(event) => pointing.pointAt(nearest(event))}
      >
        <svg width={width} height={height} aria-hidden style={{ display: 'block' }}>
          <Axes model={model} scale={scale} width={width} />
          <Marks model={model} kind={roles.kind} scale={scale} />
          {at !== undefined && (
            <line x1={scale.x(at)} x2={scale.x(at)} y1={top} y2={height - bottom} stroke="var(--ink-3)" />
          )}
        </svg>
      </div>
    </PanelStage>
  );
}

const mostRead = 10;

/** The values at one place, as the result has them. */
function readAt(model: ResultChartModel, at: number) {
  const points = model.series.flatMap((series) =>
    series.points
      .filter(({ x }) => x === at)
      .map((point) => ({ label: series.name, text: point.yText, title: point.xText })),
  );
  const more = points.length - mostRead;
  const facts = points.slice(0, mostRead).map(({ label, text }) => ({ label, text }));
  if (more > 0) facts.push({ label: 'and more', text: String(more) });
  return { title: points[0]?.title ?? '', facts };
}

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly yTicks: readonly number[];
  readonly xTicks: readonly { readonly at: number; readonly text: string }[];
  /** Pixels of one place. */
  readonly room: number;
}

function scaleOf(model: ResultChartModel, { kind }: ChartRoles, width: number): Scale {
  const { categories } = model;
  const axis = resultAxis(model, kind);
  const [lowX, highX] = categories === undefined ? model.x : [-0.5, categories.length - 0.5];
  const span = highX - lowX || 1;
  const inner = Math.max(1, width - left - right);
  const x = (value: number) => left + ((value - lowX) / span) * inner;
  const [low, high] = axis.domain;
  const y = (value: number) => top + (1 - (value - low) / (high - low || 1)) * (height - top - bottom);
  const room = categories === undefined ? 6 : inner / Math.max(1, categories.length);
  const stride = Math.max(1, Math.ceil(((categories?.length ?? 0) * 70) / inner));
  const xTicks =
    categories === undefined
      ? niceTicks(lowX, highX, Math.max(2, Math.floor(inner / 90))).map((at) => ({ at, text: String(at) }))
      : categories.flatMap((text, at) =>
          at % stride === 0 ? [{ at, text: short(text, (room * stride) / 7) }] : [],
        );
  return { x, y, yTicks: axis.ticks, xTicks, room };
}

const short = (text: string, letters: number): string =>
  text.length <= Math.max(4, letters) ? text : `${text.slice(0, Math.max(3, Math.floor(letters) - 1))}…`;

function Axes({
  scale,
  width,
}: {
  readonly model: ResultChartModel;
  readonly scale: Scale;
  readonly width: number;
}) {
  return (
    <g>
      {scale.yTicks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={scale.y(tick)} y2={scale.y(tick)} stroke="var(--line)" />
          <text x={left - 8} y={scale.y(tick) + 4} textAnchor="end" style={axisText}>
            {resultTick(tick)}
          </text>
        </g>
      ))}
      {scale.xTicks.map(({ at, text }) => (
        <text key={at} x={scale.x(at)} y={height - 10} textAnchor="middle" style={axisText}>
          {text}
        </text>
      ))}
    </g>
  );
}

interface MarksProps {
  readonly model: ResultChartModel;
  readonly kind: ChartRoles['kind'];
  readonly scale: Scale;
}

function Marks({ model, kind, scale }: MarksProps) {
  const bar = Math.max(1, Math.min(48, (scale.room * 0.8) / Math.max(1, model.series.length)));
  return model.series.map(({ name, points }, i) => {
    const { color, dash } = agentStyle(i);
    if (kind === 'line') {
      const path = points.map(
        ({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${scale.x(x).toFixed(1)} ${scale.y(y).toFixed(1)}`,
      );
      return (
        <g key={name}>
          <path d={path.join('')} fill="none" stroke={color} strokeWidth={2} strokeDasharray={dash} />
          {points.length <= 60 &&
            points.map(({ x, y }, at) => (
              <circle key={at} cx={scale.x(x)} cy={scale.y(y)} r={3} fill={color} />
            ))}
        </g>
      );
    }
    if (kind === 'points') {
      return (
        <g key={name} fill={color} fillOpacity={0.75}>
          {points.map(({ x, y }, at) => (
            <circle key={at} cx={scale.x(x)} cy={scale.y(y)} r={3.5} />
          ))}
        </g>
      );
    }
    return (
      <g key={name} fill={color}>
        {points.map(({ x, y }, at) => {
          const from = scale.y(Math.max(0, y));
          return (
            <rect
              key={at}
              x={scale.x(x) + (i - model.series.length / 2) * bar}
              y={from}
              width={bar}
              height={Math.max(1, scale.y(Math.min(0, y)) - from)}
            />
          );
        })}
      </g>
    );
  });
}
