import type { LineLook } from '../../charts/shape/panel.ts';
import { parseGroups, type HandGroup, differenceWords, whatDiffers } from '../../domain/compare/groups.ts';
import { nearestCents, spreadOf } from '../../domain/compare/outcome.ts';
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
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { liquidityFraction, parameterText } from '../../domain/policy/parameters.ts';
import { formatMoney } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { Compared } from './useCompared.ts';

/** One line of the comparison: an experiment, or a group of passes. */
export interface Entry {
  /** The experiment's id, or the name of the group. */
  readonly key: string;
  readonly label: string;
  readonly isGroup: boolean;
  readonly isBaseline: boolean;
  /** One experiment, or the passes of the group; never empty. */
  readonly members: readonly Compared[];
  readonly style: LineStyle;
  /** Of a group, what its passes differ in. */
  readonly differs: string | undefined;
}

/** What the address names, before it is read. */
export interface ChosenExperiments {
  readonly groups: readonly HandGroup[];
  readonly singles: readonly string[];
  /** Every experiment, each once. */
  readonly ids: readonly string[];
}

export function chosenIn(
  x: readonly string[] | undefined,
  g: readonly string[] | undefined,
): ChosenExperiments {
  const groups = parseGroups(g ?? []);
  const inGroups = groups.flatMap(({ ids }) => ids);
  const grouped = new Set(inGroups);
  const singles = [...new Set(x ?? [])].filter((id) => !grouped.has(id));
  return { groups, singles, ids: [...inGroups, ...singles] };
}

/** The lines in their order, groups first; what is in no open file is left out. */
export function entriesOf(
  { groups, singles }: ChosenExperiments,
  compared: readonly Compared[],
  base: string | undefined,
): readonly Entry[] {
  const byId = new Map(compared.map((one) => [one.id, one]));
  const found = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const drafts = [
    ...groups.map(({ name, ids }) => ({ key: name, label: name, isGroup: true, members: found(ids) })),
    ...singles.map((id) => ({
      key: id,
      label: byId.get(id)?.label ?? id,
      isGroup: false,
      members: found([id]),
    })),
  ].filter(({ members }) => members.length > 0);
  const baseline = drafts.find(({ key }) => key === base) ?? drafts[0];
  return drafts.map((draft, place) => ({
    ...draft,
    isBaseline: draft === baseline,
    style: lineStyle(place, draft === baseline),
    differs: draft.isGroup ? differenceWords(whatDiffers(draft.members.map(passFacts))) : undefined,
  }));
}

/** What tells how two passes differ. */
export const passFacts = ({ summary, facts }: Compared) => ({ ...summary, models: facts?.models });

/** The final cost of an experiment, or of a group the mean of those that are recorded. */
export function finalOf({ isGroup, members }: Entry): Cents | undefined {
  const [only] = members;
  if (!isGroup) return only?.outcome.finalCents;
  const spread = spreadOf(members.map(({ outcome }) => outcome.finalCents));
  return spread === undefined ? undefined : nearestCents(spread.mean);
}

/** By its seed where that tells it from the other passes. */
export function passWords({ summary: { masterSeed }, label }: Compared, passes: readonly Compared[]): string {
  const sameSeed = passes.filter(({ summary }) => summary.masterSeed === masterSeed);
  return masterSeed === undefined || sameSeed.length > 1 ? label : `seed ${masterSeed}`;
}

/** How an experiment is drawn in a comparison; hues of their own, as the colour of an agent stays the agent's. */
interface LineStyle extends LineLook {
  readonly dash: string;
  /** Place among those compared. */
  readonly place: number;
}

const colorCount = 6;

function lineStyle(place: number, isBaseline: boolean): LineStyle {
  if (isBaseline) return { color: 'var(--ink)', dash: '5 4', place };
  return { color: `var(--x-${(place % colorCount) + 1})`, dash: place < colorCount ? 'none' : '12 3', place };
}

/** What the figure shows, as the address has it. */
export interface CompareChoice {
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

export function drawnEntries(entries: readonly Entry[], choice: CompareChoice): readonly DrawnEntry[] {
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

function pointsOf(entry: Entry, choice: CompareChoice): DrawnEntry {
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
  { alignment, subject }: CompareChoice,
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
export function signedWords(value: Value | undefined, subject: Subject, isMean = false): string {
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
