import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../../data/SessionContext.tsx';
import { useAsk } from '../../../data/useAnswer.ts';
import type { RunOutline, EventRow } from '../../../domain/answers/runs.ts';
import { eventTitle, type KnownEventType } from '../../../domain/events.ts';
import { formatCount } from '../../../lib/format.ts';
import { seekEvent } from '../../../queries/run/runEvents.ts';
import type { RunScope } from '../../../queries/scope.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields } from '../fields.ts';

/** Days are counted from 1 for people; the first tick is tick 0, as stored. Undefined where no day length is known. */
function dayOf(tick: number, ticksPerDay: number | undefined): number | undefined {
  return ticksPerDay === undefined || ticksPerDay < 1 ? undefined : Math.floor(tick / ticksPerDay) + 1;
}

/** `of 99, day 1`: what stands behind the number of the tick. */
export function tickPlace(tick: number, tickCount: number, ticksPerDay: number | undefined): string {
  const day = dayOf(tick, ticksPerDay);
  const of = `of ${formatCount(Math.max(0, tickCount - 1))}`;
  return day === undefined ? of : `${of}, day ${formatCount(day)}`;
}

/** First ticks of the second and later days. */
export function dayStartsOf(tickCount: number, ticksPerDay: number | undefined): readonly number[] {
  if (ticksPerDay === undefined || ticksPerDay < 1) return [];
  const starts: number[] = [];
  for (let start = ticksPerDay; start < tickCount; start += ticksPerDay) starts.push(start);
  return starts;
}

/** A day later or earlier, kept inside the run; without days a tenth of the run. */
export function tickByDay(
  tick: number,
  direction: 1 | -1,
  tickCount: number,
  ticksPerDay: number | undefined,
): number {
  const step = ticksPerDay ?? Math.max(1, Math.round(tickCount / 10));
  return Math.max(0, Math.min(tickCount - 1, tick + direction * step));
}

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
