import { useEffect, useRef } from 'react';

/** What to do on a key, named as in `KeyboardEvent.key`. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const NOT_TYPED_INTO = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color']);
/** They use the arrows themselves. */
const ARROWED = 'input[type="radio"], input[type="range"], [role="grid"], [role="slider"]';

/** True while a key belongs to what has the focus: a field, a menu, an open dialog. */
function keyIsTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type)) return true;
  // The attribute besides isContentEditable: jsdom does not implement the property.
  if (target.isContentEditable || target.closest('textarea, select, [contenteditable="true"]') !== null)
    return true;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return true;
  if (event.key.startsWith('Arrow') && target.closest(ARROWED) !== null) return true;
  return (event.key === 'Enter' || event.key === ' ') && target.closest('a, button, input, summary') !== null;
}

let singleKeys = true;

/**
 * Whether letters and signs by themselves do something: speech input types them by accident (WCAG 2.1.4). Arrows,
 * Enter, Space and keys with Ctrl stay.
 */
export function allowSingleKeys(allowed: boolean): void {
  singleKeys = allowed;
}

/** The keys of all that is on screen, the newest last. */
const onScreen: { readonly current: Shortcuts }[] = [];

function onKeyDown(event: KeyboardEvent): void {
  if (keyIsTaken(event) || (!singleKeys && /^\S$/.test(event.key))) return;
  const newest = onScreen.findLast(({ current }) => Object.hasOwn(current, event.key));
  if (newest === undefined) return;
  event.preventDefault();
  newest.current[event.key]?.(event);
}

/**
 * Single keys for the whole screen while the calling component is there. Of two that want the same key the one
 * that came later gets it: a screen before the bar at the top.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (onScreen.length === 0) window.addEventListener('keydown', onKeyDown);
    onScreen.push(latest);
    return () => {
      onScreen.splice(onScreen.indexOf(latest), 1);
      if (onScreen.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** `[` and `]` lead to what stands before and after; where there is nothing they do nothing. */
export function useNeighbourKeys(
  go: (href: string) => void,
  previous: string | undefined,
  next: string | undefined,
): void {
  const to = (href: string | undefined) => () => {
    if (href !== undefined) go(href);
  };
  useShortcuts({ '[': to(previous), ']': to(next) });
}
