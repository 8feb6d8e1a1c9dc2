import { nearestStop, type Stop, type StopMark } from './shape/stops.ts';
import type { MarkTarget } from './shape/target.ts';
import { pageOfStops, usePointing, type CursorKey, type Pointing } from './usePointing.ts';

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
