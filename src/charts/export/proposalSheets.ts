import type { HistoryEntry } from '../../domain/answers/desk.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { verdicts } from '../../domain/experiment/verdict.ts';
import type { IterationPolicy } from '../../domain/policy/history/origins.ts';
import { numericParameters } from '../../domain/policy/parameters.ts';
import { agentId } from '../../lib/ids.ts';
import { centsToPlotNumber } from '../../lib/units.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { signWords } from '../shape/caption.ts';
import { emptyPanel, formatParameter, parameterLabel } from '../shape/figurePanels.ts';
import type { ChartMark, MarkKind } from '../shape/panel.ts';
import { type CurveBin, type CurveKind } from '../shape/proposerCurve.ts';
import { isBinned, sampleKind, type MeanMark, type SampleKind } from '../shape/samplesStrip.ts';
import { niceTicks, linearAxis, moneyTickFormat, extentOf } from '../shape/valueAxis.ts';
import { outcomeColors, ink, type PlotBar, type PlotPanel, shapeOf, agentColors } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './linesSheet.ts';
const kinds: readonly SampleKind[] = ['better', 'worse', 'equal'];
/** Same shapes as on screen: dot, cross, ring. */
const signs: Readonly<Record<SampleKind, MarkKind>> = {
  better: 'accepted',
  worse: 'rejected',
  equal: 'pending',
};
const words = { better: 'cheaper with the proposal', worse: 'dearer', equal: 'the same' } as const;
const shapes = { better: 'dot', worse: 'cross', equal: 'ring' } as const;
const colors = { better: outcomeColors.accepted, worse: outcomeColors.rejected, equal: ink.third } as const;
/** Columns over the whole width. */
const columns = 48;

/** Savings of the paired samples on an axis of dollars, stacked where they lie close. */
export function samplesSheet(
  samples: readonly Sample[],
  mean: MeanMark | undefined,
  caption: string,
): FigureSheet {
  const savings = samples.map((sample) => centsToPlotNumber(sample.deltaCents));
  const reach = [...savings, ...(mean?.interval ?? []), 0];
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  const span = low === high ? ([low - 100, high + 100] as const) : ([low, high] as const);
  const step = (span[1] - span[0]) / columns;
  // Columns are counted from zero, so that none holds both savings and losses.
  const stacks = new Map<string, { readonly kind: SampleKind; readonly column: number; samples: number[] }>();
  samples.forEach((sample, index) => {
    const kind = sampleKind(sample);
    const column = Math.floor((savings[index] ?? 0) / step);
    const stack = stacks.get(`${kind} ${column}`) ?? { kind, column, samples: [] };
    stack.samples.push(savings[index] ?? 0);
    stacks.set(`${kind} ${column}`, stack);
  });
  const tallest = Math.max(1, ...[...stacks.values()].map((stack) => stack.samples.length));
  const binned = isBinned(samples);
  const marks: ChartMark[] = [];
  const bars: PlotBar[] = [];
  for (const { kind, column, samples: own } of stacks.values()) {
    const series = kinds.indexOf(kind);
    if (binned) {
      const fromX = kind === 'equal' ? -step / 4 : column * step;
      bars.push({ fromX, toX: kind === 'equal' ? step / 4 : fromX + step, low: 0, high: own.length, series });
    } else {
      own.forEach((saving, rank) =>
        marks.push({
          iteration: saving,
          agentId: agentId(kind),
          agentIndex: series,
          kind: signs[kind],
          place: { on: 'plot', value: rank + 1 },
          tiedTo: undefined,
        }),
      );
    }
  }
  const axis = linearAxis([0, tallest], 1, 1, 4);
  const panel: PlotPanel =
    samples.length === 0
      ? emptyPanel('Samples', 'There are no samples.')
      : { ...emptyPanel('Samples', ''), ...axis, emptyText: undefined, marks, bars };
  const meanPanel: PlotPanel | undefined =
    mean === undefined
      ? undefined
      : {
          ...emptyPanel('Mean saving and its 95 % interval', ''),
          emptyText: undefined,
          bars:
            mean.interval === undefined
              ? []
              : [{ fromX: mean.interval[0], toX: mean.interval[1], low: 0.4, high: 0.6, series: 3 }],
          marks: [
            {
              iteration: mean.cents,
              agentId: agentId('mean'),
              agentIndex: 4,
              kind: 'policy',
              place: { on: 'plot', value: 0.5 },
              tiedTo: undefined,
            },
          ],
        };
  const ticks = niceTicks(span[0], span[1], 8, 1);
  const money = moneyTickFormat(ticks);
  return plotSheet(
    {
      panels: meanPanel === undefined ? [panel] : [panel, meanPanel],
      span,
      xTitle: 'Saving (old minus new cost, $)',
      xTicks: (count) => niceTicks(span[0], span[1], Math.max(2, Math.min(8, count)), 1),
      formatX: (cents) => money(cents).replace('$', ''),
      series: [
        ...kinds.map((kind) => ({ name: '', color: colors[kind] })),
        { name: '', color: ink.edge },
        { name: '', color: ink.text },
      ],
      key: kinds
        .filter((kind) => samples.some((sample) => sampleKind(sample) === kind))
        .map((kind) => ({ sample: shapes[kind], words: words[kind] })),
      uprights: [0],
      hasLineDots: false,
    },
    { caption, part: `${samples.length} samples` },
  );
}

