import { useEffect, useMemo } from 'react';

import { usePrefetch, useSteadyAnswer } from '../../../data/useAnswer.ts';
import { tickState } from '../../../queries/run/tickState.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { TickState } from '../../../domain/answers/runs.ts';
import type { Replay } from './useReplay.ts';

/** Ticks that are read ahead while playing. */
const aheadTicks = 4;

interface ShownTick {
  /** The last tick that arrived: it says itself which one it is. */
  readonly state: TickState | undefined;
  /** Another tick is being read. */
  readonly isLate: boolean;
  readonly error: Error | undefined;
}

/** The banks at the replay's tick; until it arrives, those of the tick before, under its own number. */
export function useTickState(scope: RunScope, replay: Replay): ShownTick {
  const { tick, lastTick, playing, onShown } = replay;
  const answer = useSteadyAnswer(tickState.about({ ...scope, tick }));
  const state = answer.data ?? undefined;
  const shown = state?.tick;
  useEffect(() => onShown(shown), [shown, onShown]);

  const isThere = shown === tick;
  const { fileId, simulationId } = scope;
  usePrefetch(
    useMemo(() => {
      if (!isThere) return [];
      const ahead = Array.from({ length: playing ? aheadTicks : 1 }, (_, i) => tick + i + 1);
      return [...ahead, tick - 1]
        .filter((near) => near >= 0 && near <= lastTick)
        .map((near) => tickState.about({ fileId, simulationId, tick: near }));
    }, [isThere, playing, tick, lastTick, fileId, simulationId]),
  );
  return { state, isLate: !isThere, error: answer.error ?? undefined };
}
