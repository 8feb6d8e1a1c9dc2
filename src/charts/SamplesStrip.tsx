import { useMemo } from 'react';
import type { Sample } from '../domain/experiment/normalised.ts';
import { Figure } from '../ui/Figure.tsx';
import { Sign } from '../ui/StatusMark.tsx';
import { Measured } from './PanelStage.tsx';
import {
  samplesSentence,
  samplesShape,
  type MeanMark,
  type SampleKind,
  type StripBar,
  type StripDot,
} from './shape/samplesStrip.ts';
import styles from './SamplesStrip.module.css';
import { formatMoney } from '../lib/format.ts';
import type { Cents } from '../lib/units.ts';
import type { GridColumn } from '../ui/grid/gridColumn.ts';

export interface SamplesStripProps {
  /** Accessible name: whose savings these are. */
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Drawn under the samples: the mean saving and its 95 % interval. */
  readonly mean?: MeanMark | undefined;
}

const height = 44;
const labelRoom = 18;
const meanRoom = 14;
const dotRadius = 2.1;

/** What each paired sample saves: right of zero the proposal is cheaper there. */
export function SamplesStrip({ name, samples, mean }: SamplesStripProps) {
  const table = useMemo(
    () => ({ columns: sampleColumns, rows: samples, rowKey: (sample: Sample) => String(sample.index) }),
    [samples],
  );
  const sentence = useMemo(() => samplesSentence(samples), [samples]);
  return (
    <Figure
      name={name}
      caption={mean === undefined ? sentence : `${sentence}. Below: the mean and its 95 % interval`}
      table={table}
      sheet={async () => {
        const { samplesSheet } = await import('./export/proposalSheets.ts');
        return samplesSheet(samples, mean, `${sentence}.`);
      }}
    >
      <Measured className={styles.strip}>
        {(width) => <StripDrawing samples={samples} mean={mean} width={width} />}
      </Measured>
    </Figure>
  );
}

type DrawingProps = Pick<SamplesStripProps, 'samples' | 'mean'> & { readonly width: number };

function StripDrawing({ samples, mean, width }: DrawingProps) {
  const shape = useMemo(() => samplesShape(samples, width, height, mean), [samples, width, mean]);
  const floor = height + (mean === undefined ? 0 : meanRoom);
  return (
    <svg width={width} height={floor + labelRoom} viewBox={`0 0 ${width} ${floor + labelRoom}`} aria-hidden>
      <line x1={0} x2={width} y1={height} y2={height} stroke="var(--line)" />
      <line x1={shape.zeroX} x2={shape.zeroX} y1={0} y2={floor + 4} stroke="var(--ink-3)" />
      {shape.bars.map((bar) => (
        <Bar key={`${bar.kind} ${bar.x}`} bar={bar} />
      ))}
      {shape.dots.map((dot, index) => (
        <Dot key={index} dot={dot} />
      ))}
      {shape.mean !== undefined && (
        <path
          data-mean=""
          d={`M${shape.mean.lowX} ${height + 9}H${shape.mean.highX}M${shape.mean.lowX} ${height + 6}v6M${shape.mean.highX} ${height + 6}v6M${shape.mean.x} ${height + 5}v8`}
          stroke="var(--ink)"
          strokeWidth={1.5}
        />
      )}
      {shape.labels.map((label) => (
        <text
          key={label.text}
          className={styles.label}
          x={label.x}
          y={floor + labelRoom - 3}
          textAnchor="middle"
        >
          {label.text}
        </text>
      ))}
    </svg>
  );
}

const colors: Readonly<Record<SampleKind, string>> = {
  better: 'var(--accepted)',
  worse: 'var(--rejected)',
  equal: 'var(--ink-3)',
};

const shapes = { better: 'dot', worse: 'cross', equal: 'ring' } as const;

/** Told apart without colour. */
function Dot({ dot: { kind, x, y } }: { readonly dot: StripDot }) {
  return (
    <g data-sample={kind}>
      <Sign shape={shapes[kind]} x={x} y={y} radius={dotRadius} color={colors[kind]} thin />
    </g>
  );
}

/** Bars of worse samples are hollow. */
function Bar({ bar }: { readonly bar: StripBar }) {
  const isFilled = bar.kind !== 'worse';
  return (
    <rect
      data-sample={bar.kind}
      x={bar.x + 0.5}
      y={height - bar.height}
      width={bar.width - 1}
      height={bar.height}
      fill={isFilled ? colors[bar.kind] : 'none'}
      stroke={colors[bar.kind]}
    />
  );
}

function money(id: string, header: string, of: (sample: Sample) => Cents): GridColumn<Sample> {
  return { id, header, align: 'end', width: 96, value: of, render: (sample) => formatMoney(of(sample)) };
}

/** The strip's numbers, one sample a row; money as integer cents to sort and copy. */
const sampleColumns: readonly GridColumn<Sample>[] = [
  { id: 'index', header: 'Sample', align: 'end', width: 72, value: (sample) => sample.index },
  {
    id: 'seed',
    header: 'Seed',
    align: 'end',
    width: 104,
    value: (sample) => sample.seed,
    sortValue: (sample) => BigInt(sample.seed),
  },
  money('old', 'Old cost', (sample) => sample.oldCostCents),
  money('new', 'New cost', (sample) => sample.newCostCents),
  money('delta', 'Saving', (sample) => sample.deltaCents),
];
