import { useEffect, useState, type KeyboardEvent } from 'react';
import { nearestStop, type Stop, type StopMark } from './shape/stops.ts';
import type { MarkTarget } from './shape/target.ts';

/** What the pointer or the keyboard, whichever came last, points at. */
export interface ActiveMark {
  readonly by: 'pointer' | 'keyboard';
  readonly iteration: number;
  readonly mark: StopMark | undefined;
}

type Active =
  | { readonly by: 'pointer'; readonly iteration: number; readonly mark: StopMark | undefined }
  | { readonly by: 'keyboard'; readonly cursor: Cursor };

interface ActiveMarkOptions {
  readonly stops: readonly Stop[];
  readonly selected: MarkTarget | undefined;
  readonly onActivate: (target: MarkTarget) => void;
}

/** State and keys of the figure: arrows, Home, End and Page keys move, Enter activates, Escape leaves. */
export function useActiveMark({ stops, selected, onActivate }: ActiveMarkOptions) {
  const [active, setActive] = useState<Active>();
  const isHovered = active?.by === 'pointer';

  // What the pointer shows can be dismissed without moving the pointer (WCAG 1.4.13).
  useEffect(() => {
    if (!isHovered) return undefined;
    const dismiss = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') setActive(undefined);
    };
    document.addEventListener('keydown', dismiss);
    return () => document.removeEventListener('keydown', dismiss);
  }, [isHovered]);

  const resolved = resolve(stops, active);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = asCursorKey(event.key);
    if (key !== undefined) {
      const cursor =
        active?.by === 'keyboard' ? moveCursor(stops, active.cursor, key) : enterAt(stops, key, selected);
      setActive(cursor === undefined ? undefined : { by: 'keyboard', cursor });
    } else if (event.key === 'Enter' && resolved?.by === 'keyboard') {
      onActivate(targetOf(resolved));
    } else if (event.key === 'Escape') {
      setActive(undefined);
      event.currentTarget.blur();
    } else {
      return;
    }
    event.preventDefault();
    // The page has keys of its own; these were meant for the figure.
    event.stopPropagation();
  };

  return {
    active: resolved,
    onKeyDown,
    pointAt: ({ iteration, mark }: Pick<ActiveMark, 'iteration' | 'mark'>) => {
      const isSame =
        resolved?.by === 'pointer' && resolved.iteration === iteration && sameMark(resolved.mark, mark);
      if (!isSame) setActive({ by: 'pointer', iteration, mark });
    },
    clear: (by: Active['by']) => {
      if (active?.by === by) setActive(undefined);
    },
  };
}

function sameMark(a: StopMark | undefined, b: StopMark | undefined): boolean {
  return a?.agentId === b?.agentId && a?.part === b?.part;
}

/** The stops may have changed under the cursor: what is no longer there is not pointed at. */
function resolve(stops: readonly Stop[], active: Active | undefined): ActiveMark | undefined {
  if (active === undefined || active.by === 'pointer') return active;
  const stop = stops[active.cursor.stop];
  if (stop === undefined) return undefined;
  return { by: 'keyboard', iteration: stop.iteration, mark: stop.marks[active.cursor.mark] };
}

export function targetOf({ iteration, mark }: Pick<ActiveMark, 'iteration' | 'mark'>): MarkTarget {
  return mark === undefined ? { iteration } : { iteration, agentId: mark.agentId };
}

/** Where the keyboard is: a stop and a mark within it, by position. */
export interface Cursor {
  readonly stop: number;
  readonly mark: number;
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

/** Stops that PageUp and PageDown pass over. */
const page = 10;

function asCursorKey(key: string): CursorKey | undefined {
  return cursorKeys.find((known) => known === key);
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
      return toStop(stops, cursor, Math.max(0, cursor.stop - page));
    case 'PageDown':
      return toStop(stops, cursor, Math.min(last, cursor.stop + page));
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
