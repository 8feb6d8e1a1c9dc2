import type { ChartLine, ChartMark } from './panel.ts';

/** A line on a log scale is broken where it is zero or below; a band that reaches there is left out there. */
export function lineOnLog(line: ChartLine): ChartLine {
  return {
    ...line,
    points: line.points.map(({ iteration, value, interval }) =>
      value === undefined || value <= 0
        ? { iteration, value: undefined, interval: undefined }
        : { iteration, value, interval: (interval?.[0] ?? 0) > 0 ? interval : undefined },
    ),
  };
}

/** A mark at zero or below goes to the rail of that name; a tie to such a value is cut. */
export function markOnLog(mark: ChartMark): ChartMark {
  if (mark.place.on !== 'rail' && mark.place.value <= 0) {
    return { ...mark, place: { on: 'rail', rail: 'nonpositive' }, tiedTo: undefined };
  }
  return mark.tiedTo === undefined || mark.tiedTo > 0 ? mark : { ...mark, tiedTo: undefined };
}
