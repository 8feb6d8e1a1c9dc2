import { parseGroups, type HandGroup, differenceWords, whatDiffers } from '../../domain/compare/groups.ts';
import { nearestCents, spreadOf } from '../../domain/compare/outcome.ts';
import type { Cents } from '../../lib/units.ts';
import { lineStyle, type LineStyle } from './lineStyle.ts';
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
export interface Chosen {
  readonly groups: readonly HandGroup[];
  readonly singles: readonly string[];
  /** Every experiment, each once. */
  readonly ids: readonly string[];
}

export function chosenIn(x: readonly string[] | undefined, g: readonly string[] | undefined): Chosen {
  const groups = parseGroups(g ?? []);
  const inGroups = groups.flatMap(({ ids }) => ids);
  const grouped = new Set(inGroups);
  const singles = [...new Set(x ?? [])].filter((id) => !grouped.has(id));
  return { groups, singles, ids: [...inGroups, ...singles] };
}

/** The lines in their order, groups first; what is in no open file is left out. */
export function entriesOf(
  { groups, singles }: Chosen,
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