const kindColors: Readonly<Record<CurveKind, string>> = {
  accepted: outcomeColors.accepted,
  worse: outcomeColors.rejected,
  not_significant: '#cc864d',
  unstable: '#dfb399',
  below_floor: outcomeColors.warning,
  unknown: '#efdacc',
  no_change: ink.edge,
  invalid: outcomeColors.invalid,
  pending: '#cfd5db',
};

interface ProposerOnPaper {
  readonly bins: readonly CurveBin[];
  /** Kinds that occur, from the bottom of a bar to its top, with their words. */
  readonly legend: readonly { readonly kind: CurveKind; readonly words: string }[];
  readonly caption: string;
}

/** What became of proposals over the iterations: shares of each bar, 0 to 100 %. */
export function proposerSheet({ bins, legend, caption }: ProposerOnPaper): FigureSheet {
  const [first, last] = [bins[0], bins.at(-1)];
  const span = [(first?.from ?? 0) - 0.5, (last?.to ?? 0) + 0.5] as const;
  const bars = bins.flatMap((bin) => {
    let low = 0;
    return legend.flatMap(({ kind }, series): readonly PlotBar[] => {
      const high = low + (100 * bin.counts[kind]) / bin.total;
      const bar = { fromX: bin.from - 0.45, toX: bin.to + 0.45, low, high, series };
      low = high;
      return bin.counts[kind] === 0 ? [] : [bar];
    });
  });
  const panel: PlotPanel =
    bins.length === 0
      ? emptyPanel('Share of proposals', 'There are no proposals to count.')
      : {
          ...emptyPanel('Share of proposals', ''),
          emptyText: undefined,
          domain: [0, 100],
          ticks: [0, 25, 50, 75, 100],
          formatTick: (value) => `${value} %`,
          bars,
        };
  return plotSheet(
    {
      panels: [panel],
      ...wholeAxis(span, 'Iteration'),
      series: legend.map(({ kind, words }) => ({ name: words, color: kindColors[kind] })),
      key: [],
      uprights: [],
      hasLineDots: false,
    },
    {
      caption,
      part:
        first === undefined || last === undefined ? undefined : spanWords('iteration', [first.from, last.to]),
    },
  );
}

interface LineageOnPaper {
  readonly agentId: string;
  readonly inForce: readonly IterationPolicy[];
  readonly entries: readonly HistoryEntry[];
  readonly caption: string;
}

/** Policies in force as a line of their first number, proposals that did not come into force as signs beside it. */
export function lineageSheet({ agentId, inForce, entries, caption }: LineageOnPaper): FigureSheet {
  const name = inForce.flatMap(({ policy }) => [...numericParameters(policy).keys()])[0];
  const iterations = [
    ...inForce.map(({ iteration }) => iteration),
    ...entries.map(({ iteration }) => iteration),
  ];
  const first = iterations.reduce((low, iteration) => Math.min(low, iteration), Infinity);
  const last = iterations.reduce((high, iteration) => Math.max(high, iteration), 0);
  const span = [Number.isFinite(first) ? first : 0, last] as const;
  const signs = entries.flatMap(({ iteration, agentId: agent, verdict, structure }): readonly ChartMark[] => {
    const value = name === undefined ? undefined : structure?.parameters.get(name);
    return value === undefined || verdict === 'accepted'
      ? []
      : [
          {
            iteration,
            agentId: agent,
            agentIndex: 0,
            kind: verdict,
            place: { on: 'plot', value },
            tiedTo: undefined,
          },
        ];
  });
  const panel = name === undefined ? undefined : inForcePanel(name, inForce, signs, last);
  return plotSheet(
    {
      panels: [panel ?? emptyPanel('Policies in force', 'These policies have no numeric parameter to draw.')],
      ...wholeAxis(span, 'Iteration'),
      series: [{ name: agentId, color: agentColors[0] }],
      key: verdicts
        .filter((verdict) => signs.some(({ kind }) => kind === verdict))
        .map((verdict) => ({ sample: shapeOf(verdict), words: signWords(verdict) })),
      uprights: [],
      hasLineDots: true,
    },
    { caption, part: spanWords('iteration', span) },
  );
}

function inForcePanel(
  name: string,
  inForce: readonly IterationPolicy[],
  signs: readonly ChartMark[],
  last: number,
): PlotPanel {
  const points = inForce.map(({ iteration, policy }) => ({
    iteration,
    value: numericParameters(policy).get(name),
    interval: undefined,
  }));
  const end = points.at(-1);
  const line = {
    role: 'parameter' as const,
    agentIndex: 0,
    points: end === undefined || end.iteration >= last ? points : [...points, { ...end, iteration: last }],
  };
  const axis = linearAxis(extentOf([line], signs, []) ?? [0, 0], 1, 0, 6);
  return {
    ...emptyPanel(`${parameterLabel(name)} of the policy in force`, ''),
    ...axis,
    emptyText: undefined,
    lines: [line],
    marks: signs,
    formatTick: (value) => formatParameter(name, value),
  };
}
