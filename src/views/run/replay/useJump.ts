import { useState } from 'react';

import { useAsk } from '../../../data/useAnswer.ts';
import { seekEvent } from '../../../queries/run/runEvents.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { EventRow, RunOutline } from '../../../domain/answers/runs.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { eventTitle, type KnownEventType } from '../../../domain/events.ts';
import type { ReplayControl } from './useReplay.ts';
import { runFields } from '../fields.ts';

export interface Jump {
  readonly kinds: ReadonlyMap<string, number>;
  /** undefined: the run has no events. */
  readonly kind: string | undefined;
  readonly setKind: (kind: string) => void;
  readonly go: (direction: 1 | -1) => void;
  /** Why nothing moved. */
  readonly said: string;
}

/** What a reader looks for first, where the run has it. */
const telling: readonly KnownEventType[] = [
  'TransactionWentOverdue',
  'LsmCycleSettlement',
  'LsmBilateralOffset',
  'ScenarioEventExecuted',
  'QueuedRtgs',
  'PolicyHold',
  'RtgsImmediateSettlement',
];

/** Finds from the replay's tick the next or previous event of a kind, which the address keeps. */
export function useJump(
  scope: RunScope,
  outline: RunOutline,
  replay: ReplayControl,
  onEvent: (event: EventRow) => void,
): Jump {
  const { search, patch } = useAddress(runFields);
  const ask = useAsk();
  const [said, setSaid] = useState('');
  const kinds = outline.eventTypes;
  const usual = telling.find((type) => kinds.has(type)) ?? kinds.keys().next().value;
  const kind = search.jump !== undefined && kinds.has(search.jump) ? search.jump : usual;
  return {
    kinds,
    kind,
    setKind: (next) => {
      setSaid('');
      patch({ jump: next === usual ? undefined : next });
    },
    go: (direction) => {
      if (kind === undefined) return;
      const from = replay.tick;
      void ask(
        seekEvent.about({
          ...scope,
          filter: { types: [kind] },
          fromTick: from,
          direction: direction === 1 ? 'next' : 'previous',
        }),
      ).then(
        (found) => {
          setSaid(
            found === null
              ? `no “${eventTitle(kind)}” ${direction === 1 ? 'after' : 'before'} tick ${from}`
              : '',
          );
          if (found !== null) onEvent(found);
        },
        () => setSaid('could not be looked for'),
      );
    },
    said,
  };
}
