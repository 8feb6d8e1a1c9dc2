import { useMemo } from 'react';
import type { Sample } from '../schema/normalised.ts';
import { Figure } from '../ui/Figure.tsx';
import { Measured } from './Measured.tsx';
import {
  samplesSentence,
  samplesShape,
  type SampleKind,
  type StripBar,
  type StripDot,
} from './shape/samplesStrip.ts';
import { sampleColumns } from './shape/samplesTable.ts';
import styles from './SamplesStrip.module.css';

export interface SamplesStripProps {
  /** Accessible name: whose savings these are. */
  readonly name: string;
  readonly samples: readonly Sample[];
}

const height = 44;
const labelRoom = 18;
const dotRadius = 2.1;

/** What each paired sample saves: right of zero the proposal is cheaper there. */
export function SamplesStrip({ name, samples }: SamplesStripProps) {
  const table = useMemo(
    () => ({ columns: sampleColumns, rows: samples, rowKey: (sample: Sample) => String(sample.index) }),
    [samples],
  );
  const sentence = useMemo(() => samplesSentence(samples), [samples]);
  return (
    <Figure name={name} caption={sentence} table={table}>
      <Measured className={styles.strip}>
        {(width) => <StripDrawing samples={samples} width={width} />}
      </Measured>
    </Figure>
  );
}

function StripDrawing({ samples, width }: Pick<SamplesStripProps, 'samples'> & { readonly width: number }) {
  const shape = useMemo(() => samplesShape(samples, width, height), [samples, width]);
  return (
    <svg width={width} height={height + labelRoom} aria-hidden>
      <line x1={0} x2={width} y1={height} y2={height} stroke="var(--line)" />
      <line x1={shape.zeroX} x2={shape.zeroX} y1={0} y2={height + 4} stroke="var(--ink-3)" />
      {shape.bars.map((bar) => (
        <Bar key={`${bar.kind} ${bar.x}`} bar={bar} />
      ))}
      {shape.dots.map((dot, index) => (
        <Dot key={index} dot={dot} />
      ))}
      {shape.labels.map((label) => (
        <text
          key={label.text}
          className={styles.label}
          x={label.x}
          y={height + labelRoom - 3}
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

/** Filled dot, cross, ring: told apart without colour. */
function Dot({ dot: { kind, x, y } }: { readonly dot: StripDot }) {
  const color = colors[kind];
  const r = dotRadius;
  switch (kind) {
    case 'better':
      return <circle data-sample={kind} cx={x} cy={y} r={r} fill={color} />;
    case 'worse':
      return (
        <path
          data-sample={kind}
          d={`M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`}
          stroke={color}
          strokeWidth={1.3}
        />
      );
    case 'equal':
      return <circle data-sample={kind} cx={x} cy={y} r={r} fill="none" stroke={color} strokeWidth={1.2} />;
  }
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
