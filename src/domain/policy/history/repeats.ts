import { liquidityFraction } from '../parameters.ts';
import { structureSimilarity, type StructureSimilarity, type PolicyStructure } from './structure.ts';

/** A proposal as far as repeats are concerned; `structure` is undefined where no policy was read. */
export interface Proposed {
  readonly iteration: number;
  readonly agentId: string;
  readonly structure: PolicyStructure | undefined;
}

export interface Repeat<T> {
  readonly entry: T;
  readonly similarity: Exclude<StructureSimilarity, 'different'>;
}

/** Other proposals of the same agent that are the same, nearly so, or differ in the tree alone; by iteration. */
export function repeatsOf<T extends Proposed>(
  entries: readonly T[],
  agentId: string,
  iteration: number,
): readonly Repeat<T>[] {
  const ofAgent = entries.filter((entry) => entry.agentId === agentId);
  const asked = ofAgent.find((entry) => entry.iteration === iteration)?.structure;
  if (asked === undefined) return [];
  return ofAgent.flatMap((entry) => {
    if (entry.iteration === iteration || entry.structure === undefined) return [];
    const found = structureSimilarity(entry.structure, asked);
    return found === 'different' ? [] : [{ entry, similarity: found }];
  });
}

/** Proposals of one agent that say the same: the first one, and all that are the same or nearly the same. */
export interface RepeatGroup<T> {
  readonly first: T;
  /** By iteration; the first one is not among them. */
  readonly again: readonly (Repeat<T> & { readonly similarity: 'same' | 'nearly' })[];
}

/** Width of a step as a ratio: numbers within the tolerance of 1 % are in the same step or in neighbouring ones. */
const stepRatio = Math.log(1.02);

/** A coarse place of the number that most proposals differ in, so that not every pair is compared. */
function stepOf({ outline, parameters }: PolicyStructure): number {
  const value = parameters.get(liquidityFraction) ?? outline.numbers[0]?.value ?? 0;
  const size = Math.abs(value);
  return size > 0 && Number.isFinite(size) ? Math.floor(Math.log(size) / stepRatio) : 0;
}

/** Groups of two or more, those with most proposals first. Each proposal is in one group: with its equal, if any. */
export function repeatGroups<T extends Proposed>(entries: readonly T[]): readonly RepeatGroup<T>[] {
  const groups: { first: T; structure: PolicyStructure; again: RepeatGroup<T>['again'][number][] }[] = [];
  const byBuild = new Map<string, typeof groups>();
  for (const entry of [...entries].sort((a, b) => a.iteration - b.iteration)) {
    const { structure } = entry;
    if (structure === undefined) continue;
    const key = JSON.stringify([entry.agentId, structure.outline.shape]);
    const step = stepOf(structure);
    const alike = [step - 1, step, step + 1]
      .flatMap((one) => byBuild.get(`${key} ${one}`) ?? [])
      .sort((a, b) => a.first.iteration - b.first.iteration);
    const same = alike.find((group) => structureSimilarity(group.structure, structure) === 'same');
    const near = same ?? alike.find((group) => structureSimilarity(group.structure, structure) === 'nearly');
    if (near === undefined) {
      const group = { first: entry, structure, again: [] };
      groups.push(group);
      const place = `${key} ${step}`;
      byBuild.set(place, [...(byBuild.get(place) ?? []), group]);
    } else near.again.push({ entry, similarity: same === undefined ? 'nearly' : 'same' });
  }
  return groups
    .filter(({ again }) => again.length > 0)
    .sort((a, b) => b.again.length - a.again.length || a.first.iteration - b.first.iteration)
    .map(({ first, again }) => ({ first, again }));
}

/**
 * Of each proposal how many earlier ones of the same agent say the same, names apart; undefined where no policy was
 * read. In the order of the entries.
 */
export function earlierSame(entries: readonly Proposed[]): readonly (number | undefined)[] {
  const seen = new Map<string, number>();
  const counts = new Map<Proposed, number>();
  for (const entry of entries.toSorted((a, b) => a.iteration - b.iteration)) {
    if (entry.structure === undefined) continue;
    const { shape, numbers } = entry.structure.outline;
    const key = JSON.stringify([entry.agentId, shape, ...numbers.map(({ value }) => value)]);
    const before = seen.get(key) ?? 0;
    counts.set(entry, before);
    seen.set(key, before + 1);
  }
  return entries.map((entry) => counts.get(entry));
}
