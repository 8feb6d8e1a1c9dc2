import type { AgentId } from '../../lib/ids.ts';
import { subtractCents, type Cents } from '../../lib/units.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../experiment/normalised.ts';
import { interval95 } from './significance.ts';
import { spreadOf, type Spread } from './outcome.ts';

/** Whole cents, or a parameter's number. */
export type Value = Cents | number;

/** What is compared over the iterations. */
export interface Subject {
  /** A numeric parameter of the policies in force; undefined is the cost. */
  readonly parameter: string | undefined;
  /** Undefined is the total cost over agents. */
  readonly agent: AgentId | undefined;
}

/** What stands under one another: iterations of one number, or policies after as many accepted proposals. */
export type Alignment = 'iteration' | 'accepted';

/** Values by iteration, or by the number of accepted proposals; undefined where it is not recorded. */
export type Values = ReadonlyMap<number, Value | undefined>;

interface SeriesOptions {
  readonly subject: Subject;
  readonly alignment: Alignment;
  /** The lowest cost so far in place of each cost (domain.md 11.17: no fair comparison where arrivals differ). */
  readonly bestSoFar: boolean;
}

/** The values of one experiment. After n accepted proposals: of the first iteration that knows them all. */
export function valuesOf(detail: ExperimentDetail, options: SeriesOptions): Values {
  const { subject, alignment, bestSoFar } = options;
  const placeOf =
    alignment === 'iteration' ? ({ iteration }: IterationRow) => iteration : acceptedBefore(detail, subject);
  const values = new Map<number, Value | undefined>();
  let best: Value | undefined;
  for (const row of detail.iterations) {
    const value = valueAt(row, subject);
    if (value !== undefined && (best === undefined || value < best)) best = value;
    const place = placeOf(row);
    if (!values.has(place)) values.set(place, value !== undefined && bestSoFar ? best : value);
  }
  return values;
}

function valueAt(row: IterationRow, { parameter, agent }: Subject): Value | undefined {
  if (parameter !== undefined)
    return agent === undefined ? undefined : row.parameters.get(agent)?.get(parameter);
  return agent === undefined ? row.totalCents : row.costsCents.get(agent);
}

/** How many proposals had been accepted before an iteration, of the agent in question or of all. */
export function acceptedBefore(
  { proposals }: Pick<ExperimentDetail, 'proposals'>,
  { agent }: Pick<Subject, 'agent'>,
): (row: { readonly iteration: number }) => number {
  const at = proposals
    .filter((one) => one.verdict === 'accepted' && (agent === undefined || one.agentId === agent))
    .map(({ iteration }: Proposal) => iteration)
    .sort((a, b) => a - b);
  return ({ iteration }) => {
    let [low, high] = [0, at.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] ?? Infinity) < iteration) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** A value of a group at one place. */
export interface GroupPoint extends Spread {
  /** 95 % interval of the mean; undefined for fewer than three passes. */
  readonly interval: readonly [number, number] | undefined;
}

/**
 * Mean and spread of a group by place, up to the end of its shortest pass. A place at which a pass has no value has
 * none. By accepted proposals, a pass that took two at once has between them what it had before.
 */
export function groupPoints(
  members: readonly Values[],
  alignment: Alignment,
): ReadonlyMap<number, GroupPoint | undefined> {
  const points = new Map<number, GroupPoint | undefined>();
  const reads = members.map((values) => readerOf(values, alignment));
  const last = Math.min(...members.map(lastPlace));
  const first = Math.min(...members.map((values) => Math.min(...values.keys())));
  for (let place = first; place <= last; place += 1) {
    const spread = spreadOf(reads.map((read) => read(place)));
    points.set(
      place,
      spread === undefined || spread.absent > 0 ? undefined : { ...spread, interval: interval95(spread) },
    );
  }
  return points;
}

/** -1 without any. */
export function lastPlace(values: ReadonlyMap<number, unknown>): number {
  let last = -1;
  for (const place of values.keys()) if (place > last) last = place;
  return last;
}

function readerOf(values: Values, alignment: Alignment): (place: number) => Value | undefined {
  if (alignment === 'iteration') return (place) => values.get(place);
  const last = lastPlace(values);
  const filled: (Value | undefined)[] = [];
  let before: Value | undefined;
  for (let place = 0; place <= last; place += 1) {
    if (values.has(place)) before = values.get(place);
    filled[place] = before;
  }
  return (place) => filled[place];
}

/** A value minus that of the baseline: exact cents where both are. */
export function minus(value: Value | undefined, base: Value | undefined): Value | undefined {
  if (value === undefined || base === undefined) return undefined;
  if (typeof value === 'bigint' && typeof base === 'bigint') return subtractCents(value, base);
  // Twelve digits: 0.3 - 0.2 is 0.1 to the reader.
  return Number((Number(value) - Number(base)).toPrecision(12));
}
