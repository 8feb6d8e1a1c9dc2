import { useMemo, type PointerEvent } from 'react';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import { Figure } from '../ui/Figure.tsx';
import { curveBins, curveKinds, totals, type CurveBin, type CurveKind } from './shape/proposerCurve.ts';
import type { Proposal } from '../domain/experiment/normalised.ts';
import { kindWords, verdictWords } from '../domain/experiment/verdict.ts';
import { Measured, PanelStage } from './PanelStage.tsx';
import { axisText } from './PanelDrawing.tsx';
import { ColorSample, FigureLegend, LegendEntry } from './FigureLegend.tsx';
import styles from './ProposerCurve.module.css';
import { formatCount, formatMoney, formatPercent, plural } from '../lib/format.ts';
import type { Cents } from '../lib/units.ts';
import { ReadoutCard } from './ReadoutCard.tsx';
import type { ReadoutFact } from './shape/readout.ts';
import { moveAlong, usePointing } from './usePointing.ts';
import type { GridColumn } from '../ui/grid/gridColumn.ts';

export interface ProposerCurveProps {
  /** Accessible name: whose proposals these are. */
  readonly name: string;
  readonly proposals: readonly Proposal[];
}

const height = 180;

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
      sheet={async () => {
        const { proposerSheet } = await import('./export/proposalSheets.ts');
        return proposerSheet({ bins, legend: curveLegend(all, seen), caption: curveSentence(all, bins) });
      }}
    >
      <Measured className={styles.drawing}>
        {(width) => <ReadBars name={name} bins={bins} seen={seen} width={width} />}
      </Measured>
      <FigureLegend>
        {curveLegend(all, seen).map(({ kind, words }) => (
          <LegendEntry key={kind} sample={<ColorSample color={colors[kind]} />}>
            {words}
          </LegendEntry>
        ))}
      </FigureLegend>
    </Figure>
  );
}

interface BarsProps {
  readonly bins: readonly CurveBin[];
  readonly seen: readonly CurveKind[];
  readonly width: number;
}

/** Room for the shares left of the plot, and what stays free at its right. */
const [plotLeft, plotRight] = [46, 4];

const keys =
  'Left and right arrow keys move over the bars, Page keys by ten, Home and End to the first and last. Escape leaves.';

/** The bars under one pointer and one keyboard cursor; a spot is the place of a bar. */
function ReadBars({ name, ...bars }: BarsProps & { readonly name: string }) {
  const { bins, seen, width } = bars;
  const room = (width - plotLeft - plotRight) / Math.max(1, bins.length);
  const within = (index: number): number => Math.max(0, Math.min(bins.length - 1, index));
  const pointing = usePointing<number>({
    move: (from, key) => moveAlong(from, key, bins.length),
    isSame: (a, b) => a === b,
    stillThere: (index) => (index < bins.length ? index : undefined),
  });
  const index = pointing.active?.spot;
  const bin = index === undefined ? undefined : bins[index];
  if (bins.length === 0) return <Bars {...bars} />;
  const middle = plotLeft + ((index ?? 0) + 0.5) * room;
  return (
    <PanelStage
      name={name}
      keys={keys}
      width={width}
      pointing={pointing}
      readout={
        bin === undefined
          ? undefined
          : {
              x: middle + room / 2,
              blockCount: 1,
              content: (free) => <ReadoutCard {...binReadout(bin, seen)} room={free} />,
              speech: binSpeech(bin, seen),
            }
      }
    >
      <div
        className={styles.bars}
        data-bars
        onPointerMove={(event) => pointing.pointAt(within(indexUnder(event, room)))}
        onPointerDown={(event) => pointing.pointAt(within(indexUnder(event, room)))}
      >
        <Bars {...bars} />
        {bin !== undefined && (
          <svg className={styles.pointer} width={width} height={height} aria-hidden>
            <line x1={middle} x2={middle} y1={2} y2={height - 30} stroke="var(--ink-3)" />
          </svg>
        )}
      </div>
    </PanelStage>
  );
}

function indexUnder(event: PointerEvent<HTMLElement>, room: number): number {
  return Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - plotLeft) / room);
}

/** Exact numbers of a bar; savings where something was accepted or rejected. */
function binReadout(bin: CurveBin, seen: readonly CurveKind[]) {
  const { from, to, total, counts, money } = bin;
  const facts: ReadoutFact[] = seen.map((kind) => ({
    label: curveWords[kind],
    text: `${formatCount(counts[kind])} (${formatPercent(counts[kind] / total, 0)})`,
  }));
  const rejected = rejectedKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const amount = (cents: Cents | undefined) => (cents === undefined ? 'not recorded' : formatMoney(cents));
  if (counts.accepted > 0) facts.push({ label: savingsWon, text: amount(money.wonCents) });
  if (rejected > 0) facts.push({ label: savingsLost, text: amount(money.lostCents) });
  if (money.withoutCosts > 0)
    facts.push({ label: 'Without recorded costs', text: formatCount(money.withoutCosts) });
  return {
    title: from === to ? `Iteration ${from}` : `Iterations ${from} to ${to}`,
    aside: plural(total, 'proposal'),
    blocks: [{ name: 'By outcome', agentIndex: undefined, facts }],
  };
}

