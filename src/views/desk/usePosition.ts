import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { isNamed as isFile } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { deskFields, type DeskSearch } from './fields.ts';

export interface Position {
  /** What is shown: the proposal of the address; of an address that names none the one left last, or the first. */
  readonly selected: DeskRow | undefined;
  /** What the address names and nothing that was read is: `iteration 11 of BANK_Z`. */
  readonly lost: string | undefined;
  /** The address names a proposal: in a narrow window it takes the place of the list. */
  readonly isNamed: boolean;
  readonly select: (row: DeskRow) => void;
  /** Address of a proposal beside the list. */
  readonly hrefOf: (row: DeskRow) => string;
  /** Back to the list alone, in a narrow window. */
  readonly leave: () => void;
  /** Names what is shown in the address: it stays when the list loses it. */
  readonly stay: () => void;
  /** Nothing follows the selected proposal. */
  readonly isLast: boolean;
  /** The row so many places on from the selected one, if there is one. */
  readonly move: (by: 1 | -1) => void;
}

/** The selected proposal, which lives in the address: file and experiment where there are several, iteration, agent. */
export function usePosition(
  all: readonly DeskRow[],
  listed: readonly DeskRow[],
  isOneExperiment: boolean,
): Position {
  const { search, patch, here } = useAddress(deskFields);
  const { in: fileName, experiment, iteration, agent } = search;
  const isNamed = iteration !== undefined || agent !== undefined;
  // What was judged while the address named nothing, until the address names it.
  const [keptKey, setKeptKey] = useState<string>();
  if (isNamed && keptKey !== undefined) setKeptKey(undefined);
  // The row that one comes back to, if the list still has it.
  const [leftKey, setLeftKey] = useState<string>();
  const selected = useMemo(() => {
    if (!isNamed) {
      const kept = keptKey === undefined ? undefined : all.find((row) => row.key === keptKey);
      return kept ?? listed.find((row) => row.key === leftKey) ?? listed[0];
    }
    const fits = (row: DeskRow) =>
      (iteration === undefined || row.proposal.iteration === iteration) &&
      (agent === undefined || row.proposal.agentId === agent) &&
      (isOneExperiment || experiment === undefined || row.experimentId === experiment) &&
      (isOneExperiment ||
        fileName === undefined ||
        [row.file, ...(row.alsoIn ?? [])].some((file) => isFile(file, fileName)));
    return listed.find(fits) ?? all.find(fits);
  }, [all, listed, isNamed, keptKey, leftKey, isOneExperiment, fileName, experiment, iteration, agent]);
  const places = useMemo(() => new Map(listed.map((row, index) => [row.key, index])), [listed]);
  const placeOf = useCallback(
    ({ file, experimentId, proposal }: DeskRow) => ({
      ...(isOneExperiment ? {} : { in: file.name, experiment: experimentId }),
      iteration: proposal.iteration,
      agent: proposal.agentId,
    }),
    [isOneExperiment],
  );
  const select = useCallback((row: DeskRow) => patch(placeOf(row)), [patch, placeOf]);
  const hrefOf = useCallback((row: DeskRow) => here({ ...placeOf(row), as: undefined }), [here, placeOf]);
  const leave = useCallback(() => {
    setLeftKey(selected?.key);
    patch({
      ...(isOneExperiment ? {} : { in: undefined, experiment: undefined }),
      iteration: undefined,
      agent: undefined,
    });
  }, [patch, isOneExperiment, selected?.key]);
  const filters = filterText(search);
  // On arrival a link wins: what it names and its filters hide is brought into the list.
  const seen = useRef<string | undefined>(undefined);
  useEffect(() => {
    const before = seen.current;
    const isHidden = selected !== undefined && !places.has(selected.key);
    // Until the next one is chosen, the filters stay those that changed.
    if (before === undefined || !isHidden) seen.current = filters;
    if (!isHidden) return;
    if (before === undefined) {
      if (isNamed) patch({ show: 'all', kind: undefined, only: undefined, within: undefined, k: undefined });
      return;
    }
    // What was just judged stays until the reader goes on; what a filter hides gives way to the next.
    if (before === filters) return;
    const after = new Set(all.slice(all.indexOf(selected) + 1));
    const following = listed.find((row) => after.has(row)) ?? listed.at(-1);
    if (following === undefined) leave();
    else select(following);
  }, [all, listed, places, filters, selected, isNamed, select, leave, patch]);
  const stay = () => {
    if (isNamed || selected === undefined) return;
    setKeptKey(selected.key);
    select(selected);
  };
  const at = selected === undefined ? undefined : places.get(selected.key);
  // A proposal that was just judged may leave the list: what slid into its place is the next one.
  const lastAt = useRef(0);
  useEffect(() => {
    if (at !== undefined) lastAt.current = at;
  }, [at]);
  const move = useCallback(
    (by: 1 | -1) => {
      const to = at === undefined ? lastAt.current + (by === 1 ? 0 : -1) : at + by;
      const next = listed[at === undefined ? Math.max(0, Math.min(to, listed.length - 1)) : to];
      if (next !== undefined) select(next);
    },
    [at, listed, select],
  );
  const lost =
    isNamed && selected === undefined
      ? [
          ...(iteration === undefined ? [] : [`iteration ${iteration}`]),
          ...(agent === undefined ? [] : [agent]),
          ...(isOneExperiment || experiment === undefined ? [] : [experiment]),
        ].join(' of ')
      : undefined;
  const isLast = at === undefined ? listed.length === 0 : at === listed.length - 1;
  return { selected, lost, isNamed, isLast, select, hrefOf, leave, stay, move };
}

/** What the list is filtered by, as one text to compare. */
function filterText({ show, kind, only, within, k, reviewed, follows }: DeskSearch): string {
  return JSON.stringify([show, kind, only, within, k, reviewed, follows]);
}
