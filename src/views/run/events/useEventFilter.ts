import { useMemo } from 'react';

import { agentId } from '../../../lib/ids.ts';
import type { EventFilter } from '../../../domain/answers/runs.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields, type RunSearch } from '../fields.ts';

/** The fields of the address that narrow a run's events. */
type FilterFields = Pick<RunSearch, 'type' | 'agent' | 'tx' | 'from' | 'to' | 'q'>;

export interface EventFilterState {
  readonly filter: EventFilter;
  readonly fields: FilterFields;
  readonly isActive: boolean;
  readonly set: (fields: FilterFields) => void;
  readonly clear: () => void;
}

/** What the events are narrowed to, kept in the address. */
export function useEventFilter(): EventFilterState {
  const { search, patch } = useAddress(runFields);
  const { type, agent, tx, from, to, q } = search;
  const typesKey = type === undefined ? undefined : JSON.stringify(type);
  return useMemo(() => {
    const types = typesKey === undefined ? undefined : (JSON.parse(typesKey) as string[]);
    const filter: EventFilter = {
      ...(types === undefined ? {} : { types }),
      ...(agent === undefined ? {} : { agentId: agentId(agent) }),
      ...(tx === undefined ? {} : { txId: tx }),
      ...(from === undefined ? {} : { fromTick: from }),
      ...(to === undefined ? {} : { toTick: to }),
      ...(q === undefined ? {} : { text: q }),
    };
    return {
      filter,
      fields: { type: types, agent, tx, from, to, q },
      isActive: Object.keys(filter).length > 0,
      set: patch,
      clear: () =>
        patch({
          type: undefined,
          agent: undefined,
          tx: undefined,
          from: undefined,
          to: undefined,
          q: undefined,
        }),
    };
  }, [typesKey, agent, tx, from, to, q, patch]);
}
