import { useEffect, useState, type KeyboardEvent } from 'react';
import { asCursorKey, enterAt, moveCursor, type Cursor } from './shape/cursor.ts';
import type { Stop, StopMark } from './shape/stops.ts';
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
