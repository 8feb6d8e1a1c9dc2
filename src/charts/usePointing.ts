import { useEffect, useState, type KeyboardEvent } from 'react';

import type { AgentId } from '../lib/ids.ts';
import type { ChartAgent } from './shape/figureInput.ts';
import type { FigureModel } from './shape/figureModel.ts';
import type { MarkTarget } from './shape/panel.ts';

/** What the pointer or the keyboard, whichever came last, points at. */
interface Pointed<Spot> {
  readonly by: 'pointer' | 'keyboard';
  readonly spot: Spot;
}

interface PointingOptions<Spot> {
  /** Where a key leads from the keyboard's spot; without one it brings the cursor into the figure. */
  readonly move: (from: Spot | undefined, key: CursorKey) => Spot | undefined;
  readonly isSame: (a: Spot, b: Spot) => boolean;
  /** The drawing may have changed under the cursor: what is no longer there is not pointed at. */
  readonly stillThere: (spot: Spot) => Spot | undefined;
  /** Enter on the keyboard's spot. */
  readonly onActivate?: ((spot: Spot) => void) | undefined;
}

/** What a figure's stage needs to know of what points at it. */
export interface Pointing<Spot> {
  readonly active: Pointed<Spot> | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly pointAt: (spot: Spot) => void;
  readonly clear: (by: Pointed<Spot>['by']) => void;
}

/** State and keys of any figure: arrows, Home, End and Page keys move, Enter activates, Escape leaves. */
export function usePointing<Spot>(options: PointingOptions<Spot>): Pointing<Spot> {
  const { move, isSame, stillThere, onActivate } = options;
  const [held, setHeld] = useState<Pointed<Spot>>();
  const isHovered = held?.by === 'pointer';

  // What the pointer shows can be dismissed without moving the pointer (WCAG 1.4.13).
  useEffect(() => {
    if (!isHovered) return undefined;
    const dismiss = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') setHeld(undefined);
    };
    document.addEventListener('keydown', dismiss);
    return () => document.removeEventListener('keydown', dismiss);
  }, [isHovered]);

  const spot = held === undefined ? undefined : stillThere(held.spot);
  const active = held === undefined || spot === undefined ? undefined : { by: held.by, spot };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = cursorKeys.find((known) => known === event.key);
    if (key !== undefined) {
      const next = move(active?.by === 'keyboard' ? active.spot : undefined, key);
      setHeld(next === undefined ? undefined : { by: 'keyboard', spot: next });
    } else if (event.key === 'Enter' && active?.by === 'keyboard' && onActivate !== undefined) {
      onActivate(active.spot);
    } else if (event.key === 'Escape') {
      setHeld(undefined);
      event.currentTarget.blur();
    } else {
      return;
    }
    event.preventDefault();
    // The page has keys of its own; these were meant for the figure.
    event.stopPropagation();
  };

  return {
    active,
    onKeyDown,
    pointAt: (next) => {
      if (active?.by !== 'pointer' || !isSame(active.spot, next)) setHeld({ by: 'pointer', spot: next });
    },
    clear: (by) => {
      if (held?.by === by) setHeld(undefined);
    },
  };
}

const cursorKeys = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const;
export type CursorKey = (typeof cursorKeys)[number];

/** Stops that PageUp and PageDown pass over, in every figure. */
export const pageOfStops = 10;

/** Where a key leads along `count` places in a row, at least one; without a place to come from, to the end it points away from. */
export function moveAlong(from: number | undefined, key: CursorKey, count: number): number {
  if (from === undefined) return key === 'ArrowLeft' || key === 'End' ? count - 1 : 0;
  return Math.max(0, Math.min(count - 1, from + stepOf(key, count)));
}

/** Places that a key passes over; beyond the ends there are none. */
function stepOf(key: CursorKey, count: number): number {
  switch (key) {
    case 'ArrowLeft':
      return -1;
    case 'ArrowRight':
      return 1;
    case 'PageUp':
      return -pageOfStops;
    case 'PageDown':
      return pageOfStops;
    case 'Home':
      return -count;
    case 'End':
      return count;
    case 'ArrowUp':
    case 'ArrowDown':
      return 0;
  }
}

/** An iteration, and the mark in it that is pointed at; beside its marks there is none. */
export interface MarkSpot {
  readonly iteration: number;
  readonly mark: StopMark | undefined;
}

interface ActiveMarkOptions {
  readonly stops: readonly Stop[];
  readonly selected: MarkTarget | undefined;
  readonly onActivate: (target: MarkTarget) => void;
}

/** Pointer and keyboard over the marks: left and right over iterations, up and down over the marks of one. */
export function useActiveMark({ stops, selected, onActivate }: ActiveMarkOptions): Pointing<MarkSpot> {
  return usePointing<MarkSpot>({
    move: (from, key) => {
      const cursor = from === undefined ? undefined : cursorOf(stops, from);
      const next = cursor === undefined ? enterAt(stops, key, selected) : moveCursor(stops, cursor, key);
      const stop = next === undefined ? undefined : stops[next.stop];
      return stop === undefined
        ? undefined
        : { iteration: stop.iteration, mark: stop.marks[next?.mark ?? 0] };
    },
    isSame: (a, b) => a.iteration === b.iteration && sameMark(a.mark, b.mark),
    stillThere: (spot) => (cursorOf(stops, spot) === undefined ? undefined : spot),
    onActivate: (spot) => onActivate(targetOf(spot)),
  });
}

function sameMark(a: StopMark | undefined, b: StopMark | undefined): boolean {
  return a?.agentId === b?.agentId && a?.part === b?.part;
}

