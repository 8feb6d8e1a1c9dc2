import { describe, expect, it } from 'vitest';
import { agentId } from '../lib/ids.ts';
import {
  enterAt,
  moveCursor,
  type Cursor,
  nearestStop,
  type Stop,
  type StopMark,
  type CursorKey,
} from './usePointing.ts';
const [a, b] = [agentId('A'), agentId('B')];
const policy = (agent: typeof a): StopMark => ({ agentId: agent, part: 'policy' });
const proposed = (agent: typeof a): StopMark => ({ agentId: agent, part: 'proposal' });
const stops: readonly Stop[] = [
  { iteration: 0, marks: [policy(a), proposed(a), policy(b), proposed(b)] },
  { iteration: 3, marks: [policy(a), policy(b), proposed(b)] },
  { iteration: 4, marks: [policy(a)] },
];

function walk(from: Cursor, ...keys: readonly CursorKey[]): Cursor {
  return keys.reduce((cursor, key) => moveCursor(stops, cursor, key), from);
}

describe('moveCursor', () => {
  it('goes to the next iteration with marks and keeps agent and part', () => {
    expect(walk({ stop: 0, mark: 3 }, 'ArrowRight')).toEqual({ stop: 1, mark: 2 });
    expect(walk({ stop: 0, mark: 1 }, 'ArrowRight')).toEqual({ stop: 1, mark: 0 });
    expect(walk({ stop: 1, mark: 2 }, 'ArrowRight')).toEqual({ stop: 2, mark: 0 });
  });

  it('moves up and down inside the iteration and stops at its ends', () => {
    expect(walk({ stop: 0, mark: 0 }, 'ArrowDown', 'ArrowDown')).toEqual({ stop: 0, mark: 2 });
    expect(walk({ stop: 2, mark: 0 }, 'ArrowDown')).toEqual({ stop: 2, mark: 0 });
    expect(walk({ stop: 0, mark: 0 }, 'ArrowUp', 'ArrowLeft')).toEqual({ stop: 0, mark: 0 });
  });

  it('knows the first and the last', () => {
    expect(walk({ stop: 1, mark: 0 }, 'End')).toEqual({ stop: 2, mark: 0 });
    expect(walk({ stop: 2, mark: 0 }, 'Home')).toEqual({ stop: 0, mark: 0 });
    expect(walk({ stop: 0, mark: 0 }, 'PageDown')).toEqual({ stop: 2, mark: 0 });
  });
});

describe('enterAt', () => {
  it('begins at the selection, else at the end that the key points away from', () => {
    expect(enterAt(stops, 'ArrowRight', { iteration: 3, agentId: 'B' })).toEqual({ stop: 1, mark: 1 });
    expect(enterAt(stops, 'ArrowRight', undefined)).toEqual({ stop: 0, mark: 0 });
    expect(enterAt(stops, 'ArrowLeft', undefined)).toEqual({ stop: 2, mark: 0 });
    expect(enterAt([], 'ArrowLeft', undefined)).toBeUndefined();
  });
});

it('nearestStop finds the closest iteration, the earlier one of two', () => {
  expect([-5, 0, 1, 2, 3.4, 3.6, 99].map((iteration) => nearestStop(stops, iteration))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
  expect(nearestStop([], 1)).toBe(-1);
});
