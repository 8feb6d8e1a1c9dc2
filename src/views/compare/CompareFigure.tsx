import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { CartesianGrid, Line, LineChart, XAxis, YAxis, ZIndexLayer } from 'recharts';

import { Measured } from '../../charts/Measured.tsx';
import { spreadLabels } from '../../charts/shape/labels.ts';
import { niceTicks } from '../../charts/shape/ticks.ts';
import { linearAxis, moneyTickFormat } from '../../charts/shape/valueAxis.ts';
import { parameterText } from '../../domain/policy/parameterText.ts';
import { formatMoney } from '../../lib/format.ts';
import { Figure } from '../../ui/Figure.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import styles from './Compare.module.css';
import type { FigureSubject, Series, Value } from './figureValues.ts';
import { lineStyle } from './lineStyle.ts';

interface CompareFigureProps {
  readonly name: string;
  readonly series: readonly Series[];
  readonly subject: FigureSubject;
  readonly caption: string;
}

const height = 320;
const margin = { top: 10, bottom: 34, left: 74, right: 132 };
const narrowRight = 20;
/** Below this width the labels at the ends stand only in the list. */
const roomForLabels = 560;
const tickStyle = { fill: 'var(--ink-3)', fontSize: 11 };

/** Cost or a parameter by iteration, one line an experiment. */
export function CompareFigure({ name, series, subject, caption }: CompareFigureProps) {
  const last = series.reduce((most, { values }) => Math.max(most, ...values.keys()), 0);
  const [chosen, setChosen] = useState<number>();
  const at = Math.min(chosen ?? last, last);
  return (
    <Figure
      name={name}
      caption={caption}
      table={() => ({
        columns: tableColumns(series, subject),
        rows: Array.from({ length: last + 1 }, (_, iteration) => iteration),
        rowKey: String,
      })}
    >
      <Measured className={styles.drawing}>
        {(width) => (
          <Drawing series={series} subject={subject} last={last} at={at} width={width} onAt={setChosen} />
        )}
      </Measured>
      <dl className={styles.readout} aria-label={`Iteration ${at}`}>
        <dt>Iteration</dt>
        <dd>{at}</dd>
        {series.map(({ one, isBaseline, values }) => (
          <div key={one.id}>
            <dt style={{ color: lineStyle(one.place, isBaseline).color }}>{one.label}</dt>
            <dd>{wordsOf(values.get(at), subject)}</dd>
          </div>
        ))}
      </dl>
    </Figure>
  );
}

/** As shown: an amount, or the parameter as it is written. */
function wordsOf(value: Value | undefined, { parameter }: FigureSubject): string {
  if (value === undefined) return '–';
  return typeof value === 'bigint' ? formatMoney(value) : parameterText(parameter ?? '', value);
}

interface DrawingProps {
  readonly series: readonly Series[];
  readonly subject: FigureSubject;
  /** Last iteration of any of them. */
  readonly last: number;
  readonly at: number;
  readonly width: number;
  readonly onAt: (iteration: number) => void;
}

function Drawing({ series, subject, last, at, width, onAt }: DrawingProps) {
  const withLabels = width >= roomForLabels;
  const right = withLabels ? margin.right : narrowRight;
  const lines = useMemo(() => series.map(pointsOf), [series]);
  const axis = useMemo(() => axisOf(lines, subject), [lines, subject]);
  const plot = { left: margin.left, right: width - right, top: margin.top, bottom: height - margin.bottom };
  const [low, high] = axis.domain;
  const xOf = (iteration: number) => plot.left + ((plot.right - plot.left) * iteration) / Math.max(1, last);
  const yOf = (value: number) =>
    plot.bottom - ((plot.bottom - plot.top) * (value - low)) / (high - low === 0 ? 1 : high - low);
  const point = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const iteration = Math.round(((x - plot.left) / (plot.right - plot.left)) * last);
    onAt(Math.max(0, Math.min(last, iteration)));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[
      event.key
    ];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : by === undefined ? undefined : at + by;
    if (to === undefined) return;
    event.preventDefault();
    onAt(Math.max(0, Math.min(last, to)));
  };
  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label="Iteration read"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={step}
    >
      <LineChart
        data={[{ iteration: 0 }, { iteration: last }]}
        width={width}
        height={height}
        margin={{ top: margin.top, right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        tabIndex={-1}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
        <XAxis
          type="number"
          dataKey="iteration"
          domain={[0, Math.max(1, last)]}
          ticks={[...niceTicks(0, Math.max(1, last), width < roomForLabels ? 5 : 10, 1)]}
          height={margin.bottom}
          tickLine={false}
          stroke="var(--line-2)"
          tick={tickStyle}
          label={{ value: 'Iteration', position: 'insideBottom', offset: 2, ...tickStyle }}
        />
        <YAxis
          type="number"
          width={margin.left}
          domain={[low, high]}
          ticks={[...axis.ticks]}
          interval={0}
          tickFormatter={axis.format}
          axisLine={false}
          tickLine={false}
          tick={tickStyle}
        />
        {lines.map(({ series: { one, isBaseline }, points }) => {
          const { color, dash } = lineStyle(one.place, isBaseline);
          return (
            <Line
              key={one.id}
              data={points}
              dataKey="value"
              type={subject.parameter === undefined ? 'linear' : 'stepAfter'}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dash}
              strokeLinecap="round"
              dot={false}
              isAnimationActive={false}
            />
          );
        })}
        <ZIndexLayer zIndex={1500}>
          <line x1={xOf(at)} x2={xOf(at)} y1={plot.top} y2={plot.bottom} stroke="var(--line-3)" />
          <Ends lines={lines} xOf={xOf} yOf={yOf} plot={plot} withLabels={withLabels} subject={subject} />
        </ZIndexLayer>
      </LineChart>
    </div>
  );
}

