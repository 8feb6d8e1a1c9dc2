import { nearestStop, type Stop, type StopMark } from './stops.ts';

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

export function asCursorKey(key: string): CursorKey | undefined {
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
