import { formatBytes } from '../../src/lib/format.ts';
import type { MeasuredSpread } from './statistics.ts';

type Unit = 'ms' | 'bytes' | 'requests' | 'times';

/** One line of the benchmark: what was measured, how it spread over the rounds, and what it may be. */
export interface BenchFigure {
  readonly what: string;
  readonly unit: Unit;
  readonly spread: MeasuredSpread;
  readonly budget?: number;
}

function formatFigure(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${Math.round(value)} ms`;
    case 'bytes':
      return formatBytes(value);
    case 'requests':
      return `${Math.round(value)}`;
    case 'times':
      return `${value.toFixed(2)} x`;
  }
}

function verdict({ spread, budget }: BenchFigure): string {
  if (budget === undefined) return '';
  return spread.median <= budget ? 'within' : 'OVER';
}

/** A table in plain text, medians with least and most. */
export function formatTable(figures: readonly BenchFigure[]): string {
  const rows = [
    ['', 'median', 'least', 'most', 'budget', ''],
    ...figures.map((figure) => [
      figure.what,
      ...[figure.spread.median, figure.spread.min, figure.spread.max].map((value) =>
        formatFigure(value, figure.unit),
      ),
      figure.budget === undefined ? '' : formatFigure(figure.budget, figure.unit),
      verdict(figure),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
