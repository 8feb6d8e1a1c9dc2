import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import {
  acceptedBefore,
  groupPoints,
  lastPlace,
  minus,
  valuesOf,
  type Alignment,
  type GroupPoint,
  type Subject,
  type Value,
  type Values,
} from '../../domain/compare/series.ts';
import { nearestCents } from '../../domain/compare/outcome.ts';
import { liquidityFraction, parameterText } from '../../domain/policy/parameters.ts';
import { formatMoney } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Compared } from './useCompared.ts';
import type { Entry } from './entries.ts';

/** What the figure shows, as the address has it. */
export interface FigureChoice {
  readonly subject: Subject;
  readonly alignment: Alignment;
  readonly bestSoFar: boolean;
  /** Minus the baseline at the same place. */
  readonly relative: boolean;
}

/** A value of an entry at one place: of an experiment exact, of a group the mean. */
interface DrawnPoint {
  readonly value: Value;
  /** Of a group; minus the baseline too where the figure is relative. */
  readonly group: GroupPoint | undefined;
}

/** An entry with its values by iteration, or by accepted proposals. */
export interface DrawnEntry {
  readonly entry: Entry;
  readonly points: ReadonlyMap<number, DrawnPoint | undefined>;
  /** Of a group, each pass. */
  readonly passes: readonly { readonly of: Compared; readonly values: Values }[];
  /** What is subtracted at a place; undefined where nothing is. */
  readonly baseAt: ((place: number) => Value | undefined) | undefined;
}

export function drawnEntries(entries: readonly Entry[], choice: FigureChoice): readonly DrawnEntry[] {
  const plain = entries.map((entry) => pointsOf(entry, choice));
  const baseline = plain.find(({ entry }) => entry.isBaseline);
  if (!choice.relative || baseline === undefined) return plain;
  const baseAt = (place: number) => baseline.points.get(place)?.value;
  return plain.map((drawn) => ({
    ...drawn,
    points: new Map(
      [...drawn.points].map(([place, point]) => {
        const base = baseAt(place);
        const value = minus(point?.value, base);
        return [place, value === undefined ? undefined : { value, group: groupMinus(point?.group, base) }];
      }),
    ),
    passes: drawn.passes.map(({ of, values }) => ({
      of,
      values: new Map([...values].map(([place, value]) => [place, minus(value, baseAt(place))])),
    })),
    baseAt,
  }));
}

function groupMinus(group: GroupPoint | undefined, base: Value | undefined): GroupPoint | undefined {
  if (group === undefined) return undefined;
  const { mean, low, high, interval } = group;
  const less = (value: number) => Number(minus(value, base));
  return {
    ...group,
    mean: less(mean),
    low: less(low),
    high: less(high),
    interval: interval === undefined ? undefined : [less(interval[0]), less(interval[1])],
  };
}

function pointsOf(entry: Entry, choice: FigureChoice): DrawnEntry {
  const passes = entry.members.map((of) => ({ of, values: valuesOf(of.detail, choice) }));
  const [only] = passes;
  if (!entry.isGroup && only !== undefined) {
    const points = new Map(
      [...only.values].map(([place, value]) => [
        place,
        value === undefined ? undefined : { value, group: undefined },
      ]),
    );
    return { entry, points, passes: [], baseAt: undefined };
  }
  const means = groupPoints(
    passes.map(({ values }) => values),
    choice.alignment,
  );
  const points = new Map(
    [...means].map(([place, group]) => [
      place,
      group === undefined ? undefined : { value: group.mean, group },
    ]),
  );
  return { entry, points, passes, baseAt: undefined };
}

/** The last place of anything that is drawn; -1 without any. */
export function lastOf(drawn: readonly DrawnEntry[]): number {
  return drawn.reduce(
    (last, { points, passes }) =>
      Math.max(last, lastPlace(points), ...passes.map(({ values }) => lastPlace(values))),
    -1,
  );
}

/** Where a proposal stands on the axis of its experiment. */
export function placesOf(
  detail: ExperimentDetail,
  { alignment, subject }: FigureChoice,
): (at: { readonly iteration: number }) => number {
  return alignment === 'iteration' ? ({ iteration }) => iteration : acceptedBefore(detail, subject);
}

/** As shown: an amount, or the parameter as it is written; a mean of parameters to four digits. */
export function valueWords(value: Value | undefined, { parameter }: Subject, isMean = false): string {
  if (value === undefined) return '–';
  if (parameter === undefined) return formatMoney(typeof value === 'bigint' ? value : nearestCents(value));
  const number = Number(value);
  return parameterText(parameter, isMean ? Number(number.toPrecision(4)) : number);
}

/** With a sign in front. */
export function changeWords(value: Value | undefined, subject: Subject, isMean = false): string {
  return `${value !== undefined && value > 0 ? '+' : ''}${valueWords(value, subject, isMean)}`;
}

/** Agents of any of them, in the order in which they come. */
export function agentsOf(compared: readonly Compared[]): readonly AgentId[] {
  return [...new Set(compared.flatMap(({ detail }) => detail.agents))];
}

/** Numeric parameters of any policy in force: the liquidity fraction first, then by name. */
export function parametersOf(compared: readonly Compared[]): readonly string[] {
  const names = new Set<string>();
  for (const { detail } of compared)
    for (const { parameters } of detail.iterations)
      for (const ofAgent of parameters.values()) for (const name of ofAgent.keys()) names.add(name);
  const rest = [...names].filter((name) => name !== liquidityFraction).sort();
  return names.has(liquidityFraction) ? [liquidityFraction, ...rest] : rest;
}
