import { useState } from 'react';
import { partOf, partWith, type GridPart } from './gridParts.ts';

/** The part of a very long table that is shown: that of the row to be seen whenever it changes, or the one chosen. */
export function useGridPart(
  count: number,
  seenRow: number | undefined,
): readonly [GridPart, (number: number) => void] {
  const target = seenRow === undefined || seenRow < 0 ? undefined : seenRow;
  const [wanted, setWanted] = useState(target === undefined ? 0 : partWith(target));
  const [followed, setFollowed] = useState(target);
  if (followed !== target) {
    setFollowed(target);
    if (target !== undefined) setWanted(partWith(target));
  }
  return [partOf(count, wanted), setWanted];
}
