import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { emptyPanel } from '../shape/figurePanels.ts';
import { type CurveBin, type CurveKind } from '../shape/proposerCurve.ts';
import { ink, outcomeColors, type PlotBar, type PlotPanel } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './sheet.ts';

const colors: Readonly<Record<CurveKind, string>> = {
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
      series: legend.map(({ kind, words }) => ({ name: words, color: colors[kind] })),
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
