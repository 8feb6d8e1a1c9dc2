import { useState } from 'react';

/** The list of the render before where its items are the same: what is computed or drawn from it can be kept. */
export function useSameList<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  const [kept, setKept] = useState(list);
  if (hasSameItems(kept, list)) return kept;
  setKept(list);
  return list;
}

function hasSameItems<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