function cursorOf(stops: readonly Stop[], { iteration, mark }: MarkSpot): Cursor | undefined {
  const stop = stops.findIndex((each) => each.iteration === iteration);
  if (stop < 0) return undefined;
  const at = mark === undefined ? 0 : (stops[stop]?.marks.findIndex((each) => sameMark(each, mark)) ?? -1);
  return at < 0 ? undefined : { stop, mark: at };
}

export function targetOf({ iteration, mark }: MarkSpot): MarkTarget {
  return mark === undefined ? { iteration } : { iteration, agentId: mark.agentId };
}

/** Where the keyboard is: a stop and a mark within it, by position. */
export interface Cursor {
  readonly stop: number;
  readonly mark: number;
}

/** The first key brings the cursor to where the selection is, else to the end the key points away from. */
export function enterAt(
  stops: readonly Stop[],
  key: CursorKey,
  selected: { readonly iteration: number; readonly agentId?: string } | undefined,
): Cursor | undefined {
  if (stops.length === 0) return undefined;
  if (selected !== undefined) {
    const stop = nearestStop(stops, selected.iteration);
    const mark = stops[stop]?.marks.findIndex(({ agentId }) => agentId === selected.agentId) ?? -1;
    return { stop, mark: Math.max(0, mark) };
  }
  return { stop: key === 'ArrowLeft' || key === 'End' ? stops.length - 1 : 0, mark: 0 };
}

/** Left and right keep the agent and the part where the next stop has them; up and down stay in the iteration. */
export function moveCursor(stops: readonly Stop[], cursor: Cursor, key: CursorKey): Cursor {
  const last = stops.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return toStop(stops, cursor, Math.max(0, cursor.stop - 1));
    case 'ArrowRight':
      return toStop(stops, cursor, Math.min(last, cursor.stop + 1));
    case 'PageUp':
      return toStop(stops, cursor, Math.max(0, cursor.stop - pageOfStops));
    case 'PageDown':
      return toStop(stops, cursor, Math.min(last, cursor.stop + pageOfStops));
    case 'Home':
      return toStop(stops, cursor, 0);
    case 'End':
      return toStop(stops, cursor, last);
    case 'ArrowUp':
      return { ...cursor, mark: Math.max(0, cursor.mark - 1) };
    case 'ArrowDown':
      return { ...cursor, mark: Math.min((stops[cursor.stop]?.marks.length ?? 1) - 1, cursor.mark + 1) };
  }
}

function toStop(stops: readonly Stop[], from: Cursor, stop: number): Cursor {
  const wanted = stops[from.stop]?.marks[from.mark];
  const marks = stops[stop]?.marks ?? [];
  return { stop, mark: Math.max(0, wanted === undefined ? 0 : bestMatch(marks, wanted)) };
}

function bestMatch(marks: readonly StopMark[], wanted: StopMark): number {
  const same = marks.findIndex(({ agentId, part }) => agentId === wanted.agentId && part === wanted.part);
  return same >= 0 ? same : marks.findIndex(({ agentId }) => agentId === wanted.agentId);
}

/** One thing the keyboard can rest on: an agent's policy in force, or its proposal. */
export interface StopMark {
  readonly agentId: AgentId;
  readonly part: 'policy' | 'proposal';
}

export interface Stop {
  readonly iteration: number;
  /** By agent in the order of the experiment, the policy before the proposal; never empty. */
  readonly marks: readonly StopMark[];
}

/**
 * The iterations of which something is drawn, in order, with the policy and the proposal of each agent there. An
 * accepted proposal is one of them, though it is drawn as the next step of the line.
 */
export function figureStops(model: FigureModel, agents: readonly ChartAgent[]): readonly Stop[] {
  const drawn = new Map<number, Set<string>>();
  const add = (iteration: number, agentIndex: number, part: StopMark['part']): void => {
    const keys = drawn.get(iteration);
    const key = `${agentIndex} ${part}`;
    if (keys === undefined) drawn.set(iteration, new Set([key]));
    else keys.add(key);
  };
  for (const panel of [model.upper, model.lower]) {
    for (const line of panel.lines) {
      if (line.agentIndex === undefined) continue;
      for (const point of line.points) {
        if (point.value !== undefined) add(point.iteration, line.agentIndex, 'policy');
      }
    }
    for (const mark of panel.marks) {
      add(mark.iteration, mark.agentIndex, mark.kind === 'policy' ? 'policy' : 'proposal');
    }
  }
  for (const agent of agents) {
    for (const { iteration } of agent.proposals) {
      if (drawn.has(iteration)) add(iteration, agent.index, 'proposal');
    }
  }
  return [...drawn]
    .sort(([a], [b]) => a - b)
    .map(([iteration, keys]) => ({
      iteration,
      marks: agents.flatMap(({ agentId, index }) =>
        (['policy', 'proposal'] as const)
          .filter((part) => keys.has(`${index} ${part}`))
          .map((part) => ({ agentId, part })),
      ),
    }));
}

/** Position of the stop nearest to an iteration; -1 only when there are no stops. */
export function nearestStop(stops: readonly Stop[], iteration: number): number {
  let [low, high] = [0, stops.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((stops[middle]?.iteration ?? Infinity) < iteration) low = middle + 1;
    else high = middle;
  }
  const before = stops[low - 1];
  const at = stops[low];
  if (at === undefined) return -1;
  if (before === undefined) return low;
  return iteration - before.iteration <= at.iteration - iteration ? low - 1 : low;
}
