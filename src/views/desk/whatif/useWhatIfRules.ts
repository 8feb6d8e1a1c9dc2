import { useMemo } from 'react';

import type { AcceptanceRules } from '../../../domain/acceptance/rules.ts';
import { rulesToTry, type WhatIfRules } from '../../../domain/acceptance/whatIf.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { deskFields, type DeskSearch } from '../fields.ts';

export interface WhatIfSettings {
  readonly rules: WhatIfRules;
  /** The rules of the experiment itself. */
  readonly start: WhatIfRules;
  readonly isChanged: boolean;
  readonly set: (change: Partial<WhatIfRules>) => void;
  readonly reset: () => void;
}

/** The rules to try: those of the address, for the rest those that the experiment was judged by. */
export function useWhatIfRules(inForce: AcceptanceRules): WhatIfSettings {
  const { search, patch } = useAddress(deskFields);
  const { sig, cv, floor, least } = search;
  const start = useMemo(() => rulesToTry(inForce), [inForce]);
  const rules = useMemo(
    (): WhatIfRules => ({
      significance: sig === undefined ? start.significance : sig === 'required',
      largestCv: cv === undefined ? start.largestCv : cv === 'none' ? undefined : cv,
      settlementFloor: floor === undefined ? start.settlementFloor : floor === 'none' ? undefined : floor,
      leastSaving: least ?? start.leastSaving,
    }),
    [sig, cv, floor, least, start],
  );
  return {
    rules,
    start,
    isChanged: [sig, cv, floor, least].some((field) => field !== undefined),
    set: (change) => patch(fieldsOf({ ...rules, ...change }, start)),
    reset: () => patch({ sig: undefined, cv: undefined, floor: undefined, least: undefined }),
  };
}

/** Only what differs from the experiment's own rules is written. */
function fieldsOf(rules: WhatIfRules, start: WhatIfRules): DeskSearch {
  return {
    sig: rules.significance === start.significance ? undefined : rules.significance ? 'required' : 'none',
    cv: rules.largestCv === start.largestCv ? undefined : (rules.largestCv ?? 'none'),
    floor: rules.settlementFloor === start.settlementFloor ? undefined : (rules.settlementFloor ?? 'none'),
    least: rules.leastSaving === start.leastSaving ? undefined : rules.leastSaving,
  };
}
