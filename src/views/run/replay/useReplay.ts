import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../../data/SessionContext.tsx';
import type { RunOutline } from '../../../domain/answers/runs.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { tickByDay } from './tickWords.ts';
import { runFields } from '../fields.ts';

/** Ticks a second. */
export const speeds = [1, 2, 5, 10, 30] as const;
type Speed = (typeof speeds)[number];

/** The address follows once the tick rests, so that playing and scrubbing write it rarely. */
const RESTING_MS = 200;

export interface ReplayControl {
  readonly tick: number;
  readonly lastTick: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  /** Goes to a tick and stops playing. */
  readonly goTo: (tick: number) => void;
  readonly step: (ticks: number) => void;
  readonly stepDay: (direction: 1 | -1) => void;
  readonly togglePlay: () => void;
  /** Told which tick is on screen: playing waits for it. */
  readonly onShown: (tick: number | undefined) => void;
}

/** The one tick of the page: where it is, how it moves, and its place in the address. */
export function useReplay(outline: RunOutline): ReplayControl {
  const { tickCount, ticksPerDay } = outline;
  const lastTick = Math.max(0, tickCount - 1);
  const [tick, setTick] = useAddressedTick(lastTick);
  const [wantsToPlay, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(slowIfAsked);
  const [shown, setShown] = useState<number>();
  const playing = wantsToPlay && tick < lastTick;

  useEffect(() => {
    if (!playing || shown !== tick) return undefined;
    const timer = setTimeout(() => setTick(tick + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [playing, shown, tick, speed, setTick]);

  const goTo = useCallback(
    (to: number) => {
      setPlaying(false);
      setTick(Math.max(0, Math.min(lastTick, to)));
    },
    [lastTick, setTick],
  );
  return {
    tick,
    lastTick,
    playing,
    speed,
    setSpeed,
    goTo,
    step: (ticks) => goTo(tick + ticks),
    stepDay: (direction) => goTo(tickByDay(tick, direction, tickCount, ticksPerDay)),
    togglePlay: () => {
      if (!playing && tick === lastTick) setTick(0);
      setPlaying(!playing);
    },
    onShown: setShown,
  };
}

/** Five ticks a second, or one where the reader asked for little motion. */
function slowIfAsked(): Speed {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 5;
}

/** A tick that starts from the address, follows it when something else changes it, and is written to it at rest. */
function useAddressedTick(lastTick: number): [number, (tick: number) => void] {
  const session = useSession();
  const { search, patch } = useAddress(runFields);
  const addressed = Math.min(search.tick ?? 0, lastTick);
  const [tick, setTick] = useState(addressed);
  const [seen, setSeen] = useState(addressed);
  const written = useRef(addressed);
  if (seen !== addressed) setSeen(addressed);

  useEffect(() => {
    if (written.current === seen) return;
    written.current = seen;
    setTick(seen);
  }, [seen]);

  useEffect(() => {
    if (tick === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = tick;
      patch({ tick });
    }, RESTING_MS);
    return () => clearTimeout(timer);
  }, [tick, patch]);

  const unwritten = tick !== addressed;
  useEffect(() => (unwritten ? session.beginWork() : undefined), [unwritten, session]);
  return [tick, setTick];
}
