import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import { spreadLabels } from './placed.ts';

/** Whether a sample costs less with the proposal, more, or the same. */
export type SampleKind = 'better' | 'worse' | 'equal';

export function sampleKind(sample: Sample): SampleKind {
  const delta: bigint = sample.deltaCents;
  return delta > 0n ? 'better' : delta < 0n ? 'worse' : 'equal';
}

export interface StripDot {
  readonly kind: SampleKind;
  readonly x: number;
  readonly y: number;
}

/** Samples of one kind that fall into one bin. */
export interface StripBar {
  readonly kind: SampleKind;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

interface StripLabel {
  readonly x: number;
  readonly text: string;
}

/** The mean saving and its 95 % interval, cents with fractions. */
export interface MeanMark {
  readonly cents: number;
  /** Undefined for a single sample. */
  readonly interval: readonly [number, number] | undefined;
}

export interface SamplesShape {
  /** One per sample, unless there are too many to tell apart. */
  readonly dots: readonly StripDot[];
  readonly bars: readonly StripBar[];
  readonly zeroX: number;
  /** Where the mean and the ends of its interval are. */
  readonly mean: { readonly x: number; readonly lowX: number; readonly highX: number } | undefined;
  readonly labels: readonly StripLabel[];
}

/** The most samples that get a dot each; more are counted in bins. */
const mostDots = 300;
const columnWidth = 5;
const binWidth = 8;
const equalWidth = 3;
const dotStep = 4.6;
const inset = 6;
const charWidth = 6.6;

export function isBinned(samples: readonly Sample[]): boolean {
  return samples.length > mostDots;
}

/** `Saving per sample, 49 better, 1 worse, 0 equal`, and that bars count them where there are too many for dots. */
export function samplesSentence(samples: readonly Sample[]): string {
  const count = (kind: SampleKind): string =>
    formatCount(samples.filter((sample) => sampleKind(sample) === kind).length);
  const binned = isBinned(samples) ? `; bars count the ${plural(samples.length, 'sample')}` : '';
  return `Saving per sample, ${count('better')} better, ${count('worse')} worse, ${count('equal')} equal${binned}`;
}

/** Paired savings along one axis that contains zero; equal ones stand on one another from the floor up. */
export function samplesShape(
  samples: readonly Sample[],
  width: number,
  height: number,
  mean?: MeanMark,
): SamplesShape {
  // The interval may reach beyond the samples where they are few.
  const deltas = [
    ...samples.map((sample) => centsToPlotNumber(sample.deltaCents)),
    ...(mean?.interval ?? []),
  ];
  const low = deltas.reduce((a, b) => Math.min(a, b), 0);
  const high = deltas.reduce((a, b) => Math.max(a, b), 0);
  const x = (delta: number): number =>
    inset + (high > low ? (delta - low) / (high - low) : 0.5) * (width - 2 * inset);
  const binned = isBinned(samples);
  const zeroX = x(0);
  // Columns are counted from zero, so that none holds both savings and losses.
  const columnOf = (sample: Sample): number =>
    Math.floor((x(centsToPlotNumber(sample.deltaCents)) - zeroX) / (binned ? binWidth : columnWidth));
  const stacks = stacksOf(samples, columnOf);
  const tallest = stacks.reduce((most, stack) => Math.max(most, stack.samples.length), 1);
  const place = (sample: Sample): number => x(centsToPlotNumber(sample.deltaCents));
  return {
    dots: binned ? [] : stacks.flatMap((stack) => dotsOf(stack, place, tallest, height)),
    bars: binned ? stacks.map((stack) => barOf(stack, zeroX, tallest, height)) : [],
    zeroX,
    mean:
      mean === undefined
        ? undefined
        : {
            x: x(mean.cents),
            lowX: x(mean.interval?.[0] ?? mean.cents),
            highX: x(mean.interval?.[1] ?? mean.cents),
          },
    labels: labelsOf(samples, (delta) => x(centsToPlotNumber(delta)), zeroX, width),
  };
}

interface Stack {
  readonly kind: SampleKind;
  readonly column: number;
  readonly samples: Sample[];
}

/** Kinds never share a stack, so a column at the zero line is of one colour and one shape. */
function stacksOf(samples: readonly Sample[], columnOf: (sample: Sample) => number): readonly Stack[] {
  const stacks = new Map<string, Stack>();
  for (const sample of samples) {
    const kind = sampleKind(sample);
    const column = columnOf(sample);
    const stack = stacks.get(`${kind} ${column}`);
    if (stack === undefined) stacks.set(`${kind} ${column}`, { kind, column, samples: [sample] });
    else stack.samples.push(sample);
  }
  return [...stacks.values()];
}

/** Where the tallest stack does not fit, dots overlap, evenly everywhere: heights stay comparable. */
function dotsOf(
  stack: Stack,
  xOf: (sample: Sample) => number,
  tallest: number,
  height: number,
): readonly StripDot[] {
  const step = Math.min(dotStep, (height - dotStep) / Math.max(1, tallest - 1));
  return stack.samples.map((sample, rank) => ({
    kind: stack.kind,
    x: xOf(sample),
    y: height - dotStep / 2 - rank * step,
  }));
}

/** Equal samples are a thin bar on the zero line itself. */
function barOf(stack: Stack, zeroX: number, tallest: number, height: number): StripBar {
  const isEqual = stack.kind === 'equal';
  return {
    kind: stack.kind,
    x: isEqual ? zeroX - equalWidth / 2 : zeroX + stack.column * binWidth,
    width: isEqual ? equalWidth : binWidth,
    height: Math.max(1, (stack.samples.length / tallest) * height),
  };
}

/** Lowest and highest saving, exact, beside one another; the zero only where it does not touch them. */
function labelsOf(
  samples: readonly Sample[],
  xOf: (delta: Cents) => number,
  zeroX: number,
  width: number,
): readonly StripLabel[] {
  const first = samples[0];
  if (first === undefined) return [];
  let [lowest, highest] = [first.deltaCents, first.deltaCents];
  for (const { deltaCents } of samples) {
    if (deltaCents < lowest) lowest = deltaCents;
    if (deltaCents > highest) highest = deltaCents;
  }
  const ends = lowest === highest ? [lowest] : [lowest, highest];
  const texts = ends.map(formatMoney);
  const labelWidth = Math.max(...texts.map((text) => text.length)) * charWidth;
  const xs = spreadLabels(ends.map(xOf), labelWidth + 8, labelWidth / 2, width - labelWidth / 2);
  const labels = texts.map((text, index) => ({ text, x: xs[index] ?? 0 }));
  const zeroFits = labels.every(({ x }) => Math.abs(x - zeroX) > labelWidth / 2 + 10);
  return zeroFits ? [...labels, { text: '0', x: zeroX }] : labels;
}
