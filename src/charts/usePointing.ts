import { useEffect, useState, type KeyboardEvent } from 'react';

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
