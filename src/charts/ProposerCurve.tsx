import { useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';

import { Figure } from '../ui/Figure.tsx';
import { curveColumns, curveLegend, curveSentence } from './shape/proposerCurveWords.ts';
import { curveBins, curveKinds, totals, type CurveBin, type CurveKind } from './shape/proposerCurve.ts';
import type { Proposal } from '../domain/experiment/normalised.ts';
import { Measured } from './Measured.tsx';
import styles from './ProposerCurve.module.css';

export interface ProposerCurveProps {
  /** Accessible name: whose proposals these are. */
  readonly name: string;
  readonly proposals: readonly Proposal[];
}

const height = 180;
const tickStyle = { fill: 'var(--ink-3)', fontSize: 11 };

const colors: Readonly<Record<CurveKind, string>> = {
  accepted: 'var(--accepted)',
  worse: 'var(--rejected)',
  not_significant: 'color-mix(in srgb, var(--rejected) 65%, var(--surface))',
  unstable: 'color-mix(in srgb, var(--rejected) 40%, var(--surface))',
  below_floor: 'var(--warning)',
  unknown: 'color-mix(in srgb, var(--rejected) 20%, var(--surface))',
  no_change: 'var(--line-3)',
  invalid: 'var(--invalid)',
  pending: 'var(--line-2)',
};

/** What became of proposals over the iterations: a bar for some iterations, its parts their shares. */
export function ProposerCurve({ name, proposals }: ProposerCurveProps) {
  const bins = useMemo(() => curveBins(proposals), [proposals]);
  const all = useMemo(() => totals(proposals), [proposals]);
  const seen = curveKinds.filter((kind) => all.counts[kind] > 0);
  return (
    <Figure
      name={name}
      caption={curveSentence(all, bins)}
      table={() => ({ columns: curveColumns(seen), rows: bins, rowKey: (bin) => String(bin.from) })}
    >
      <Measured className={styles.drawing}>
        {(width) => <Bars bins={bins} seen={seen} width={width} />}
      </Measured>
      <ul className={styles.legend}>
        {curveLegend(all, seen).map(({ kind, words }) => (
          <li key={kind} className={styles.entry}>
            <span aria-hidden className={styles.swatch} style={{ background: colors[kind] }} />
            {words}
          </li>
        ))}
      </ul>
    </Figure>
  );
}

interface BarsProps {
  readonly bins: readonly CurveBin[];
  readonly seen: readonly CurveKind[];
  readonly width: number;
}

function Bars({ bins, seen, width }: BarsProps) {
  const data = bins.map(({ from, to, total, counts }) => ({
    label: from === to ? String(from) : `${from}–${to}`,
    ...Object.fromEntries(seen.map((kind) => [kind, (100 * counts[kind]) / total])),
  }));
  return (
    <BarChart
      data={data}
      width={width}
      height={height}
      margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
      barCategoryGap={2}
      accessibilityLayer={false}
      tabIndex={-1}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="label" tick={tickStyle} tickLine={false} stroke="var(--line-2)" minTickGap={10} />
      <YAxis
        domain={[0, 100]}
        ticks={[0, 25, 50, 75, 100]}
        tick={tickStyle}
        tickFormatter={(value: number) => `${value} %`}
        tickLine={false}
        axisLine={false}
        width={46}
      />
      {seen.map((kind) => (
        <Bar
          key={kind}
          dataKey={kind}
          stackId="kinds"
          fill={colors[kind]}
          stroke="var(--surface)"
          strokeWidth={1}
          maxBarSize={48}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  );
}
