/**
 * At most about `3 * groups` of the items, in their order: the lowest and the highest of each group, the first item
 * without a value (a break of a line must stay a break), both ends, and everything that `mustKeep` names.
 * Never a random choice, and untouched where `2 * groups` is enough for all.
 */
export function thinByExtremes<T>(
  items: readonly T[],
  groups: number,
  valueOf: (item: T) => number | undefined,
  mustKeep: (item: T) => boolean,
): readonly T[] {
  if (items.length <= 2 * groups) return items;
  const kept: T[] = [];
  for (let group = 0; group < groups; group += 1) {
    const from = Math.floor((group * items.length) / groups);
    const to = Math.floor(((group + 1) * items.length) / groups);
    const extremes = extremesOf(items, from, to, valueOf);
    for (let index = from; index < to; index += 1) {
      const item = items[index];
      if (item === undefined) continue;
      const isEnd = index === 0 || index === items.length - 1;
      if (isEnd || extremes.includes(index) || mustKeep(item)) kept.push(item);
    }
  }
  return kept;
}

/** Positions of the lowest, the highest and the first missing value of `items[from..to)`. */
function extremesOf<T>(
  items: readonly T[],
  from: number,
  to: number,
  valueOf: (item: T) => number | undefined,
): readonly number[] {
  let [lowest, highest, missing] = [-1, -1, -1];
  let [low, high] = [Infinity, -Infinity];
  for (let index = from; index < to; index += 1) {
    const item = items[index];
    const value = item === undefined ? undefined : valueOf(item);
    if (value === undefined) {
      if (missing < 0) missing = index;
      continue;
    }
    if (value < low) [low, lowest] = [value, index];
    if (value > high) [high, highest] = [value, index];
  }
  return [lowest, highest, missing];
}