interface DrawnLine {
  readonly series: Series;
  readonly points: readonly { readonly iteration: number; readonly value: number | undefined }[];
}

function pointsOf(series: Series): DrawnLine {
  return {
    series,
    points: [...series.values].map(([iteration, value]) => ({
      iteration,
      // A position only; text never comes from it.
      value: value === undefined ? undefined : Number(value),
    })),
  };
}

function axisOf(lines: readonly DrawnLine[], { parameter }: FigureSubject) {
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const extent = values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    values.length === 0 ? [0, 1] : [Infinity, -Infinity],
  );
  const isCost = parameter === undefined;
  const { domain, ticks } = linearAxis(extent, isCost ? 100 : 1, isCost ? 1 : 0, 6);
  return {
    domain,
    ticks,
    format: isCost ? moneyTickFormat(ticks) : (value: number) => parameterText(parameter, value),
  };
}

interface EndsProps {
  readonly lines: readonly DrawnLine[];
  readonly xOf: (iteration: number) => number;
  readonly yOf: (value: number) => number;
  readonly plot: { readonly right: number; readonly top: number; readonly bottom: number };
  readonly withLabels: boolean;
  readonly subject: FigureSubject;
}

/** A dot where each line ends, and its name at the right. */
function Ends({ lines, xOf, yOf, plot, withLabels, subject }: EndsProps) {
  const ends = lines.flatMap(({ series, points }) => {
    const end = points.findLast(({ value }) => value !== undefined);
    if (end?.value === undefined) return [];
    const exact = series.values.get(end.iteration);
    return [{ series, x: xOf(end.iteration), y: yOf(end.value), words: wordsOf(exact, subject) }];
  });
  const ys = spreadLabels(
    ends.map(({ y }) => y),
    14,
    plot.top + 4,
    plot.bottom,
  );
  return ends.map(({ series: { one, isBaseline }, x, y, words }, i) => {
    const { color } = lineStyle(one.place, isBaseline);
    return (
      <g key={one.id} data-experiment={one.id}>
        <circle cx={x} cy={y} r={3} fill={color} />
        {withLabels && (
          <text x={plot.right + 8} y={(ys[i] ?? y) + 4} fontSize={11} fontWeight={600} fill={color}>
            {shortLabel(one.label)} {words}
          </text>
        )}
      </g>
    );
  });
}

/** What fits beside the plot; the list above the figure has it whole. */
const shortLabel = (label: string) =>
  label.length > 14 ? (label.split(' ').at(-1) ?? label).slice(0, 14) : label;

function tableColumns(series: readonly Series[], subject: FigureSubject): readonly GridColumn<number>[] {
  return [
    { id: 'iteration', header: 'Iteration', value: (iteration) => iteration, align: 'end', width: 80 },
    ...series.map(({ one, values }): GridColumn<number> => ({
      id: one.id,
      header: one.label,
      value: (iteration) => values.get(iteration),
      render: (iteration) => wordsOf(values.get(iteration), subject),
      align: 'end',
      width: 120,
    })),
  ];
}