function binSpeech(bin: CurveBin, seen: readonly CurveKind[]): string {
  const { title, aside, blocks } = binReadout(bin, seen);
  const facts = blocks.flatMap((block) => block.facts.map(({ label, text }) => `${label} ${text}`));
  return `${title}, ${aside}: ${facts.join(', ')}.`;
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
      margin={{ top: 6, right: plotRight, bottom: 0, left: 0 }}
      barCategoryGap={2}
      accessibilityLayer={false}
      tabIndex={-1}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="label" tick={axisText} tickLine={false} stroke="var(--line-2)" minTickGap={10} />
      <YAxis
        domain={[0, 100]}
        ticks={[0, 25, 50, 75, 100]}
        tick={axisText}
        tickFormatter={(value: number) => `${value} %`}
        tickLine={false}
        axisLine={false}
        width={plotLeft}
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

const curveWords: Readonly<Record<CurveKind, string>> = {
  ...kindWords,
  ...verdictWords,
  below_floor: 'below the settlement floor',
  unknown: 'rejected, other or no reason',
};

const [savingsWon, savingsLost] = ['Savings won', 'Savings lost'];

const rejectedKinds: readonly CurveKind[] = [
  'worse',
  'not_significant',
  'unstable',
  'below_floor',
  'unknown',
];

type Totals = Pick<CurveBin, 'total' | 'counts' | 'money'>;

/** Each kind with its number and share. */
function curveLegend({ total, counts }: Totals, kinds: readonly CurveKind[]) {
  return kinds.map((kind) => ({
    kind,
    words: `${curveWords[kind]} ${formatCount(counts[kind])} (${formatPercent(counts[kind] / total, 0)})`,
  }));
}

function curveSentence({ total, counts, money }: Totals, bins: readonly CurveBin[]): string {
  if (total === 0) return 'There are no proposals to count.';
  const wide = bins.some(({ from, to }) => from !== to) ? ' A bar holds several iterations.' : '';
  const accepted = `${formatCount(counts.accepted)} of ${formatCount(total)} proposals were accepted.`;
  return `${accepted}${wide} ${moneyWords(money)}`;
}

/** What was saved, and what was turned down though it was cheaper. */
export function moneyWords({ wonCents, lostCents, lostCount, withoutCosts }: CurveBin['money']): string {
  if (wonCents === undefined && lostCents === undefined) {
    return withoutCosts === 0
      ? 'No proposal was accepted or rejected, so nothing was won or lost.'
      : 'The costs of proposals are not recorded, so savings cannot be counted.';
  }
  const won = wonCents === undefined ? undefined : `Savings of accepted proposals: ${formatMoney(wonCents)}.`;
  const lost =
    lostCents === undefined
      ? undefined
      : lostCount === 0
        ? 'No rejected proposal was cheaper.'
        : `${plural(lostCount, 'rejected proposal was', 'rejected proposals were')} cheaper, by ${formatMoney(lostCents)} in sum.`;
  const missing =
    withoutCosts === 0
      ? undefined
      : `${plural(withoutCosts, 'accepted or rejected proposal records', 'accepted or rejected proposals record')} no costs.`;
  return [won, lost, missing].filter((part) => part !== undefined).join(' ');
}

/** Exact numbers of each bar; money in cents when copied. */
function curveColumns(kinds: readonly CurveKind[]): readonly GridColumn<CurveBin>[] {
  const money = (id: 'wonCents' | 'lostCents', header: string): GridColumn<CurveBin> => ({
    id,
    header,
    value: (bin) => bin.money[id],
    render: ({ money: { [id]: sum } }) => (sum === undefined ? '–' : formatMoney(sum)),
    align: 'end',
    width: 120,
  });
  return [
    {
      id: 'iterations',
      header: 'Iterations',
      value: ({ from, to }) => (from === to ? String(from) : `${from} to ${to}`),
      sortValue: ({ from }) => from,
      align: 'end',
      width: 92,
    },
    { id: 'total', header: 'Proposals', value: ({ total }) => total, align: 'end', width: 84 },
    ...kinds.map((kind): GridColumn<CurveBin> => ({
      id: kind,
      header: curveWords[kind],
      value: ({ counts }) => counts[kind],
      align: 'end',
      width: 104,
    })),
    money('wonCents', savingsWon),
    money('lostCents', savingsLost),
  ];
}
