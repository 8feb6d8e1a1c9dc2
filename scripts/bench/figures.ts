import type { BenchFigure } from './report.ts';
import type { LongRound, PageRound } from './rounds.ts';
import { ratios, spread } from './statistics.ts';

export interface BenchRounds {
  /** The engine alone; paired with `app`, round by round. */
  readonly bare: readonly PageRound[];
  readonly app: readonly PageRound[];
  /** File picked to figure final, 10,000 iterations. */
  readonly long: readonly LongRound[];
}

/** Budgets of docs/performance.md, for two cores and headless Chromium. */
const budgets = { pickRatio: 2, remoteBytes: 2_500_000, longMs: 1000, taskMs: 200 };

export function benchFigures({ bare, app, long }: BenchRounds): readonly BenchFigure[] {
  const both = (
    what: string,
    unit: BenchFigure['unit'],
    read: (round: PageRound) => number,
  ): BenchFigure[] => [
    { what: `${what}, engine alone`, unit, spread: spread(bare.map(read)) },
    { what: `${what}, app`, unit, spread: spread(app.map(read)) },
  ];
  const ratio = (what: string, read: (round: PageRound) => number): BenchFigure => ({
    what: `${what}, app / engine alone`,
    unit: 'times',
    spread: spread(ratios(app.map(read), bare.map(read))),
  });
  return [
    ...both('page opened to engine ready', 'ms', ({ bootMs }) => bootMs),
    ratio('page opened to engine ready', ({ bootMs }) => bootMs),
    ...both('file picked to list final', 'ms', ({ pickMs }) => pickMs),
    { ...ratio('file picked to list final', ({ pickMs }) => pickMs), budget: budgets.pickRatio },
    {
      what: 'file picked to list final, longest task, app',
      unit: 'ms',
      spread: spread(app.map(({ longestTaskMs }) => longestTaskMs)),
      budget: budgets.taskMs,
    },
    ...both('remote link opened to list final', 'ms', ({ remoteMs }) => remoteMs),
    ...both('remote list, bytes sent', 'bytes', ({ remoteBytes }) => remoteBytes).map((figure, i) =>
      i === 1 ? { ...figure, budget: budgets.remoteBytes } : figure,
    ),
    ...both('remote list, requests', 'requests', ({ remoteRequests }) => remoteRequests),
    {
      what: '10,000 iterations, file picked to figure final, app',
      unit: 'ms',
      spread: spread(long.map(({ figureMs }) => figureMs)),
      budget: budgets.longMs,
    },
    {
      what: '10,000 iterations, longest task, app',
      unit: 'ms',
      spread: spread(long.map(({ longestTaskMs }) => longestTaskMs)),
      budget: budgets.taskMs,
    },
  ];
}
