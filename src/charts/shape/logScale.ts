import type { ChartLine, ChartMark } from './panel.ts';

/** A line on a log scale is broken where it is zero or below; a bound of a band there is left out with the band. */
export function lineOnLog(line: ChartLine): ChartLine {
  return {
    ...line,
    points: line.points.map(({ iteration, value, interval }) => {
      if (value === undefined || value <= 0) return { iteration, value: undefined };
      return interval === undefined || interval[0] <= 0
        ? { iteration, value }
        : { iteration, value, interval };
    }),
  };
}

/** A mark at zero or below goes to the rail of that name; a tie to such a value is cut. */
export function markOnLog(mark: ChartMark): ChartMark {
  const { tiedTo, ...untied } = mark;
  const tied = tiedTo === undefined || tiedTo <= 0 ? untied : mark;
  if (mark.place.on === 'rail' || mark.place.value > 0) return tied;
  return { ...untied, place: { on: 'rail', rail: 'nonpositive' } };
}
